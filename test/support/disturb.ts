import fc from 'fast-check';

export interface Disturbance {
  readonly kind: 'drop' | 'double' | 'move';
  readonly at: number;
  readonly to: number;
}

/** A path, disturbed: some steps left out, doubled, or sent at another place. */
export const disturbances: fc.Arbitrary<readonly Disturbance[]> = fc.array(fc.record({ kind: fc.constantFrom('drop', 'double', 'move'), at: fc.nat(30), to: fc.nat(30) }), { maxLength: 6 });

export function disturb<Step>(steps: readonly Step[], changes: readonly Disturbance[]): Step[] {
  const path = [...steps];
  for (const { kind, at, to } of changes) {
    const index = at % path.length;
    const [step] = path.slice(index, index + 1);
    if (step === undefined) continue;
    if (kind !== 'double') path.splice(index, 1);
    if (kind !== 'drop') path.splice(to % (path.length + 1), 0, step);
  }
  return path;
}
