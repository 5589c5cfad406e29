import type { FastifyReply, FastifyRequest } from 'fastify';
import { specOf } from '../../api/cases/checked-command.ts';
import { checkRole } from '../../api/cases/request.ts';
import type { Context } from '../../api/context.ts';
import { formOf } from '../../api/pages/forms.ts';
import { findService } from '../../domain/catalogue/catalogue.ts';
import type { Service } from '../../domain/catalogue/schemas.ts';
import type { MigrationState } from '../../domain/migration/index.ts';
import { commandForm, type FindForm } from '../case/forms.ts';
import { areAlike, parameterFields, placeIn, planField } from '../case/plan-fields.ts';
import type { Field } from '../forms/fields.ts';
import { dataOf, typedOf } from '../forms/read.ts';
import { commandTitle } from '../words/commands.ts';
import { readMigration, type MigrationReading } from './reading.ts';

const UPDATE = 'UpdateService';

/** The form that a path of a migration names; of an update, with the plans and parameters of the service. */
export const formOfMigration: FindForm<MigrationReading> = async (context, request, reading) => {
  const { command } = request.params as { readonly command: string };
  const service = command === UPDATE ? await serviceOf(context, reading) : undefined;
  if (service === undefined) return commandForm(context, request, reading);
  checkRole(UPDATE, specOf(reading.kind, UPDATE), reading.caller);
  const standing = standingOf(reading);
  const plan = planAsked(request, service, standing.plan);
  const fields: readonly Field[] = [...(service.plans.length === 1 ? [] : [planField(service, false)]), ...parameterFields(service.plans.find(({ id }) => id === plan))];
  return {
    command: UPDATE, asks: UPDATE, path: `${reading.path}/comandi/${UPDATE}${addressOf(service, plan, standing.plan)}`, title: commandTitle(UPDATE), fields,
    initial: typedOf(fields, { ...standing, plan }),
    // All parameters that it is to have: those that are left empty are none, and not those of before.
    dataOf: (typed) => ({ parameters: {}, ...dataOf(fields, typed) }),
    fieldAt: (place) => placeIn(fields, place),
  };
};

/** Leads on to the parameters of the plan that was chosen, where they are others than those on the page; null: they are asked for here. */
export async function toParametersOfPlan(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | null> {
  const { command } = request.params as { readonly command: string };
  if (command !== UPDATE || request.caller === null) return null;
  const reading = await readMigration(context, request);
  const service = await serviceOf(context, reading);
  if (service === undefined || areAlike(service)) return null;
  const { plan: standing } = standingOf(reading);
  const [shown, chosen] = [queryIn(request) ?? standing, planAsked(request, service, standing)];
  return shown === chosen ? null : reply.redirect(`${reading.path}/comandi/${UPDATE}${addressOf(service, chosen, standing)}`, 303);
}

/** As the catalogue had it at the version that the migration goes by. */
async function serviceOf({ catalogue }: Context, { view: { service, catalogueVersion } }: MigrationReading): Promise<Service | undefined> {
  return findService(await catalogue.current(), service, catalogueVersion);
}

function standingOf({ at: { state } }: MigrationReading): { readonly plan: string; readonly parameters: object } {
  // The state comes from the fold of this very process, and a migration that is read was opened.
  const { plan = '', parameters = {} } = (state as MigrationState).migration ?? {};
  return { plan, parameters };
}

/** What was sent, or stands in the address; else the plan that it has. */
function planAsked(request: FastifyRequest, { plans }: Service, standing: string): string {
  const wanted = (request.method === 'POST' ? formOf(request).get('plan') : null) ?? queryIn(request);
  return plans.find(({ id }) => id === wanted)?.id ?? standing;
}

function queryIn(request: FastifyRequest): string | null {
  const { plan } = request.query as { readonly plan?: unknown };
  return typeof plan === 'string' ? plan : null;
}

function addressOf(service: Service, plan: string, standing: string): string {
  return areAlike(service) || plan === standing ? '' : `?${new URLSearchParams({ plan }).toString()}`;
}
