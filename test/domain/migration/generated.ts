import fc from 'fast-check';
import { COMMAND_CATALOGUE, COMMAND_TYPES, type CommandType } from '../../../domain/migration/catalogue.ts';
import type { BrokerOutcome } from '../../../domain/migration/broker-call.ts';
import type { Grounds } from '../../../domain/migration/grounds/terms.ts';
import { migration, type MigrationState } from '../../../domain/migration/index.ts';
import { addDays, addHours, civilDateOf, compareInstants, instantOfMillis, millisOf, type Instant } from '../../../domain/shared/civil-date.ts';
import { fold, type Context } from '../../../domain/shared/process.ts';
import { BOUND, completion, DONE, FAILED, GROUNDS, nextItem, offerFor } from './full.ts';
import { inUse, stateOf } from './moved.ts';
import { ENGINE, MEMBER, OPERATOR, TEXT, type AnyCommand, type AnyEvent } from './scenario.ts';

/** Walks of migrations of the full track: mostly what may be done next, with sensible data; now and then anything. */

const SHA = 'ab'.repeat(32);
const BEGUN = '2026-09-01T08:00:00Z';

export interface Dice {
  readonly pick: number;
  readonly twist: number;
  readonly hours: number;
}

export interface Attempt {
  readonly before: MigrationState;
  readonly command: AnyCommand;
  readonly context: Context;
  readonly events: readonly AnyEvent[];
}

export interface Walk {
  readonly state: MigrationState;
  readonly now: Instant;
  readonly events: readonly AnyEvent[];
  readonly attempts: readonly Attempt[];
}

const dice: fc.Arbitrary<Dice> = fc.record({ pick: fc.nat(999), twist: fc.nat(99), hours: fc.constantFrom(1, 5, 24, 24, 72, 300, 700) });

export const walks: fc.Arbitrary<Walk> = fc.tuple(fc.constantFrom('FIBRE', 'PEC_PROTOCOL', 'IDENTITY', 'VOIP_TELEPHONY', 'APP_HOSTING', 'DEMATERIALISATION'), fc.array(dice, { minLength: 5, maxLength: 70 }))
  .map(([service, throws]) => throws.reduce(further, (throws[0]?.pick ?? 0) % 4 === 0 ? live(service) : begun(service, (throws[0]?.twist ?? 0) < 95)));

function begun(service: string, isRecognised: boolean): Walk {
  const offered = offerFor(service);
  const id = `c_a010-1.${service}`;
  const services = Object.fromEntries((offered.full?.dependsOn ?? []).map((one) => [one, 'OPERATING']));
  const command: AnyCommand = { type: 'OpenMigration', data: { id, adhesion: 'c_a010-1', body: 'c_a010', service, plan: offered.plans[0] ?? '', parameters: {}, offered, grounds: { ...GROUNDS, services, recognitionValid: isRecognised } } };
  return tried({ state: migration.initial(), now: BEGUN, events: [], attempts: [] }, command, ENGINE);
}

/** A walk that begins once the service is in use: its hypercare takes weeks, which few walks from the beginning live to see. */
function live(service: string): Walk {
  const services = Object.fromEntries((offerFor(service).full?.dependsOn ?? []).map((one) => [one, 'OPERATING']));
  const events = inUse({ service, grounds: { services } });
  return { state: stateOf(events), now: '2026-11-07T12:00:00Z', events, attempts: [] };
}

function tried(walk: Walk, command: AnyCommand, actor: Context['actor']): Walk {
  const context = { actor, now: walk.now, commandId: `cmd-${walk.attempts.length}` };
  const decision = migration.decide(walk.state, command, context);
  const events = decision.kind === 'accepted' ? decision.events : [];
  return { ...walk, state: fold(migration, walk.state, events), events: [...walk.events, ...events], attempts: [...walk.attempts, { before: walk.state, command, context, events }] };
}

/** Time passes, timers fall due, effects are performed, then a command comes. */
function further(walk: Walk, { pick, twist, hours }: Dice): Walk {
  const later = due(walk, addHours(walk.now, hours));
  const call = migration.effects(later.state).find(({ kind }) => kind === 'broker');
  if (call !== undefined && twist < 80) return tried(later, { type: 'ConcludeBrokerCall', data: { key: call.key, outcome: outcomeOf(call.input, pick) } }, ENGINE);
  if (twist < 8) return tried(later, { type: 'NoteGrounds', data: { grounds: groundsOf(later.state, pick), asOf: later.state.grounds.asOf + 1 } }, ENGINE);
  const known = later.state.grounds.known;
  if (twist < 14 && known !== null) return tried(later, { type: 'NoteGrounds', data: { grounds: { ...GROUNDS, services: Object.fromEntries(Object.keys(known.services).map((one) => [one, 'OPERATING'])) }, asOf: later.state.grounds.asOf + 1 } }, ENGINE);
  const open = COMMAND_TYPES.filter((type) => isAllowed(later.state, type) && (!RARE.has(type) || pick % 11 === 0));
  const owed = migration.waiting(later.state, later.now).map(({ what }) => what).filter((what): what is CommandType => what in COMMAND_CATALOGUE);
  const types = twist > 95 || open.length === 0 ? COMMAND_TYPES : twist < 85 && owed.length > 0 ? owed : open;
  const type = types[pick % types.length] ?? 'Cancel';
  return type === 'OpenMigration' ? later : tried(later, { type, data: dataFor(type, later, { pick, twist, hours }) } as AnyCommand, actorOf(type));
}

/** What takes a walk off its way comes seldom, or none would go far. */
const RARE: ReadonlySet<string> = new Set(['Cancel', 'RejectFeasibility', 'RollBack', 'Suspend', 'CancelCutover', 'ReportDefect', 'RetireService', 'ProposePlan', 'ReopenWorkItem']);

function due(walk: Walk, until: Instant): Walk {
  const [first] = migration.timers(walk.state).filter(({ at }) => compareInstants(at, until) <= 0).toSorted((a, b) => compareInstants(a.at, b.at));
  if (first === undefined) return { ...walk, now: until };
  const now = compareInstants(first.at, walk.now) > 0 ? first.at : walk.now;
  const fired = tried({ ...walk, now }, first.command, ENGINE);
  return fired.state === walk.state ? { ...fired, now: until } : due(fired, until);
}

export function isAllowed(state: MigrationState, type: string, actor = actorOf(type)): boolean {
  return migration.allowed(state, { actor, now: BEGUN, commandId: 'none' }).some(({ command, allowed }) => command === type && allowed);
}

const OF_MEMBERS: ReadonlySet<string> = new Set(['ApprovePlan', 'CommitSpending', 'DecideGo', 'WaiveParallelRun']);

export function actorOf(type: string): Context['actor'] {
  return OF_MEMBERS.has(type) ? MEMBER : OPERATOR;
}

const UPDATE_ENDS = ['BROKER_UPDATE_NOT_REPEATABLE', 'BROKER_INSTANCE_UNUSABLE', FAILED.code, 'BROKER_REFUSED'] as const;

function outcomeOf(input: object, pick: number): BrokerOutcome {
  if (pick % 5 === 0) return { ...FAILED, mayBeLeft: pick % 2 === 0, ...('update' in input ? { code: UPDATE_ENDS[pick % UPDATE_ENDS.length] ?? FAILED.code } : {}) };
  return 'binding' in input ? BOUND : DONE;
}

function groundsOf({ grounds: { known } }: MigrationState, pick: number): Grounds {
  const base = known ?? GROUNDS;
  const services = Object.keys(base.services);
  const stages = ['OPERATING', 'ROLLING_BACK', 'SUSPENDED', 'PLAN_APPROVED', 'CANCELLED'];
  const changes: readonly Partial<Grounds>[] = [
    { convention: 'SUSPENDED' }, { convention: 'IN_FORCE' }, { dpo: !base.dpo }, { serviceReferent: !base.serviceReferent }, { securityContact: !base.securityContact },
    { budgetCovered: !base.budgetCovered }, { recognitionValid: !base.recognitionValid }, { dpaInForce: !base.dpaInForce }, { convention: pick % 2 === 0 ? 'LEAVING' : 'ENDED' },
    { services: Object.fromEntries(services.map((one, index) => [one, stages[(pick + index) % stages.length] ?? ''])) },
  ];
  return { ...base, ...changes[pick % changes.length] };
}

/** Data of a command that suit the state, but for a twist now and then. */
function dataFor(type: CommandType, { state, now }: Walk, { pick, twist }: Dice): object {
  const today = civilDateOf(now);
  const on = twist > 92 ? addDays(today, 3) : today;
  const at = instantOfMillis(millisOf(now) - 60_000);
  const moves = state.migration?.pinned?.gates.includes('DATA_MIGRATION') === true;
  const items = state.migration?.workItems ?? [];
  const failed = state.provisioning.calls.find((call) => call.state === 'FAILED');
  switch (type) {
    case 'ApproveFeasibility': case 'Resume': return {};
    case 'RejectFeasibility': case 'Suspend': case 'Cancel': case 'CancelCutover': return { reasons: TEXT };
    case 'ProposePlan': return { provisioningOn: today, ...(moves && twist < 90 ? { dataMigrationOn: addDays(today, 10) } : {}), cutoverOn: addDays(today, 40), rollback: TEXT, costCents: 100 * pick, dataClass: 'ORDINARY', cloudLevel: 'QC1' };
    case 'ApprovePlan': return { actNo: `${pick}/2026`, actOn: on };
    case 'CommitSpending': return { actNo: `${pick}/2026`, actOn: on, cents: twist > 90 ? 0 : 99_900 };
    case 'CompleteWorkItem': {
      const item = nextItem(state);
      return item === undefined || twist > 94 ? { workItemId: 'nothing', completedOn: on } : completion(item, on);
    }
    case 'ReopenWorkItem': return { workItemId: items.find(({ done }) => done !== null)?.id ?? 'nothing', reasons: TEXT };
    case 'RecordProvisioned': return { provisionedOn: on };
    case 'RetryEffect': return { key: failed?.key ?? 'none@1' };
    case 'SkipEffect': return { key: failed?.key ?? 'none@1', reasons: TEXT };
    case 'RollBack': return { reasons: TEXT, ...(pick % 2 === 0 ? { act: { no: '9/2026', on: today, office: 'MANAGER' } } : {}) };
    case 'StartDataMigration': return { startedOn: on, backup: { verifiedOn: today, sha256: SHA }, vendorNotice: { deliveredOn: today, protocolNo: '7' }, exportFormat: { format: 'CSV', agreedOn: today, sha256: SHA } };
    case 'RecordRehearsal': return { kind: pick % 2 === 0 ? 'REHEARSAL' : 'FINAL', full: true, counts: [{ set: 'ROWS', source: 10, target: twist > 90 ? 9 : 10 }], startedAt: at, endedAt: now, outcome: 'SUCCEEDED', reasons: TEXT };
    case 'RecordAcceptance': return { recordSha256: SHA, signatures: { agency: { office: 'AGENCY_DIRECTOR', signer: 's-1', signedAt: now }, comune: { office: 'MANAGER', signer: 's-2', signedAt: now } }, openDefects: { severity1: 0, severity2: twist > 90 ? 9 : 0, severity3: 1 } };
    case 'StartParallelRun': return { startedOn: on };
    case 'WaiveParallelRun': return { waivedOn: on, reasons: TEXT };
    case 'ScheduleCutover': return windowAfter(today);
    case 'DecideGo': return { go: twist < 90, decidedAt: now, reasons: TEXT };
    case 'RecordCutover': return { startedAt: at, endedAt: now, outcome: twist < 85 ? 'SUCCEEDED' : 'FAILED', reasons: TEXT };
    case 'ReportDefect': return { defectNo: `INC-${pick}`, severity: 1 + (pick % 3), reportedAt: now };
    case 'ResolveDefect': return { defectNo: state.operation.defects.find(({ resolved }) => resolved === null)?.defectNo ?? 'INC-0', resolvedAt: now };
    case 'EndHypercare': return { endedOn: on, trainingDoneOn: today };
    case 'Decommission': return { oldContractEndedOn: on, ...(moves ? { oldData: { fate: 'DELETED', on: today, certificateSha256: SHA }, records: { preservedOn: today, reportSha256: SHA } } : {}) };
    case 'RetireService': return { decidedOn: on, reasons: TEXT };
    case 'ReturnData': return { returnedOn: on, format: 'CSV', receipt: { receivedOn: on, protocolNo: '8', sha256: SHA } };
    case 'CertifyDeletion': return { deletedOn: on, certificateSha256: SHA };
    case 'UpdateService': return { plan: twist > 92 ? 'nothing' : pick % 2 === 0 ? 'large' : 'small', parameters: { environment: pick % 3 === 0 ? 'TEST' : 'PRODUCTION' }, offered: { plans: ['small', 'large', 'standard'] } };
    case 'RevertUpdate': return { reasons: TEXT };
    case 'RotateCredentials': case 'RevokeFormerCredentials': return {};
    case 'CloseMigration': return { closedOn: on };
    case 'OpenMigration': return {};
  }
}

/** Friday evening to Sunday of a week that is free by the time of the year. */
function windowAfter(today: string): object {
  let friday = addDays(today, 1);
  while (new Date(friday).getUTCDay() !== 5 || !/-(?:0[7-9]|1\d|2[0-2])$/.test(friday)) friday = addDays(friday, 1);
  return { from: `${friday}T20:00:00+01:00`, to: `${addDays(friday, 1)}T20:00:00+01:00` };
}
