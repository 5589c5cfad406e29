/** Data that the commands take. */
export const CHANGES_VALID = {
  UpdateService: [{ plan: 'large' }, { parameters: { environment: 'PRODUCTION' } }, { plan: 'large', parameters: { sites: [1, 2], online: true } }],
  RevertUpdate: [{ reasons: 'The application does not start' }],
  RotateCredentials: [{}],
  RevokeFormerCredentials: [{}],
} as const;

/** Data that they refuse, each with what is wrong. */
export const CHANGES_INVALID = [
  ['UpdateService', 'nothing to change', {}],
  ['UpdateService', 'a long text as parameter', { parameters: { story: 'x'.repeat(201) } }],
  ['UpdateService', 'what the edge alone may say', { plan: 'large', offered: { plans: ['large'] } }],
  ['RevertUpdate', 'no reasons', {}],
  ['RotateCredentials', 'an extra field', { binding: 2 }],
] as const;
