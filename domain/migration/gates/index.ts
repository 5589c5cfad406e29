import { turn } from '../../adhesion/turn.ts';
import type { Bilingual } from '../../shared/bilingual.ts';
import type { Refused, Waiting } from '../../shared/process.ts';
import type { Reason } from '../../shared/reason.ts';
import { cutoverNeeds } from '../cutover/needs.ts';
import { dataMigrationNeeds } from '../moving/needs.ts';
import { closedNeeds, operatingNeeds } from '../operation/needs.ts';
import type { Gate } from '../pinned.ts';
import { isFull, type FullMigration, type OpenedMigration } from '../state.ts';
import { conventionNeeds } from './convention.ts';
import { dependenciesOperating } from './dependencies.ts';
import { feasibilityNeeds } from './feasibility.ts';
import type { Need } from './need.ts';
import { personalDataNeeds } from './personal-data.ts';
import { planApprovedNeeds } from './plan-approved.ts';
import { provisioningNeeds } from './provisioning.ts';

/** What each gate needs, by the state that it leads to. */
const GATES: Readonly<Record<Gate, (state: FullMigration) => readonly Need[]>> = {
  FEASIBILITY: feasibilityNeeds,
  PLAN_APPROVED: planApprovedNeeds,
  PROVISIONING: provisioningNeeds,
  DATA_MIGRATION: (state) => [...conventionNeeds(state), ...personalDataNeeds(state), ...dependenciesOperating(state), ...dataMigrationNeeds(state)],
  CUTOVER: (state) => [...conventionNeeds(state), ...cutoverNeeds(state)],
  OPERATING: operatingNeeds,
  CLOSED: closedNeeds,
};

/** What a gate still needs; nothing of one that the service does not pass. */
export function needsOf(state: FullMigration, gate: Gate): readonly Need[] {
  return state.migration.pinned.gates.includes(gate) ? GATES[gate](state) : [];
}

export function isGateOpen(state: FullMigration, gate: Gate): boolean {
  return needsOf(state, gate).length === 0;
}

/**
 * The refusal of a command that a shut gate stands before, with every missing need; null: it is open, or there is none. What the
 * command itself brings is not asked of it.
 */
export function gateFault(state: OpenedMigration, gate: Gate, command?: string): Refused | null {
  return isFull(state) ? needsFault('GATE_SHUT', shut(gate), needsOf(state, gate).filter(({ what }) => what !== command)) : null;
}

/** The refusal of a command that needs something first, or a field (`path`) where it lacks something; null: it needs nothing. */
export function needsFault(code: string, message: Bilingual, needs: readonly Need[], path?: string): Refused | null {
  return needs.length === 0 ? null : { kind: 'refused', code, reasons: [{ code, message, ...(path === undefined ? {} : { path }) }, ...needs.map(({ reason }) => reason)] };
}

/** Why no new stage begins whatever its own gate says; null: it may. */
export function newStageFault(state: OpenedMigration, needs = conventionNeeds): Refused | null {
  return isFull(state) ? needsFault('STAGE_SHUT', { it: 'Ora non inizia nessuna nuova fase.', en: 'No new stage begins now.' }, needs(state)) : null;
}

function shut(gate: Gate): Bilingual {
  return { it: `Il controllo verso ${gate} non è superato: ecco che cosa manca.`, en: `The gate to ${gate} is shut: here is what is missing.` };
}

/** Whose turn it is for what a gate still needs; what a command brings by itself is the last. */
export function needed(state: FullMigration, gate: Gate, command?: string): readonly Waiting[] {
  const needs = needsOf(state, gate);
  return turnsOf(state, needs.filter(({ what }) => what !== command), turnsOf(state, needs, []));
}

/** Whose turn it is for what is still needed: one entry for each party and command, with all their reasons. `otherwise`: when nothing is. */
export function turnsOf({ migration }: FullMigration, needs: readonly Need[], otherwise: readonly Waiting[]): readonly Waiting[] {
  const turns = new Map<string, { readonly first: Need; readonly reasons: Reason[] }>();
  for (const one of needs) {
    const key = `${one.who}/${one.what}`;
    const known = turns.get(key);
    if (known === undefined) turns.set(key, { first: one, reasons: [one.reason] });
    else known.reasons.push(one.reason);
  }
  return needs.length === 0 ? otherwise : [...turns.values()].map(({ first, reasons }) => turn(first.who, first.what, migration.since, null, reasons));
}
