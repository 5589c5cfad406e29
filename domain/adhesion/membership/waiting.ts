import { migrationStage } from '../../migration/words.ts';
import type { Bilingual } from '../../shared/bilingual.ts';
import type { Waiting } from '../../shared/process.ts';
import { goesOn, standingServices } from '../services/standing.ts';
import type { OpenedCase } from '../state.ts';
import { turn } from '../turn.ts';
import { boundFault, RENEWAL } from './rules/bound.ts';
import { endOf, isInForce, openRenewalOf, termOf } from './standing.ts';
import { expiryTimer, withdrawalKey } from './timers.ts';

/** What is owed for the renewal, an exclusion that waits for its second operator, the day on which a withdrawal takes effect, and the services that an exit has to close. */
export function membershipWaiting(state: OpenedCase): readonly Waiting[] {
  return [...onRenewal(state), ...onPreparation(state), ...onWithdrawal(state), ...onServices(state)];
}

function onRenewal(state: OpenedCase): readonly Waiting[] {
  const renewal = openRenewalOf(state);
  if (renewal === null || state.convention.addendum !== null || boundFault(state, RENEWAL) !== null) return [];
  const { endsOn } = renewal.term;
  const reasons = [{
    code: 'RENEWAL_OPEN',
    message: {
      it: `La convenzione scade il ${endsOn}, salvo che il consiglio ne deliberi il rinnovo ed entrambe le parti lo firmino.`,
      en: `The convention ends on ${endsOn} unless the council resolves its renewal and both parties sign it.`,
    },
  }];
  return [turn('MEMBER', 'AmendConvention', renewal.at, endsOn, reasons)];
}

/** One operator has prepared it, or its correction; the same data of another carry it out. */
function onPreparation(state: OpenedCase): readonly Waiting[] {
  const { preparation, exclusion } = state.membership;
  if (preparation === null) return [];
  if (preparation.corrects !== undefined) {
    if (preparation.corrects !== exclusion?.version || state.dpa.dataReturn !== null) return [];
    const reasons = [{ code: 'TWO_PERSON_REQUIRED', message: {
      it: `La correzione dell'esclusione (versione ${preparation.corrects}) è predisposta: la esegue, con gli stessi dati, un operatore diverso da chi l'ha predisposta.`,
      en: `The correction of the exclusion (version ${preparation.corrects}) is prepared: an operator other than its preparer carries it out, with the same data.`,
    } }];
    return [turn('OPERATOR', 'CorrectFact', preparation.at, null, reasons)];
  }
  if (!isInForce(state)) return [];
  const reasons = [{ code: 'TWO_PERSON_REQUIRED', message: {
    it: `L'esclusione del ${preparation.on} è predisposta: la esegue, con gli stessi dati, un operatore diverso da chi l'ha predisposta.`,
    en: `The exclusion on ${preparation.on} is prepared: an operator other than its preparer carries it out, with the same data.`,
  } }];
  return [turn('OPERATOR', 'ExcludeMember', preparation.at, null, reasons)];
}

/** A term that ends before the effect of the withdrawal, or with it, overtakes it: of one moment the expiry fires first. */
function onWithdrawal(state: OpenedCase): readonly Waiting[] {
  const { withdrawal } = state.membership;
  if (withdrawal === null || !isInForce(state)) return [];
  const endsOn = termOf(state)?.endsOn ?? null;
  const expiry = expiryTimer(state);
  return expiry !== null && endsOn !== null && endsOn <= withdrawal.effectOn
    ? [turn('CLOCK', expiry.key, withdrawal.at, endsOn)]
    : [turn('CLOCK', withdrawalKey(state), withdrawal.at, withdrawal.effectOn)];
}

/** Each is closed by a command of its own case. */
function onServices(state: OpenedCase): readonly Waiting[] {
  const end = endOf(state);
  // One that goes on after its migration was closed is about to retire: the case has told it.
  const open = standingServices(state).map((note) => ({ id: note.id, stage: goesOn(note) ? 'OPERATING' : note.state }));
  if (end === null || open.length === 0) return [];
  const continuity = {
    code: 'CONTINUITY_PLAN',
    message: { it: 'I servizi proseguono, per continuità, fino alla chiusura di ciascuno.', en: 'The services go on for continuity until each is closed.' },
  };
  return (['CloseMigration', 'Cancel'] as const).flatMap((what) => {
    const services = open.filter(({ stage }) => endsBy(stage) === what).map(({ id, stage }) => ({ code: 'SERVICE_OPEN', message: stillOpen(id, migrationStage(stage)) }));
    return services.length === 0 ? [] : [turn('OPERATOR', what, end.at, null, end.code === 'NO_MANDATE' ? [continuity, ...services] : services)];
  });
}

function stillOpen(id: string, stage: Bilingual): Bilingual {
  return { it: `${id} è ancora aperta (${stage.it}); l'uscita la chiude.`, en: `${id} is still open (${stage.en}); the exit closes it.` };
}

/** A service that operates, or retires with the member, is closed; one that is not delivered yet is cancelled. */
function endsBy(stage: string): 'CloseMigration' | 'Cancel' {
  return ['OPERATING', 'DECOMMISSIONING_OLD', 'RETIRING'].includes(stage) ? 'CloseMigration' : 'Cancel';
}
