import type { Reason } from '../../shared/reason.ts';
import type { SuspendedCouncil } from '../mandates/standing.ts';

/** That the council does not sit while the prefect has it suspended, and who resolves then. */
export function suspendedInWords({ on, until }: SuspendedCouncil): Reason {
  return {
    code: 'COUNCIL_SUSPENDED',
    message: {
      it: `Il consiglio è sospeso dal prefetto dal ${on} al ${until} (art. 141 TUEL) e non siede in quei giorni; delibera il commissario, quando ne è registrata la nomina (COMMISSIONER_APPOINTED).`,
      en: `The prefect has the council suspended from ${on} to ${until} (art. 141 TUEL) and it does not sit on those days; the commissioner resolves once the appointment is recorded (COMMISSIONER_APPOINTED).`,
    },
  };
}
