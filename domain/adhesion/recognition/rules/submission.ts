import type { Bilingual } from '../../../shared/bilingual.ts';
import { civilDateOf } from '../../../shared/civil-date.ts';
import { accepted } from '../../../shared/process.ts';
import type { Reason } from '../../../shared/reason.ts';
import { notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { appointmentsTo, holderOf } from '../../referents/standing.ts';
import { referentState } from '../../referents/tenure.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { DIMENSION_NAMES } from '../../words.ts';
import { readinessScore } from '../score.ts';
import { byDimension, DIMENSIONS, type Dimension } from '../terms.ts';
import { inTurn } from './in-turn.ts';

type Submission = Command<'SubmitRecognition'>['data'];
type Answers = Submission['dimensions'];
/** Eight answers, the applications, and who signed it off. */
type Complete = Submission & { readonly dimensions: Readonly<Record<Dimension, NonNullable<Answers[Dimension]>>>; readonly signedOffBy: string };

/** The comune begins an answer that is owed, or one that takes the place of what was returned or went stale. */
export const beginRecognition = rule<Command<'BeginRecognition'>['data'], object>({
  ground: inTurn('BeginRecognition', ['INVITED', 'RETURNED', 'STALE'], {
    it: 'segue una richiesta, una restituzione o la fine del periodo in cui la ricognizione vale.', en: 'it follows an invitation, a return, or the end of what was validated.',
  }),
  decide: ({ context }) => accepted<AdhesionEvent>({ type: 'RecognitionBegun', data: { at: context.now } }),
});

/** What was returned is submitted anew, and so is what was validated or went stale: a recognition is refreshed yearly. */
export const submitRecognition = rule<Submission, object>({
  ground: inTurn('SubmitRecognition', ['INVITED', 'IN_PROGRESS', 'RETURNED', 'VALIDATED', 'STALE'], {
    it: 'segue una richiesta, e dopo la presentazione si attende la decisione.', en: 'it follows an invitation, and once submitted it is decided on first.',
  }),
  check: ({ dimensions }, context) => notInFuture(
    context, Object.fromEntries(DIMENSIONS.map((dimension) => [`dimensions.${dimension}.assessedOn`, dimensions[dimension]?.assessedOn])),
  ),
  decide: ({ state, data, context }) => {
    const faults = [...missingIn(data), ...signedOffByAnother(state, data)];
    if (faults.length > 0 || !isComplete(data)) return { kind: 'refused', code: 'RECOGNITION_INCOMPLETE', reasons: faults };
    const { dimensions, applications, sites, resources, signedOffBy } = data;
    return accepted<AdhesionEvent>({
      type: 'RecognitionSubmitted',
      data: {
        dimensions: byDimension((dimension) => {
          const { score, evidence, assessedBy = null, assessedOn = null } = dimensions[dimension];
          return { score, evidence, assessedBy, assessedOn };
        }),
        applications,
        sites,
        resources: resourcesOf(state, resources),
        signedOffBy,
        rtdAppointment: holderOf(state, 'RTD')?.appointmentId ?? null,
        score: readinessScore({ answers: byDimension((dimension) => dimensions[dimension].score), applications, sites }),
        submittedOn: civilDateOf(context.now),
        at: context.now,
      },
    });
  },
});

function resourcesOf({ opening }: OpenedCase, { ictSpendCents, ictStaffFte }: Submission['resources'] = {}) {
  const perHead = ictSpendCents === undefined ? null : Math.floor(ictSpendCents / opening.population);
  return { ictSpendCents: ictSpendCents ?? null, ictSpendPerHeadCents: perHead, ictStaffFte: ictStaffFte ?? null };
}

function isComplete(data: Submission): data is Complete {
  return missingIn(data).length === 0;
}

/** Complete is what answers all dimensions, has an application and is signed off; a comune without sites of its own has none to list. */
function missingIn({ dimensions, applications, signedOffBy }: Submission): readonly Reason[] {
  const unanswered = DIMENSIONS.filter((dimension) => dimensions[dimension] === undefined);
  return [
    ...unanswered.map((dimension) => ({ code: 'DIMENSION_MISSING', message: unansweredInWords(DIMENSION_NAMES[dimension]), path: `dimensions.${dimension}` })),
    ...(applications.count > 0 ? [] : [{
      code: 'APPLICATIONS_MISSING', message: { it: "L'inventario indica almeno un applicativo.", en: 'The inventory names at least one application.' }, path: 'applications',
    }]),
    ...(signedOffBy === undefined ? [{
      code: 'SIGN_OFF_MISSING', message: { it: "L'RTD sottoscrive la ricognizione.", en: 'The RTD signs the recognition off.' }, path: 'signedOffBy',
    }] : []),
  ];
}

function unansweredInWords({ it, en }: Bilingual): Bilingual {
  return { it: `Manca la risposta su ${it}: da 0 a 4, con le evidenze.`, en: `There is no answer on ${en} yet: 0 to 4, with its evidence.` };
}

/**
 * Before the RTD is appointed in this case nobody here knows who that is: the operator who validates looks. Whoever was
 * replaced, left, expired or is suspended signs nothing off.
 */
function signedOffByAnother(state: OpenedCase, { signedOffBy }: Submission): readonly Reason[] {
  const rtd = holderOf(state, 'RTD');
  if (rtd === undefined || signedOffBy === undefined) return [];
  const inOffice = appointmentsTo(state, 'RTD').filter((referent) => ['APPOINTED', 'ACTIVE'].includes(referentState(state, referent)));
  if (inOffice.some(({ subject }) => subject === signedOffBy)) return [];
  return [{
    code: 'NOT_THE_RTD',
    message: {
      it: `La ricognizione è sottoscritta dall'RTD (${rtd.appointmentId}), se non sospeso, o dal suo sostituto.`,
      en: `The RTD (${rtd.appointmentId}), unless suspended, or the deputy signs the recognition off.`,
    },
    path: 'signedOffBy',
  }];
}
