import { civilDateOf } from '../../../shared/civil-date.ts';
import { accepted, refused } from '../../../shared/process.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { endedFault } from '../../membership/rules/bound.ts';
import { rule } from '../../rule.ts';

/** What a case keeps, and tells each of its migrations, must not grow without end. */
const MOST_SESSIONS = 200;

/** A day on which the council will sit: no cutover of its work is set on it from now on. */
export const noteCouncilSession = rule<Command<'NoteCouncilSession'>['data'], object>({
  ground: (state) => endedFault(state) ?? {},
  decide: ({ state: { councilSessions = [] }, data: { sessionOn }, context: { now } }) => {
    const today = civilDateOf(now);
    if (sessionOn < today) {
      return refused('SESSION_IN_PAST', {
        it: `Il ${sessionOn} è passato: si annotano le sedute dal ${today} in poi.`, en: `${sessionOn} is past: sessions from ${today} on are noted.`,
      }, 'sessionOn');
    }
    if (councilSessions.includes(sessionOn)) {
      return refused('ALREADY_RECORDED', {
        it: `La seduta del ${sessionOn} è già agli atti; se non si tiene, si ritira (WithdrawCouncilSession).`, en: `The session of ${sessionOn} is recorded already; if it is not held, it is taken back (WithdrawCouncilSession).`,
      }, 'sessionOn');
    }
    return councilSessions.length < MOST_SESSIONS
      ? accepted<AdhesionEvent>({ type: 'CouncilSessionNoted', data: { sessionOn, at: now } })
      : refused('TOO_MANY_SESSIONS', {
        it: `Si annotano al massimo ${MOST_SESSIONS} sedute; prima se ne ritiri una (WithdrawCouncilSession).`, en: `At most ${MOST_SESSIONS} sessions are noted; take one back first (WithdrawCouncilSession).`,
      });
  },
});

/** One that is past too: it makes room. */
export const withdrawCouncilSession = rule<Command<'WithdrawCouncilSession'>['data'], object>({
  ground: ({ councilSessions = [] }) => (councilSessions.length > 0 ? {} : refused('UNKNOWN_SESSION', { it: 'Nessuna seduta del consiglio è annotata.', en: 'No session of the council is noted.' })),
  decide: ({ state: { councilSessions = [] }, data: { sessionOn }, context: { now } }) => (councilSessions.includes(sessionOn)
    ? accepted<AdhesionEvent>({ type: 'CouncilSessionWithdrawn', data: { sessionOn, at: now } })
    : refused('UNKNOWN_SESSION', {
      it: `Nessuna seduta è annotata per il ${sessionOn}: lo sono ${councilSessions.join(', ')}.`, en: `No session is noted for ${sessionOn}: there are ${councilSessions.join(', ')}.`,
    }, 'sessionOn')),
});
