import type { Engine } from '../engine/engine.ts';
import type { WorldActivities } from './ports.ts';

export function worldActivities(engine: Engine): WorldActivities {
  return { tell: (input) => engine.tell(input) };
}
