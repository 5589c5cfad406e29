import { hoursAfter } from '../../../calendar/terms.ts';
import { capital, type Bilingual } from '../../../shared/bilingual.ts';
import { civilDateOf, compareInstants, normalInstant, type Instant } from '../../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../../shared/process.ts';
import type { TextRef } from '../../../shared/text-ref.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture, recordedForGood } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import type { AdhesionState, OpenedCase } from '../../state.ts';
import { BREACH_NOTICE_NAMES } from '../../words.ts';
import type { NoticeDue } from '../events.ts';
import { dutiesOf, isMemberToBeTold, memberAwareAt, notificationOf, openDuties } from '../standing.ts';
import type { Breach } from '../state.ts';
import type { BreachNotice } from '../terms.ts';
import { agreementInForce, ENTRY_INTO_FORCE } from './agreement.ts';

/** Of the member to the Garante, from its awareness (art. 33 c.1 GDPR). */
const GARANTE_HOURS = 72;
/** To the ACN, from the same moment: of comuni above so many inhabitants (art. 1 L. 90/2024). */
const ACN_ALERT_HOURS = 24;
const ACN_NOTIFICATION_HOURS = 72;
const ACN_INHABITANTS = 100_000;

/** A breach of data that are processed under the agreement, up to the end of the case. Its clocks count hours as they elapse, on holidays too. */
export const reportBreach = rule<Command<'ReportBreach'>['data'], { readonly inForceFrom: Instant }>({
  ground: agreementInForce,
  check: ({ awareAt }, context) => notInFuture(context, { awareAt }),
  decide: ({ state, ground: { inForceFrom }, data: { breachNo, awareBy, awareAt }, context }) => {
    const fault = firstRefusal(
      breachOf(state, breachNo) === undefined ? null : alreadyRecorded({ it: 'La violazione con questo numero', en: 'The breach with this number' }),
      notBefore(awareAt, 'awareAt', inForceFrom, ENTRY_INTO_FORCE),
    );
    if (fault !== null) return fault;
    const isProcessors = awareBy === 'PROCESSOR';
    return accepted<AdhesionEvent>({
      type: 'BreachReported',
      data: {
        breachNo, awareBy, awareAt: normalInstant(awareAt),
        memberDueAt: isProcessors ? hoursAfter(awareAt, state.opening.policies.processing.breachHours) : null,
        duties: isProcessors ? [] : dutiesFrom(state, awareAt),
        basis: basisOf(state), at: context.now,
      },
      effectiveOn: civilDateOf(awareAt),
    });
  },
});

/** The Agency tells the member without undue delay (art. 33 c.2 GDPR), by the hours of the contract; the member is aware from then on. */
export const notifyBreachToMember = rule<Command<'NotifyBreachToMember'>['data'], object>({
  ground: ({ processing: { breaches } }) => (breaches.some(isMemberToBeTold)
    ? {}
    : refused('OUT_OF_TURN', {
      it: "Non vi è alcuna violazione da comunicare all'ente: l'Agenzia la registra prima con ReportBreach.",
      en: 'There is no breach that the member has to be told of: the Agency records it first, with ReportBreach.',
    })),
  check: ({ deliveredAt }, context) => notInFuture(context, { deliveredAt }),
  decide: ({ state, data: { breachNo, deliveredAt, delayReasons = null }, context }) => {
    const breach = breachOf(state, breachNo);
    if (breach === undefined) return unknownBreach(breachNo);
    const { memberDueAt, awareAt } = breach;
    if (memberDueAt === null) {
      return refused('OUT_OF_TURN', { it: "Di questa violazione l'ente si è accorto da sé.", en: 'The member became aware of this breach by itself.' }, 'breachNo');
    }
    const late = compareInstants(deliveredAt, memberDueAt) > 0;
    const fault = firstRefusal(
      breach.told === null ? null : alreadyRecorded({ it: "La comunicazione all'ente di questa violazione", en: 'That the member was told of this breach' }),
      notBefore(deliveredAt, 'deliveredAt', awareAt, AWARENESS),
      reasonsFault(late, memberDueAt, delayReasons),
    );
    return fault ?? accepted<AdhesionEvent>({
      type: 'BreachNotifiedToMember',
      data: { breachNo, deliveredAt: normalInstant(deliveredAt), late, delayReasons, duties: dutiesFrom(state, deliveredAt), basis: basisOf(state), at: context.now },
      effectiveOn: civilDateOf(deliveredAt),
    });
  },
});

/** What the member sent to an authority; one that is not due may be sent as well, and is never late. */
export const notifyBreachToAuthority = rule<Command<'NotifyBreachToAuthority'>['data'], object>({
  ground: (state) => knownBreachFault(state),
  check: ({ notifiedAt }, context) => notInFuture(context, { notifiedAt }),
  decide: ({ state, data: { breachNo, to, notifiedAt, protocolNo, delayReasons = null }, context }) => {
    const breach = breachOf(state, breachNo);
    if (breach === undefined) return unknownBreach(breachNo);
    const aware = memberAwareAt(breach);
    if (aware === null) return notTold();
    const dueAt = dutiesOf(breach).find((duty) => duty.to === to)?.dueAt ?? null;
    const late = dueAt !== null && compareInstants(notifiedAt, dueAt) > 0;
    const fault = firstRefusal(
      notificationOf(breach, to) === undefined ? null : alreadySent(to),
      notBefore(notifiedAt, 'notifiedAt', aware, AWARENESS),
      reasonsFault(late, dueAt, delayReasons),
    );
    return fault ?? accepted<AdhesionEvent>({
      type: 'BreachNotifiedToAuthority',
      data: { breachNo, to, notifiedAt: normalInstant(notifiedAt), protocolNo, late, delayReasons, at: context.now },
      effectiveOn: civilDateOf(notifiedAt),
    });
  },
});

/** A breach that is unlikely to result in a risk to persons is not notified (art. 33 c.1 GDPR); what is sent all the same counts. */
export const waiveBreachNotice = rule<Command<'WaiveBreachNotice'>['data'], object>({
  ground: (state) => {
    const fault = knownBreachFault(state);
    return 'kind' in fault || state.processing.breaches.some((breach) => openDuties(breach).length > 0)
      ? fault
      : refused('OUT_OF_TURN', { it: 'Non è dovuta alcuna notifica di violazioni.', en: 'No notice of a breach is due.' });
  },
  decide: ({ state, data: { breachNo, to, reasons }, context }) => {
    const breach = breachOf(state, breachNo);
    if (breach === undefined) return unknownBreach(breachNo);
    if (openDuties(breach).some((duty) => duty.to === to)) {
      return accepted<AdhesionEvent>({ type: 'BreachNoticeWaived', data: { breachNo, to, reasons, at: context.now } });
    }
    return waiverFault(breach, to);
  },
});

function waiverFault(breach: Breach, to: BreachNotice): Refused {
  if (memberAwareAt(breach) === null) return notTold();
  if (notificationOf(breach, to) !== undefined) return alreadySent(to);
  return breach.waived.some((waiver) => waiver.to === to)
    ? recordedForGood({ it: 'Che questa notifica non è dovuta', en: 'That this notice is not due' })
    : refused('NOTICE_NOT_DUE', { it: 'Per questa violazione tale notifica non è comunque dovuta.', en: 'This notice of the breach is not due anyway.' }, 'to');
}

function alreadySent(to: BreachNotice): Refused {
  const { it, en } = BREACH_NOTICE_NAMES[to];
  return alreadyRecorded({ it: capital(it), en: capital(en) });
}

const AWARENESS: Bilingual = { it: 'la conoscenza della violazione', en: 'the awareness of the breach' };

/** What the member owes from the moment it is aware. */
function dutiesFrom({ opening: { population } }: OpenedCase, aware: Instant): readonly NoticeDue[] {
  const garante: NoticeDue = { to: 'GARANTE', dueAt: hoursAfter(aware, GARANTE_HOURS) };
  return population <= ACN_INHABITANTS ? [garante] : [
    garante, { to: 'ACN_ALERT', dueAt: hoursAfter(aware, ACN_ALERT_HOURS) }, { to: 'ACN_NOTIFICATION', dueAt: hoursAfter(aware, ACN_NOTIFICATION_HOURS) },
  ];
}

/** What is late comes with the reasons for the delay (art. 33 c.1 GDPR). */
function reasonsFault(late: boolean, dueAt: Instant | null, delayReasons: TextRef | null): Refused | null {
  return late && delayReasons === null ? refused('DELAY_REASONS_REQUIRED', {
    it: `Il termine era il ${dueAt}: ciò che è tardivo si accompagna ai motivi del ritardo (delayReasons).`,
    en: `It was due by ${dueAt}: what is late comes with the reasons for the delay (delayReasons).`,
  }, 'delayReasons') : null;
}

function breachOf({ processing: { breaches } }: AdhesionState, breachNo: string): Breach | undefined {
  return breaches.find((breach) => breach.breachNo === breachNo);
}

/** Why the member notifies nobody yet, or an empty ground. */
function knownBreachFault({ processing: { breaches } }: AdhesionState): Refused | object {
  return breaches.some((breach) => memberAwareAt(breach) !== null) ? {} : notTold();
}

function notTold(): Refused {
  return refused('OUT_OF_TURN', {
    it: "L'ente notifica una violazione quando ne è a conoscenza: la comunica l'Agenzia, o la registra l'ente con ReportBreach.",
    en: 'The member notifies a breach once it is aware of it: told by the Agency, or recorded by the member with ReportBreach.',
  });
}

function unknownBreach(breachNo: string): Refused {
  return refused('UNKNOWN_BREACH', {
    it: `Nessuna violazione ha il numero ${breachNo}; prima la si registra con ReportBreach.`, en: `No breach has the number ${breachNo}; it is recorded first, with ReportBreach.`,
  }, 'breachNo');
}
