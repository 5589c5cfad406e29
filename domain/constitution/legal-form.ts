import { majorityFor, type AgencyLegalForm } from '../adhesion/policies.ts';
import type { MajorityRule } from '../calendar/majority.ts';

export const LEGAL_FORMS = ['SPECIAL_CONSORTIUM', 'CONVENTION_ONLY', 'IN_HOUSE_COMPANY', 'FOUNDATION'] as const satisfies readonly AgencyLegalForm[];

/** Who looks at the act that sets up a company, before it is set up (art. 5 c.3 D.Lgs. 175/2016). */
export const AUTHORITIES = ['COURT_OF_AUDITORS', 'COMPETITION_AUTHORITY'] as const;
export type Authority = (typeof AUTHORITIES)[number];

export interface FormRule {
  readonly form: AgencyLegalForm;
  /** By which the councils approve (art. 31 c.1 TUEL asks for the absolute majority of the members). */
  readonly majority: MajorityRule;
  /** To whom the act goes before the constitution. */
  readonly authorities: readonly Authority[];
}

/** Days that the Corte dei conti has from the receipt of the act; after them the constitution may go on (art. 5 c.3 D.Lgs. 175/2016). */
export const COURT_DAYS = 60;

/** What a legal form asks of the path: the majority of the councils, and the steps of a company. */
export function ruleOfForm(form: AgencyLegalForm): FormRule {
  return { form, majority: majorityFor(form), authorities: form === 'IN_HOUSE_COMPANY' ? AUTHORITIES : [] };
}
