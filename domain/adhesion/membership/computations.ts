import { lastDayOfYears } from '../../calendar/terms.ts';
import { addDays, addMonths, civilDateOf, laterDate } from '../../shared/civil-date.ts';
import type { Computation } from '../../shared/computation.ts';
import { computation } from '../computation.ts';

const isRenewed = (amendments: readonly { readonly renews: boolean; readonly concludedOn: string | null }[]) => (
  amendments.some(({ renews, concludedOn }) => renews && concludedOn !== null));

/** The dates of the convention, and of how it is left, that follow from others. The term of a renewal is only said. */
export const MEMBERSHIP_COMPUTATIONS: readonly Computation[] = [
  computation({
    field: 'convention.concludedOn', rule: 'LAST_SIGNATURE', law: null,
    says: { it: "Il giorno dell'ultima firma.", en: 'The day of the last signature.' },
    inputs: { signedAt: 'convention.countersignature.signedAt' },
    compute: ({ signedAt }) => civilDateOf(signedAt),
  }),
  computation({
    field: 'convention.endsOn', rule: 'DURATION', law: null,
    says: { it: "Gli anni della convenzione dall'entrata in vigore: il giorno prima dell'anniversario.", en: 'The years of the convention from its coming into force: the day before the anniversary.' },
    inputs: { inForceOn: 'convention.inForceOn', years: 'policies.conventionYears', amendments: 'convention.amendments' },
    applies: ({ amendments }) => !isRenewed(amendments),
    compute: ({ inForceOn, years }) => lastDayOfYears(inForceOn, years),
  }),
  computation({
    field: 'convention.renewal.opensOn', rule: 'RENEWAL', law: null,
    says: { it: "I mesi della politica prima della scadenza, e non prima dell'entrata in vigore.", en: 'The months of the policy before its end, and not before its coming into force.' },
    inputs: { endsOn: 'convention.endsOn', inForceOn: 'convention.inForceOn', months: 'policies.exit.renewalMonthsBefore', amendments: 'convention.amendments' },
    applies: ({ amendments }) => !isRenewed(amendments),
    compute: ({ endsOn, inForceOn, months }) => laterDate(addMonths(endsOn, -months), inForceOn),
  }),
  computation({
    field: 'convention.withdrawal.noticeEndsOn', rule: 'NOTICE', law: null,
    says: { it: 'I mesi di preavviso dalla consegna della comunicazione.', en: 'The months of notice from its delivery.' },
    inputs: { deliveredAt: 'convention.withdrawal.deliveredAt', months: 'policies.exit.noticeMonths' },
    compute: ({ deliveredAt, months }) => addMonths(civilDateOf(deliveredAt), months),
  }),
  computation({
    field: 'convention.withdrawal.noticeEndsOn', rule: 'NOTICE_BY_REVOCATION', law: null,
    says: {
      it: 'I mesi di preavviso dalla revoca della delibera, o dalla fine del periodo minimo di permanenza se viene dopo.',
      en: 'The months of notice from the revocation of the resolution, or from the end of the lock-in where that is later.',
    },
    inputs: { ground: 'convention.withdrawal.ground', actOn: 'convention.withdrawal.actOn', inForceOn: 'convention.inForceOn', months: 'policies.exit.noticeMonths', lockInYears: 'policies.exit.lockInYears' },
    applies: ({ ground }) => ground === 'REVOCATION',
    compute: ({ actOn, inForceOn, months, lockInYears }) => addMonths(laterDate(actOn, addDays(lastDayOfYears(inForceOn, lockInYears), 1)), months),
  }),
  computation({
    field: 'convention.withdrawal.effectOn', rule: 'END_OF_YEAR', law: null,
    says: { it: "Il 31 dicembre dell'anno in cui finisce il preavviso.", en: 'The 31 December of the year in which the notice ends.' },
    inputs: { noticeEndsOn: 'convention.withdrawal.noticeEndsOn' },
    compute: ({ noticeEndsOn }) => `${noticeEndsOn.slice(0, 4)}-12-31`,
  }),
];
