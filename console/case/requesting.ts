import type { FastifyReply, FastifyRequest } from 'fastify';
import { specOf } from '../../api/cases/checked-command.ts';
import { checkRole } from '../../api/cases/request.ts';
import type { Context } from '../../api/context.ts';
import { formOf } from '../../api/pages/forms.ts';
import { findService } from '../../domain/catalogue/catalogue.ts';
import type { Service } from '../../domain/catalogue/schemas.ts';
import type { Field } from '../forms/fields.ts';
import { dataOf } from '../forms/read.ts';
import { commandTitle } from '../words/commands.ts';
import { formOfCommand } from './commands.ts';
import type { CaseForm, FindForm } from './forms.ts';
import type { FormCase } from './form-case.ts';
import { areAlike, parameterFields, placeIn, planField, type Plan } from './plan-fields.ts';

export const REQUEST = 'RequestMigration';

/** What is asked for: the service that is chosen, and its plan where that is. */
interface Asked {
  readonly service: Service | undefined;
  readonly plan: Plan | undefined;
}

/**
 * The form of a request: the service first, then on a page of its own its plans and the parameters of the plan, where it has any.
 * Plans with different parameters are chosen before these are asked for.
 */
export const requestForm: FindForm<FormCase> = async (context, request, { kind, path, caller }): Promise<CaseForm> => {
  checkRole(REQUEST, specOf(kind, REQUEST), caller);
  const asked = await askedIn(context, request);
  const fields = fieldsFor(asked);
  const first = asked.plan?.id ?? asked.service?.plans[0]?.id;
  return {
    command: REQUEST, asks: REQUEST, path: `${path}/comandi/${REQUEST}${addressOf(asked)}`, title: commandTitle(REQUEST), fields,
    initial: new Map([['service', asked.service === undefined ? [] : [asked.service.service]], ['plan', first === undefined ? [] : [first]]]),
    dataOf: (typed) => dataOf(fields, typed),
    fieldAt: (place) => placeIn(fields, place),
  };
};

/** Leads on to what is to be asked for beside what was sent; null: nothing is. */
export async function toWhatIsMissing(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | null> {
  const { command, id } = request.params as { readonly command: string; readonly id: string };
  if (command !== REQUEST || request.caller === null) return null;
  const address = addressOf(await askedIn(context, request));
  const { service, plan } = request.query as { readonly service?: unknown; readonly plan?: unknown };
  const wanted = new URLSearchParams(address);
  return address === '' || (service === wanted.get('service') && (plan ?? null) === wanted.get('plan')) ? null : reply.redirect(`/pratiche/${id}/comandi/${REQUEST}${address}`, 303);
}

/** What was sent, or stands in the address. */
async function askedIn({ catalogue }: Context, request: FastifyRequest): Promise<Asked> {
  const given = request.method === 'POST' ? formOf(request) : new URLSearchParams();
  const query = request.query as { readonly service?: unknown; readonly plan?: unknown };
  const named = (name: 'service' | 'plan'): string => given.get(name) ?? (typeof query[name] === 'string' ? query[name] : '');
  const service = findService(await catalogue.current(), named('service'));
  return { service, plan: service?.plans.find(({ id }) => id === named('plan')) };
}

/** Where it is asked for: the service of which something more is asked for, and its plan where the parameters are by it. */
function addressOf({ service, plan }: Asked): string {
  if (service === undefined || !asksForMore(service)) return '';
  return `?${new URLSearchParams({ service: service.service, ...(plan !== undefined && hasParameters(plan) && !areAlike(service) ? { plan: plan.id } : {}) }).toString()}`;
}

function asksForMore({ plans }: Service): boolean {
  return plans.length > 1 || plans.some(hasParameters);
}

function hasParameters({ parameters }: Plan): boolean {
  return Object.keys(parameters.properties).length > 0;
}

function fieldsFor({ service, plan }: Asked): readonly Field[] {
  const asked = formOfCommand(REQUEST);
  if (service === undefined || !asksForMore(service)) return asked;
  const isKnown = areAlike(service) || plan !== undefined;
  return [
    ...asked.map((field) => (field.kind === 'group' ? field : { ...field, fixed: true })),
    ...(service.plans.length === 1 ? [] : [planField(service, isKnown && !areAlike(service))]),
    ...(isKnown ? parameterFields(plan ?? service.plans[0]) : []),
  ];
}
