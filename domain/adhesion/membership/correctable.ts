import { byRule, type CorrectableFact, type CorrectablesOf } from '../correctable-fact.ts';
import type { CommandData } from '../command-types.ts';
import { actNumber, date, instant, sha256, shape, text } from '../shape.ts';
import type { AdhesionState } from '../state.ts';
import { MAX_REGULATION_KIND } from './bounds.ts';
import type { MEMBERSHIP_CORRECTED_BY } from './catalogue.ts';
import { correctExclusion } from './rules/exclusion.ts';
import { adoptRegulation } from './rules/regulation.ts';
import { giveWithdrawalNotice } from './rules/withdrawal.ts';
import { endOf } from './standing.ts';

/** The shapes of the commands whose data a correction gives. */
const SHAPES = {
  GiveWithdrawalNotice: shape<CommandData['GiveWithdrawalNotice']>({ deliveredAt: instant, actNo: actNumber, actOn: date }),
  ExcludeMember: shape<CommandData['ExcludeMember']>({
    noticesOn: (value): value is [string, string] => Array.isArray(value) && value.length === 2 && value.every(date),
    heardOn: date, assemblyActNo: actNumber, on: date,
  }),
  AdoptRegulation: shape<CommandData['AdoptRegulation']>({
    kind: text((value) => value.trim().length > 0 && value.length <= MAX_REGULATION_KIND), actNo: actNumber, actOn: date, sha256,
  }),
};

export const MEMBERSHIP_CORRECTABLES: CorrectablesOf<keyof typeof MEMBERSHIP_CORRECTED_BY> = {
  WithdrawalNoticeGiven: {
    rewind: (state) => ({ ...state, membership: { ...state.membership, withdrawal: null } }),
    decide: byRule(SHAPES.GiveWithdrawalNotice, giveWithdrawalNotice),
  },
  MemberExcluded: {
    rewind: (state) => ({ ...state, membership: { ...state.membership, exclusion: null, end: null } }),
    decide: (state, data, context, version) => (SHAPES.ExcludeMember(data) ? correctExclusion(state, data, context, version) : null),
  },
  RegulationAdopted: {
    rewind: (state, version) => ({
      ...state,
      membership: { ...state.membership, regulations: state.membership.regulations.filter((known) => known.version !== version) },
    }),
    decide: byRule(SHAPES.AdoptRegulation, adoptRegulation),
  },
};

/** The facts of the membership that stand, each with what stands on it. A revocation is not a notice: its own act says its day. */
export function membershipFacts(state: AdhesionState): readonly CorrectableFact[] {
  const { withdrawal, exclusion, regulations } = state.membership;
  const underneath = endOf(state) === null ? null : { it: 'la fine della convenzione', en: 'the end of the convention' };
  return [
    ...(withdrawal?.ground === 'NOTICE' ? [{ type: 'WithdrawalNoticeGiven', version: withdrawal.version, underneath } as const] : []),
    ...(exclusion === null ? [] : [{ type: 'MemberExcluded', version: exclusion.version, underneath: state.dpa.dataReturn === null ? null : { it: 'la restituzione dei dati', en: 'the return of the data' } } as const]),
    ...regulations.map(({ version }) => ({ type: 'RegulationAdopted', version, underneath }) as const),
  ];
}
