import type { FastifyRequest } from 'fastify';
import { callerOf } from '../../api/auth/hook.ts';
import { CAMPAIGN, streamOf } from '../../api/cases/kinds.ts';
import type { Context } from '../../api/context.ts';
import { Problem } from '../../api/problems.ts';
import { findCase } from '../../db/queries/cases.ts';
import { viewCampaign, type CampaignState, type CampaignView } from '../../domain/campaign/index.ts';
import type { FormCase } from '../case/form-case.ts';
import { NO_CHOICES } from '../forms/form.tsx';

/** A campaign as its pages read it. */
export interface CampaignReading extends FormCase {
  readonly view: CampaignView;
  readonly state: CampaignState;
}

/** The campaign that the path names. Throws Problem NOT_FOUND. */
export async function readCampaign(context: Context, request: FastifyRequest): Promise<CampaignReading> {
  const { id } = request.params as { readonly id: string };
  const caller = callerOf(request);
  const stream = streamOf(CAMPAIGN, id);
  const at = await findCase(context.as(caller).db, stream);
  // The state comes from the fold of this very process.
  const state = at?.state as CampaignState | undefined;
  if (at === undefined || state === undefined || state.campaign === null) throw Problem.of('NOT_FOUND');
  const view = viewCampaign(state);
  return {
    kind: CAMPAIGN, id, stream, path: `/campagne/${id}`, title: { it: view.name, en: view.name }, caller, at, now: new Date().toISOString(), position: null, view, state,
    showing: (other) => ({ steps: [], waitingFor: viewCampaign(other as CampaignState).waitingFor }),
    choices: async () => NO_CHOICES,
  };
}
