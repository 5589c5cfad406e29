import type { Grounds } from '../../migration/grounds/terms.ts';
import { civilDateOf } from '../../shared/civil-date.ts';
import { RETIRED } from '../../migration/words.ts';
import { isBudgetCovered } from '../convention/standing.ts';
import { isSuspended } from '../deliberation/standing.ts';
import { isDpaInForce } from '../dpa/standing.ts';
import { isInForce } from '../membership/standing.ts';
import { dpiaState } from '../processing/standing.ts';
import { isRecognitionValid } from '../recognition/standing.ts';
import { securityRole } from '../referents/standing.ts';
import { isActedFor, isLong, mandatoryVacancies } from '../referents/vacancies.ts';
import type { OpenedCase } from '../state.ts';

/** What a migration of the full track stands on, as the case knows it now: for its gates and windows. */
export function groundsFor(state: OpenedCase, service: string, dependsOn: readonly string[]): Grounds {
  const { deliberation: { convocation, publication }, mandates, opening, councilSessions = [] } = state;
  const dpia = dpiaState(state, service);
  return {
    convention: conventionFor(state),
    recognitionValid: isRecognitionValid(state),
    serviceReferent: isActedFor(state, 'SERVICE_REFERENT', service),
    securityContact: isActedFor(state, securityRole(state)),
    dpo: isActedFor(state, 'DPO'),
    dpaInForce: isDpaInForce(state),
    dpiaOpen: dpia === 'NEEDED' || dpia === 'CONSULTATION',
    longVacancies: mandatoryVacancies(state).filter((vacancy) => isLong(state, vacancy)).map(({ role }) => role),
    budgetCovered: isBudgetCovered(state),
    istatCode: opening.istatCode,
    electionDays: [...new Set(mandates.filter(({ kind }) => kind === 'ELECTION_CALLED').map(({ on }) => on))].toSorted(),
    sessions: [...new Set([...(convocation === null ? [] : [civilDateOf(convocation.sessionAt)]), ...councilSessions])].toSorted(),
    publications: publication === null ? [] : [{ from: publication.firstDay, to: publication.publicationEndsOn }],
    services: Object.fromEntries(dependsOn.flatMap((one) => {
      const last = state.migrations.findLast((migration) => migration.service === one);
      return last === undefined ? [] : [[one, last.retired === true && last.state === 'CLOSED' ? RETIRED : last.state]];
    })),
  };
}

function conventionFor(state: OpenedCase): Grounds['convention'] {
  if (!isInForce(state)) return 'ENDED';
  if (isSuspended(state.deliberation)) return 'SUSPENDED';
  return state.membership.withdrawal === null ? 'IN_FORCE' : 'LEAVING';
}
