import { loadBodies, type Bodies, type Body } from '../api/bodies.ts';
import { CannotRun, DoesNotHold } from './outcome.ts';

const MOST_NAMED = 8;

/** The comune that a person means by its ISTAT code, IPA code or name, from the data of this release. Throws DoesNotHold, CannotRun. */
export function comuneOf(text: string, bodies: Bodies = loadBodies()): Body {
  const found = bodies.findByIstat(text) ?? bodies.find(text.toLowerCase());
  if (found !== undefined) return found;
  const near = text.trim() === '' ? [] : bodies.search(text.trim());
  const called = near.find(({ name }) => name.toLowerCase() === text.trim().toLowerCase());
  const [only] = near;
  if (called !== undefined) return called;
  if (only === undefined) throw new DoesNotHold(`No comune of the territory is called ${JSON.stringify(text)}: give its name, ISTAT code (015146) or IPA code (c_f205).`);
  if (near.length === 1) return only;
  const names = near.slice(0, MOST_NAMED).map(({ name, istatCode }) => `${name} (${istatCode})`).join(', ');
  throw new CannotRun(`${JSON.stringify(text)} may be ${names}${near.length > MOST_NAMED ? ' or others' : ''}: give more of the name, or the code.`);
}
