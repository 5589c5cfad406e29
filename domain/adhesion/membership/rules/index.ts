import type { RulesOf } from '../../rule.ts';
import type { MEMBERSHIP_COMMANDS, MembershipEngineData } from '../catalogue.ts';
import { excludeMember } from './exclusion.ts';
import { adoptRegulation } from './regulation.ts';
import { beginRenewal, expireConvention, openRenewal } from './renewal.ts';
import { completeWithdrawal, giveWithdrawalNotice } from './withdrawal.ts';

/** The rule of every command of the membership. */
export const MEMBERSHIP_RULES: RulesOf<keyof typeof MEMBERSHIP_COMMANDS | keyof MembershipEngineData> = {
  AdoptRegulation: adoptRegulation,
  OpenRenewal: openRenewal,
  BeginRenewal: beginRenewal,
  ExpireConvention: expireConvention,
  GiveWithdrawalNotice: giveWithdrawalNotice,
  CompleteWithdrawal: completeWithdrawal,
  ExcludeMember: excludeMember,
};
