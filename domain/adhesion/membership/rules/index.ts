import type { RulesOf } from '../../rule.ts';
import type { MEMBERSHIP_COMMANDS, MembershipEngineData } from '../catalogue.ts';
import { excludeMember } from './exclusion.ts';
import { noteSuccessor } from './late-renewal.ts';
import { adoptRegulation } from './regulation.ts';
import { beginRenewal, expireConvention, openRenewal } from './renewal.ts';
import { completeWithdrawal, giveWithdrawalNotice } from './withdrawal.ts';

/** The rule of every command of the membership. */
export const MEMBERSHIP_RULES: RulesOf<keyof typeof MEMBERSHIP_COMMANDS | keyof MembershipEngineData> = {
  AdoptRegulation: adoptRegulation,
  OpenRenewal: openRenewal,
  BeginRenewal: beginRenewal,
  ExpireConvention: expireConvention,
  NoteSuccessor: noteSuccessor,
  GiveWithdrawalNotice: giveWithdrawalNotice,
  CompleteWithdrawal: completeWithdrawal,
  ExcludeMember: excludeMember,
};
