import type { AgencyLegalForm } from '../adhesion/policies.ts';
import { CURRENT_CALENDAR, type CalendarVersion } from '../calendar/holidays.ts';
import type { ExecutivityPolicy } from '../calendar/publication.ts';
import { PUBLISHED_PLAN, type Plan } from './plan.ts';
import { presetThreshold, type Threshold } from './threshold.ts';

/** What a constitution goes by; resolved once at its start and pinned in its first event. */
export interface ConstitutionPolicies {
  readonly plan: Plan;
  readonly threshold: Threshold;
  readonly agencyLegalForm: AgencyLegalForm;
  /** When the resolution of the metropolitan council becomes executive after its publication. */
  readonly executivity: ExecutivityPolicy;
  readonly calendarVersion: CalendarVersion;
  readonly policyVersion: '2026.1';
}

/** What may be chosen at the start; everything left out has its default. A plan is chosen gate by gate. */
export interface ConstitutionChoices {
  readonly plan?: { readonly [Gate in keyof Plan]?: Plan[Gate] | undefined } | undefined;
  readonly threshold?: Threshold | undefined;
  readonly agencyLegalForm?: AgencyLegalForm | undefined;
}

/** The policies in full: the choices made, and for the rest the published programme and what no paper says otherwise. */
export function resolveConstitution({ plan = {}, threshold = presetThreshold('DEFAULT'), agencyLegalForm = 'SPECIAL_CONSORTIUM' }: ConstitutionChoices = {}): ConstitutionPolicies {
  const chosen = Object.fromEntries(Object.entries(plan).filter(([, period]) => period !== undefined));
  return {
    plan: { ...PUBLISHED_PLAN, ...chosen }, threshold, agencyLegalForm, executivity: 'START_EXCLUSIVE', calendarVersion: CURRENT_CALENDAR, policyVersion: '2026.1',
  };
}
