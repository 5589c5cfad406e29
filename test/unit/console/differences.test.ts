import { describe, expect, test } from 'vitest';
import { Comparison, placesOf } from '../../../console/audit/differences.ts';
import { codeInWords, fieldInWords, hasFieldWords } from '../../../console/words/view-fields.ts';
import { viewAdhesion } from '../../../domain/adhesion/index.ts';
import { NOW, opened, reached } from '../../domain/adhesion/scenario.ts';
import { STAGES } from '../../domain/adhesion/stages.ts';

const VIEWS = Object.values(STAGES).map(({ state, now }) => viewAdhesion(state, now.length === 10 ? `${now}T12:00:00Z` : now));
const PLACES = VIEWS.flatMap((view) => [...placesOf(view).values()]);

describe('words', () => {
  test('every place of every state of a case has its words in both languages', () => {
    const paths = new Set(PLACES.map(({ path }) => path));
    expect(paths.size).toBeGreaterThan(120);
    expect([...paths].filter((path) => !hasFieldWords(path))).toEqual([]);
    expect(fieldInWords('deliberation.suspension.from', 'it')).toBe('Sospensione: dal');
    expect(fieldInWords('recognition.dimensions.PLATFORMS.score', 'en')).toBe('Platforms: score');
    expect(fieldInWords('convention.termination.on', 'it')).toBe('Cessata il');
  });

  test('every code that stands there has its word', () => {
    // Sub-processors are named by codes of the Agency's own list.
    const codes = PLACES.filter(({ path }) => !path.endsWith('.subprocessor')).flatMap(({ path, value }) => [value].flat().flatMap((one) => (typeof one === 'string' && /^[A-Z][A-Z_]+$/.test(one) ? [[path, one] as const] : [])));
    const silent = codes.filter(([path, code]) => codeInWords(path, code, 'it') === code && !['RTD', 'DPO'].includes(code)).map(([path, code]) => `${path}=${code}`);
    expect([...new Set(silent)].toSorted()).toEqual([]);
  });
});

describe('a comparison', () => {
  const before = viewAdhesion(opened(), NOW);

  test('says what stands otherwise than at the beginning, and which events changed it on the way', () => {
    const comparison = new Comparison(before);
    comparison.next(viewAdhesion(reached('SendProposal'), NOW), 2);
    comparison.next(viewAdhesion(reached('ConfirmReceipt'), NOW), 3);
    const changes = comparison.changes();
    const of = (path: string) => changes.find((change) => change.path === path);
    expect(of('deliberation.state')).toEqual({ area: 'DELIBERATION', path: 'deliberation.state', entries: [], before: 'NOT_STARTED', after: 'OPINIONS_PENDING', by: [2, 3] });
    expect(of('phase')).toMatchObject({ area: 'CASE', before: 'RECOGNITION', after: 'DESIGN', by: [2] });
    expect(of('deliberation.template.id')).toMatchObject({ before: null, by: [2] });
    // The whole that was not there is no change beside its parts; what is pinned or kept for the record is none.
    expect(changes.map(({ path }) => path)).not.toContain('deliberation.template');
    expect(changes.filter(({ path }) => /^(?:version|policies|id)/.test(path))).toEqual([]);
  });

  test('is silent of what came back to what it was', () => {
    const comparison = new Comparison(before);
    comparison.next(viewAdhesion(reached('SendProposal'), NOW), 2);
    comparison.next(before, 3);
    expect(comparison.changes()).toEqual([]);
  });

  test('knows entries of a list by their names: one that moves up is not another', () => {
    const place = (items: readonly object[]) => ({ ...before, referents: items }) as unknown as typeof before;
    const [one, two] = [{ appointmentId: 'ref-1', state: 'ACTIVE' }, { appointmentId: 'ref-2', state: 'ACTIVE' }];
    const comparison = new Comparison(place([one, two]));
    comparison.next(place([{ ...two, state: 'SUSPENDED' }]), 9);
    expect(comparison.changes()).toEqual([
      { area: 'REFERENTS', path: 'referents.state', entries: ['ref-1'], before: 'ACTIVE', after: null, by: [9] },
      { area: 'REFERENTS', path: 'referents.state', entries: ['ref-2'], before: 'ACTIVE', after: 'SUSPENDED', by: [9] },
    ]);
  });
});
