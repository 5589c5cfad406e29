import { ROLES, type CallerRole } from './tokens.ts';

/** Who may call a route at all; what a command is for stands in its process's own table. */
export interface Access {
  /** `public`: no token is asked for. */
  readonly roles: readonly CallerRole[] | 'public';
  /** What the path names, and so whose it is: a case by its very id, a subject by what the store knows of it. */
  readonly scope?: CaseScope | 'subject';
  /** A caller on the same machine needs no token. */
  readonly orLoopback?: true;
  /** For browsers only, no part of the interface that the document describes: what it is for. */
  readonly page?: string;
  /**
   * What one person prepares and another approves: what of it is done here. `both`: the first who sends a change prepares it,
   * another who sends the same approves it, where the installation wants two; `withdraws`: takes back what is prepared.
   */
  readonly twoPersons?: 'prepares' | 'approves' | 'both' | 'withdraws';
  /** Who is not signed on is told so by the page itself, after the form was read: what was typed is not lost. `file`: also of a form with a file. */
  readonly keepsForm?: true | 'file';
}

export type CaseScope = 'adhesion' | 'migration' | 'campaign' | 'constitution';

export const ANY = ROLES;
export const OPERATOR = ['operator'] as const;
export const MEMBER = ['member'] as const;
export const ACTING = ['operator', 'member'] as const;
export const SEE_ALL = ['operator', 'auditor'] as const;
