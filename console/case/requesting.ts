import type { FastifyReply, FastifyRequest } from 'fastify';
import { specOf } from '../../api/cases/checked-command.ts';
import { checkRole } from '../../api/cases/request.ts';
import type { Context } from '../../api/context.ts';
import { formOf } from '../../api/pages/forms.ts';
import { findService } from '../../domain/catalogue/catalogue.ts';
import type { Service } from '../../domain/catalogue/schemas.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import { sameJson } from '../../domain/shared/same-json.ts';
import { inputsOf, type Field, type Input } from '../forms/fields.ts';
import { dataOf } from '../forms/read.ts';
import { commandTitle } from '../words/commands.ts';
import { limitWords, parameterWords } from '../words/parameters.ts';
import { formOfCommand } from './commands.ts';
import type { CaseForm, FindForm } from './forms.ts';
import type { FormCase } from './form-case.ts';

export const REQUEST = 'RequestMigration';

type Plan = Service['plans'][number];
type Parameter = Plan['parameters']['properties'][string];
type Scalar = Exclude<Parameter, { readonly type: 'array' }>;

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
    fieldAt: (place) => inputsOf(fields).find((input) => place === input.path || place.startsWith(`${input.path}.`))?.path ?? place,
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

/** All plans ask for the same parameters. */
function areAlike({ plans }: Service): boolean {
  return plans.every(({ parameters }) => sameJson(parameters, plans[0]?.parameters));
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

function planField({ plans }: Service, fixed: boolean): Input {
  return { ...PLAIN, kind: 'choice', path: 'plan', required: true, options: plans.map(({ id }) => id), texts: new Map(plans.map(({ id, title }) => [id, title])), fixed };
}

/** The fields of a plan's parameters, as its JSON Schema describes them. */
export function parameterFields(plan: Plan | undefined): readonly Field[] {
  const { properties = {}, required = [] } = plan?.parameters ?? {};
  const fields = Object.entries(properties).map(([name, parameter]) => parameterField(parameter, name, required.includes(name)));
  return fields.length === 0 ? [] : [{ kind: 'group', path: 'parameters', required: required.length > 0, fields }];
}

const PLAIN = { options: [], numeric: false, maxLength: undefined, min: undefined, max: undefined } as const;

function parameterField(parameter: Parameter, name: string, required: boolean): Input {
  const scalar = parameter.type === 'array' ? parameter.items : parameter;
  const { minimum, maximum } = scalar.type === 'integer' || scalar.type === 'number' ? scalar : {};
  const helps = [parameter.description === undefined ? null : parameterWords(parameter.description), limitWords({ minimum, maximum })].filter((help) => help !== null);
  return {
    ...PLAIN, kind: parameter.type === 'array' ? kindOfMany(scalar) : kindOfOne(scalar, required), path: `parameters.${name}`, required, min: minimum, max: maximum,
    options: 'enum' in scalar ? scalar.enum : [], numeric: scalar.type === 'integer' || scalar.type === 'number',
    words: { label: parameterWords(parameter.title ?? name), help: helps.length === 0 ? null : joined(helps) },
  };
}

function kindOfOne(scalar: Scalar, required: boolean): Input['kind'] {
  if (scalar.type === 'string') return 'enum' in scalar ? 'choice' : 'date';
  if (scalar.type === 'boolean') return required ? 'decision' : 'tick';
  return 'number';
}

/** Dates are typed one a line, numbers with commas between. */
function kindOfMany(scalar: Scalar): Input['kind'] {
  return 'enum' in scalar ? 'choices' : 'lines';
}

function joined(helps: readonly Bilingual[]): Bilingual {
  return { it: helps.map(({ it }) => it).join('. '), en: helps.map(({ en }) => en).join('. ') };
}
