/** A body's code as it stands in the ids of its cases: `c_a010` of `c_a010-1`. */
const CODE = '[a-z][a-z0-9_]{1,29}';

/** The form of an IPA code: a comune has `c_` and its cadastral code, other bodies what IPA gave them. */
export const BODY_CODE = new RegExp(`^${CODE}$`);

const CASE = new RegExp(`^(${CODE})-[1-9]\\d{0,3}(\\.[A-Z0-9_-]{1,60})?$`);

/** The name that the Agency itself goes by where bodies do; no body has it. */
export const AGENCY = 'agency';

/** True for a code that a body may have. */
export function isBodyCode(code: string): boolean {
  return code !== AGENCY && BODY_CODE.test(code);
}

/** What the id of a case names: its body, and of a migration its service (`c_a010-1.FIBRE`). Null for what is no such id. */
export function partsOfCase(id: string): { readonly body: string; readonly service: string | null } | null {
  const [, body, service] = CASE.exec(id) ?? [];
  return body === undefined || body === AGENCY ? null : { body, service: service?.slice(1) ?? null };
}
