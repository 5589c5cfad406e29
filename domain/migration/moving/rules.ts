import { workingDaysAfter } from '../../calendar/terms.ts';
import { dayOf, firstRefusal, notBefore, notInFuture, recordedForGood } from '../../adhesion/checks.ts';
import { compareInstants, normalInstant, startOfNextDay } from '../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../shared/process.ts';
import { basisOf } from '../basis.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { gateFault, needsFault, newStageFault } from '../gates/index.ts';
import { conventionNeeds } from '../gates/convention.ts';
import { personalDataNeeds } from '../gates/personal-data.ts';
import { defectNeeds } from '../operation/needs.ts';
import { handedOver } from '../operation/hypercare.ts';
import { rule, type RulesOf } from '../rule.ts';
import { stageFault } from '../stage.ts';
import { isFull, type FullMigration, type OpenedMigration } from '../state.ts';
import type { MOVING_COMMANDS, MovingEngineData } from './catalogue.ts';
import { runNeeds } from './needs.ts';
import { lastRun, passes } from './standing.ts';
import { runningParallel } from './timers.ts';
import { MOST_RUNS } from './evidence.ts';

/** Data begin to be moved once the service is provisioned and what it depends on operates; what else the gate needs comes with the command. */
const startDataMigration = rule<Command<'StartDataMigration'>['data'], object>({
  ground: (state) => stageFault(state, ['PROVISIONING'], { it: "i dati si migrano dopo l'attivazione.", en: 'data are moved once the service is provisioned.' })
    ?? movesNone(state) ?? unprovisioned(state) ?? gateFault(state, 'DATA_MIGRATION', 'StartDataMigration') ?? {},
  check: ({ startedOn, backup, vendorNotice, exportFormat }, context) => notInFuture(context, {
    startedOn, 'backup.verifiedOn': backup.verifiedOn, 'vendorNotice.deliveredOn': vendorNotice.deliveredOn, 'exportFormat.agreedOn': exportFormat.agreedOn,
  }),
  decide: ({ state: { provisioning: { doneOn } }, data: { startedOn, backup, vendorNotice, exportFormat }, context }) => firstRefusal(
    notBefore(startedOn, 'startedOn', doneOn, { it: "la fine dell'attivazione", en: 'the end of provisioning' }),
    notBefore(startedOn, 'startedOn', backup.verifiedOn, { it: 'la prova di ripristino', en: 'the test of the backup' }),
    notBefore(startedOn, 'startedOn', vendorNotice.deliveredOn, { it: 'la comunicazione al vecchio fornitore', en: 'the notice to who runs the old system' }),
    notBefore(startedOn, 'startedOn', exportFormat.agreedOn, { it: "l'accordo sul formato", en: 'the agreement on the format' }),
  ) ?? accepted<MigrationEvent>({ type: 'DataMigrationStarted', data: { startedOn, backup, vendorNotice, exportFormat, at: context.now }, effectiveOn: startedOn }),
});

function movesNone(state: OpenedMigration): Refused | null {
  return passes(state, 'DATA_MIGRATION') ? null : refused('NO_DATA_MIGRATION', { it: "Questo servizio non migra dati: dopo l'attivazione si collauda.", en: 'This service moves no data: once provisioned it is tested for its acceptance.' });
}

function unprovisioned({ provisioning: { doneOn } }: OpenedMigration): Refused | null {
  return doneOn !== null ? null : refused('NOT_PROVISIONED', { it: "L'attivazione non è ancora finita: prima dei dati si attende la sua fine.", en: 'Provisioning is not over yet: data are moved once it is.' });
}

/** Also after the acceptance: the last run before the cutover is the one whose counts matter. One that took place though a step with personal data lacked something is recorded with its reasons only. */
const recordRehearsal = rule<Command<'RecordRehearsal'>['data'], { readonly full: FullMigration }>({
  ground: (state) => movesNone(state) ?? stageFault(state, ['DATA_MIGRATION', 'ACCEPTANCE', 'PARALLEL_RUN', 'CUTOVER'], {
    it: 'le prove si registrano dalla migrazione dei dati alla messa in esercizio.', en: 'runs of data are recorded from the migration of data to the cutover.',
  }) ?? room(state),
  check: ({ startedAt, endedAt }, context) => notInFuture(context, { startedAt, endedAt }),
  decide: ({ state, ground, data, context }) => {
    const { kind, full, counts, outcome, reasons } = data;
    const [startedAt, endedAt] = [normalInstant(data.startedAt), normalInstant(data.endedAt)];
    const lacking = needsFault('GATE_SHUT', LACKING, personalDataNeeds(ground.full), 'reasons');
    const fault = firstRefusal(
      notBefore(endedAt, 'endedAt', startedAt, { it: 'il suo inizio', en: 'its beginning' }),
      notBefore(startedAt, 'startedAt', state.moving.started?.startedOn ?? null, { it: "l'inizio della migrazione dei dati", en: 'the beginning of the migration of data' }),
      state.moving.runs.some((run) => run.kind === kind && run.startedAt === startedAt) ? recordedForGood({ it: 'La prova iniziata in questo istante', en: 'The run that began at this instant' }) : null,
      reasons === undefined ? lacking : null,
    );
    const irregular = lacking === null || reasons === undefined ? {} : { regular: false as const, reasons };
    return fault ?? accepted<MigrationEvent>({ type: 'DataRunRecorded', data: { kind, full, counts, startedAt, endedAt, outcome, ...irregular, at: context.now }, effectiveOn: dayOf(endedAt) });
  },
});

const LACKING = {
  it: 'Ora mancano le condizioni per i passi con dati personali: una migrazione dei dati avvenuta comunque si registra con i motivi (reasons).',
  en: 'What a step with personal data needs is missing now: a run that took place all the same is recorded with the reasons (reasons).',
};

function room(state: OpenedMigration): Refused | { readonly full: FullMigration } {
  return isFull(state) && state.moving.runs.length < MOST_RUNS ? { full: state } : refused('TOO_MANY_RUNS', {
    it: `Una migrazione registra al massimo ${MOST_RUNS} prove.`, en: `A migration records at most ${MOST_RUNS} runs of data.`,
  });
}

/** The record of the acceptance test. A service that is not cut over goes live with it. */
const recordAcceptance = rule<Command<'RecordAcceptance'>['data'], { readonly full: FullMigration }>({
  ground: (state) => stageFault(state, passes(state, 'DATA_MIGRATION') ? ['DATA_MIGRATION'] : ['ACCEPTANCE'], {
    it: 'si collauda ciò che è attivato, con i dati migrati.', en: 'what is provisioned, with its data moved, is accepted.',
  }) ?? (state.moving.acceptance === null ? null : recordedForGood({ it: 'Il verbale di collaudo', en: 'The acceptance record' })) ?? acceptable(state),
  check: ({ signatures: { agency, comune } }, context) => notInFuture(context, { 'signatures.agency.signedAt': agency.signedAt, 'signatures.comune.signedAt': comune.signedAt }),
  decide: ({ ground: { full }, data: { recordSha256, signatures: { agency, comune }, openDefects }, context }) => {
    const ready = lastRun(full)?.endedAt ?? full.provisioning.doneOn;
    const follows = passes(full, 'DATA_MIGRATION') ? { it: "l'ultima migrazione dei dati", en: 'the last run of data' } : { it: "la fine dell'attivazione", en: 'the end of provisioning' };
    const fault = firstRefusal(
      agency.signer === comune.signer
        ? refused('SIGNERS_NOT_DISTINCT', { it: "Una sola persona non firma per l'Agenzia e per il comune.", en: 'One person does not sign for the Agency and for the comune.' }, 'signatures.comune.signer')
        : null,
      notBefore(agency.signedAt, 'signatures.agency.signedAt', ready, follows),
      notBefore(comune.signedAt, 'signatures.comune.signedAt', ready, follows),
      tooManyDefects(openDefects, full),
    );
    if (fault !== null) return fault;
    const last = compareInstants(agency.signedAt, comune.signedAt) > 0 ? agency.signedAt : comune.signedAt;
    const acceptedOn = dayOf(last);
    const record: MigrationEvent = {
      type: 'AcceptanceRecorded',
      data: { recordSha256, agency: { ...agency, signedAt: normalInstant(agency.signedAt) }, comune: { ...comune, signedAt: normalInstant(comune.signedAt) }, openDefects, acceptedOn, at: context.now },
      effectiveOn: acceptedOn,
    };
    return accepted(record, ...(passes(full, 'CUTOVER') ? [] : [handedOver(full, last, context)]));
  },
});

function acceptable(state: OpenedMigration): Refused | { readonly full: FullMigration } {
  if (!isFull(state)) return refused('OUT_OF_TURN', { it: 'Il percorso leggero non ha collaudo.', en: 'The light track has no acceptance.' });
  return needsFault('ACCEPTANCE_SHUT', { it: 'Il collaudo non può ancora essere accettato: ecco che cosa manca.', en: 'It cannot be accepted yet: here is what is missing.' }, [
    ...conventionNeeds(state), ...runNeeds(state), ...defectNeeds(state),
  ]) ?? { full: state };
}

/** A service is accepted without defects of severity 1, and with few of severity 2. */
function tooManyDefects({ severity1, severity2 }: Command<'RecordAcceptance'>['data']['openDefects'], { migration: { pinned: { policies: { maxSeverity2 } } } }: FullMigration): Refused | null {
  return severity1 === 0 && severity2 <= maxSeverity2 ? null : refused('TOO_MANY_DEFECTS', {
    it: `Si accetta senza difetti di gravità 1 e con al più ${maxSeverity2} di gravità 2; qui sono ${severity1} e ${severity2}.`,
    en: `It is accepted without defects of severity 1 and with ${maxSeverity2} of severity 2 at most; here there are ${severity1} and ${severity2}.`,
  }, 'openDefects');
}

const startParallelRun = rule<Command<'StartParallelRun'>['data'], { readonly full: FullMigration; readonly acceptedOn: string }>({
  ground: (state) => stageFault(state, ['ACCEPTANCE'], { it: 'vecchio e nuovo si affiancano dopo il collaudo.', en: 'old and new run side by side once the service is accepted.' }) ?? signed(state),
  check: ({ startedOn }, context) => notInFuture(context, { startedOn }),
  decide: ({ ground: { full, acceptedOn }, data: { startedOn }, context }) => {
    const fault = notBefore(startedOn, 'startedOn', acceptedOn, ACCEPTANCE);
    if (fault !== null) return fault;
    const { policies: { parallelRunWorkingDays }, calendarVersion } = full.migration.pinned;
    const endsOn = workingDaysAfter(startedOn, parallelRunWorkingDays, full.grounds.known?.istatCode ?? null, calendarVersion);
    return accepted<MigrationEvent>({
      type: 'ParallelRunStarted', data: { startedOn, endsOn, overFrom: startOfNextDay(endsOn), basis: basisOf(full), at: context.now }, effectiveOn: startedOn,
    });
  },
});

/** Before it begins, or while it lasts. */
const waiveParallelRun = rule<Command<'WaiveParallelRun'>['data'], { readonly acceptedOn: string }>({
  ground: (state) => stageFault(state, ['ACCEPTANCE', 'PARALLEL_RUN'], { it: "all'affiancamento si rinuncia dopo il collaudo.", en: 'the parallel run is waived once the service is accepted.' })
    ?? (state.migration.state === 'PARALLEL_RUN' && isFull(state) && runningParallel(state) === null
      ? recordedForGood({ it: "La fine dell'affiancamento, o la rinuncia", en: 'The end of the parallel run, or its waiver,' }) : null) ?? signed(state),
  check: ({ waivedOn }, context) => notInFuture(context, { waivedOn }),
  decide: ({ ground: { acceptedOn }, data: { waivedOn, reasons }, context }) => notBefore(waivedOn, 'waivedOn', acceptedOn, ACCEPTANCE)
    ?? accepted<MigrationEvent>({ type: 'ParallelRunWaived', data: { waivedOn, reasons, at: context.now }, effectiveOn: waivedOn }),
});

const ACCEPTANCE = { it: 'il collaudo', en: 'the acceptance' };

function signed(state: OpenedMigration): Refused | { readonly full: FullMigration; readonly acceptedOn: string } {
  const { acceptance } = state.moving;
  if (!isFull(state) || acceptance === null) {
    return refused('NOT_ACCEPTED', { it: 'Manca il verbale di collaudo firmato da entrambi (RecordAcceptance).', en: 'The acceptance record, signed by both, is missing (RecordAcceptance).' });
  }
  return newStageFault(state) ?? { full: state, acceptedOn: acceptance.acceptedOn };
}

/** By its timer: the working days are over. */
const endParallelRun = rule<Command<'EndParallelRun'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data: { endsOn }, context }) => {
    const run = isFull(state) ? runningParallel(state) : null;
    const due = run !== null && run.endsOn === endsOn && compareInstants(context.now, run.overFrom) >= 0;
    return due ? accepted<MigrationEvent>({ type: 'ParallelRunEnded', data: { endsOn, at: context.now }, effectiveOn: endsOn }) : accepted();
  },
});

/** The rule of every command of this area. */
export const MOVING_RULES: RulesOf<keyof typeof MOVING_COMMANDS | keyof MovingEngineData> = {
  StartDataMigration: startDataMigration,
  RecordRehearsal: recordRehearsal,
  RecordAcceptance: recordAcceptance,
  StartParallelRun: startParallelRun,
  WaiveParallelRun: waiveParallelRun,
  EndParallelRun: endParallelRun,
};
