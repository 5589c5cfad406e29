/**
 * Why a request stands in the security log, beside the code of its answer. Which code has which ground stands in the table of
 * `api/problems.ts`; what each means is in docs/security.md.
 */
export const GROUNDS = [
  // Who calls, and what is his.
  'NO_TOKEN', 'TOKEN_REJECTED', 'NOT_PERMITTED', 'OTHER_BODY', 'SIGN_ON', 'CSRF', 'PRIVATE_ADDRESS', 'OTHER_CONTENT', 'SAME_PERSON',
  // What is sent.
  'MALFORMED', 'BAD_DATA', 'BAD_TYPE', 'NOT_THERE', 'TOO_MUCH',
] as const;

export type Ground = (typeof GROUNDS)[number];
