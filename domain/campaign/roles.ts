import type { Role } from '../shared/actor.ts';

/** Who may send which command. Kept apart from the schemas, so that the process can use it without zod. */
export const COMMAND_ROLES = {
  StartCampaign: ['operator'],
  FreezeTargets: ['operator'],
  Pause: ['operator'],
  Resume: ['operator'],
  Cancel: ['operator'],
  RetryFailed: ['operator'],
  BeginActs: ['engine'],
  ConcludeAct: ['engine'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type CommandType = keyof typeof COMMAND_ROLES;

/** What is sent to a campaign that runs; the rest the interface and the engine send by themselves. */
export const STEERING = ['Pause', 'Resume', 'RetryFailed', 'Cancel'] as const satisfies readonly CommandType[];
