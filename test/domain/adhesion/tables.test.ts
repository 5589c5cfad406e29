import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { adhesion, COMMAND_TYPES, CORRECTED_BY } from '../../../domain/adhesion/index.ts';
import type { ConventionState } from '../../../domain/adhesion/convention/terms.ts';
import type { DeliberationState, Executivity } from '../../../domain/adhesion/deliberation/terms.ts';
import type { DpaState } from '../../../domain/adhesion/dpa/terms.ts';
import type { RecognitionState } from '../../../domain/adhesion/recognition/terms.ts';
import type { Phase } from '../../../domain/adhesion/terms.ts';
import { civilDateOf } from '../../../domain/shared/civil-date.ts';
import type { AllowedItem, Waiting } from '../../../domain/shared/process.ts';
import { MEMBER, OPERATOR, view } from './scenario.ts';
import { STAGES, type Stage } from './stages.ts';

const FOLDER = fileURLToPath(new URL('../../golden/tables/', import.meta.url));
/** Read before any is written: a new table fails once, to be read. */
const KNOWN = readdirSync(FOLDER);

const EVERY: Readonly<Record<string, readonly string[]>> = {
  phase: ['RECOGNITION', 'DESIGN', 'IMPLEMENTATION', 'MANAGEMENT', 'EXITING', 'CLOSED'] satisfies Phase[],
  recognition: ['NOT_STARTED', 'INVITED', 'IN_PROGRESS', 'SUBMITTED', 'RETURNED', 'VALIDATED', 'STALE'] satisfies RecognitionState[],
  deliberation: [
    'NOT_STARTED', 'PROPOSAL_SENT', 'OPINIONS_PENDING', 'AUDITORS_PENDING', 'READY_FOR_COUNCIL', 'CONVENED', 'REJECTED', 'APPROVED', 'APPROVED_AMENDED',
    'PUBLISHED', 'TRANSMITTED', 'ACCEPTED', 'RETURNED', 'SUSPENDED_BY_COURT', 'SUSPENDED_BY_BODY', 'REVOKED', 'ANNULLED', 'RECTIFIED',
  ] satisfies DeliberationState[],
  executivity: ['NONE', 'PENDING', 'IMMEDIATE', 'EXECUTIVE'] satisfies Executivity[],
  convention: [
    'DRAFT', 'READY_TO_SIGN', 'SIGNED_BY_MEMBER', 'COUNTERSIGNED', 'REGISTERED', 'IN_FORCE', 'VOID', 'AMENDING', 'RENEWED', 'WITHDRAWING', 'EXCLUDING',
    'EXPIRED', 'TERMINATED',
  ] satisfies ConventionState[],
  DPA: ['NOT_STARTED', 'DRAFT', 'SIGNED', 'IN_FORCE', 'ENDING', 'DATA_RETURNED', 'CLOSED'] satisfies DpaState[],
};

/** For each state of a case the whole table of who may do what, and why not, as people are shown it; `vitest -u` writes it anew. */
describe('the table of each state', () => {
  test.each(Object.entries(STAGES))('%s', async (name, stage) => {
    expect(standing(stage)).toEqual(expect.arrayContaining([...stage.shows]));
    await expect(tableOf(name, stage)).toMatchFileSnapshot(`${FOLDER}${name}.md`);
  });

  test.each(Object.entries(EVERY))('there is one for every %s', (track, states) => {
    const shown = new Set(Object.values(STAGES).flatMap(standing));
    expect(states.filter((state) => !shown.has(`${track} ${state}`))).toStrictEqual([]);
  });

  test('no table is new or left over', () => {
    expect(KNOWN.toSorted()).toStrictEqual(Object.keys(STAGES).map((name) => `${name}.md`).toSorted());
  });

  test('who recorded a fact twice is told to correct it only where it can be corrected', () => {
    const told = Object.values(STAGES).flatMap((stage) => [OPERATOR, MEMBER].flatMap((actor) => itemsOf(stage, actor)))
      .filter(({ reasons }) => reasons.some(({ code, message }) => code === 'ALREADY_RECORDED' && message.en.includes('CorrectFact')));
    const correcting: ReadonlySet<string> = new Set(Object.values(CORRECTED_BY));
    expect(told.length).toBeGreaterThan(50);
    expect(new Set(told.map(({ command }) => command).filter((command) => !correcting.has(command)))).toStrictEqual(new Set());
  });

  test('every command is allowed in some state', () => {
    const allowed = new Set(Object.values(STAGES).flatMap((stage) => [OPERATOR, MEMBER].flatMap((actor) => itemsOf(stage, actor))
      .filter((item) => item.allowed).map(({ command }) => command)));
    // The opening is allowed before there is a case only.
    expect(COMMAND_TYPES.filter((type) => !allowed.has(type))).toStrictEqual(['OpenAdhesion']);
  });
});

/** How the case stands, track by track; flags, parked facts and appointments where there are any. */
function standing({ state, now }: Stage): readonly string[] {
  const { phase, recognition, deliberation, convention, dpa, referents, parked } = view(state, now);
  return [
    `phase ${phase}`, `recognition ${recognition.state}`, `deliberation ${deliberation.state}`, `executivity ${deliberation.executivity}`,
    `convention ${convention.state}`, `DPA ${dpa.state}`, ...deliberation.flags.map((flag) => `flag ${flag}`), ...parked.map(({ type }) => `parked ${type}`),
    ...referents.map((referent) => `${referent.role} ${referent.state}`),
  ];
}

function tableOf(name: string, stage: Stage): string {
  return [
    `# ${name}`,
    `On ${civilDateOf(stage.now)}: ${standing(stage).join(', ')}.`,
    table('Whose turn', ['who', 'what', 'due on', 'why'], adhesion.waiting(stage.state, stage.now).map(turnRow)),
    ...[OPERATOR, MEMBER].map((actor) => table(actor.role === 'operator' ? 'Operator' : 'Member', ['command', 'now', 'why not'], itemsOf(stage, actor).map(itemRow))),
    '',
  ].join('\n\n').trimEnd().concat('\n');
}

function itemsOf({ state, now }: Stage, actor: typeof OPERATOR): readonly AllowedItem[] {
  return adhesion.allowed(state, { actor, now, commandId: 'c' });
}

function turnRow({ who, what, dueOn, reasons }: Waiting): readonly string[] {
  return [who, what, dueOn ?? '', reasons.map(({ message }) => message.it).join(' ')];
}

function itemRow({ command, allowed, reasons }: AllowedItem): readonly string[] {
  return [command, allowed ? 'yes' : 'no', reasons.map(({ code, message }) => `${code}: ${message.it}`).join(' ')];
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
