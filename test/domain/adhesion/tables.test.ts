import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { adhesion, COMMAND_TYPES, type AdhesionState } from '../../../domain/adhesion/index.ts';
import type { AllowedItem, Waiting } from '../../../domain/shared/process.ts';
import { MEMBER, NOW, OPERATOR, view } from './scenario.ts';
import { STAGES } from './stages.ts';

const FOLDER = fileURLToPath(new URL('../../golden/tables/', import.meta.url));
/** Read before any is written: a new table fails once, to be read. */
const KNOWN = readdirSync(FOLDER);

/** For each state of a case the whole table of who may do what, and why not, as people are shown it; `vitest -u` writes it anew. */
describe('the table of each state', () => {
  test.each(Object.entries(STAGES))('%s', async (name, state) => {
    await expect(tableOf(name, state)).toMatchFileSnapshot(`${FOLDER}${name}.md`);
  });

  test('no table is new or left over', () => {
    expect(KNOWN.toSorted()).toStrictEqual(Object.keys(STAGES).map((name) => `${name}.md`).toSorted());
  });

  test('every command is allowed in some state', () => {
    const allowed = new Set(Object.values(STAGES).flatMap((state) => [OPERATOR, MEMBER].flatMap((actor) => itemsOf(state, actor))
      .filter((item) => item.allowed).map(({ command }) => command)));
    // The opening is allowed before there is a case only.
    expect(COMMAND_TYPES.filter((type) => !allowed.has(type))).toStrictEqual(['OpenAdhesion']);
  });
});

function tableOf(name: string, state: AdhesionState): string {
  const { phase, deliberation, convention } = view(state);
  return [
    `# ${name}`,
    `Phase ${phase}, deliberation ${deliberation.state}, executivity ${deliberation.executivity}, convention ${convention.state}.`,
    table('Whose turn', ['who', 'what', 'due on', 'why'], adhesion.waiting(state, NOW).map(turnRow)),
    ...[OPERATOR, MEMBER].map((actor) => table(actor.role === 'operator' ? 'Operator' : 'Member', ['command', 'now', 'why not'], itemsOf(state, actor).map(itemRow))),
    '',
  ].join('\n\n').trimEnd().concat('\n');
}

function itemsOf(state: AdhesionState, actor: typeof OPERATOR): readonly AllowedItem[] {
  return adhesion.allowed(state, { actor, now: NOW, commandId: 'c' });
}

function turnRow({ who, what, dueOn, reasons }: Waiting): readonly string[] {
  return [who, what, dueOn ?? '', reasons.map(({ message }) => message).join(' ')];
}

function itemRow({ command, allowed, reasons }: AllowedItem): readonly string[] {
  return [command, allowed ? 'yes' : 'no', reasons.map(({ code, message }) => `${code}: ${message}`).join(' ')];
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
