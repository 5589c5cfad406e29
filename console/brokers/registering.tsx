import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { callerOf } from '../../api/auth/hook.ts';
import { newBrokerOf, registerBroker } from '../../api/cases/registering-broker.ts';
import type { Context } from '../../api/context.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import { currentServices } from '../../domain/catalogue/catalogue.ts';
import type { Service } from '../../domain/catalogue/schemas.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import { faultsOf } from '../case/refusal.ts';
import { inputsOf, type Field, type Input } from '../forms/fields.ts';
import { FaultSummary, Fields, NO_CHOICES, type Fault } from '../forms/form.tsx';
import { typedIn, type Typed } from '../forms/read.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { SENDING } from '../words/case.ts';

const WORDS = {
  title: { it: 'Registra o cambia un broker', en: 'Register or change a broker' },
  intro: { it: "Il catalogo del broker si legge prima: deve contenere gli identificativi che scrivete. Compilate solo i servizi che il broker fornisce. Per approvare una registrazione che attende, scrivete anche l'utente e la password di chi l'ha preparata.", en: "The broker's catalogue is read first: it must have the ids that you type. Fill in only the services that the broker provides. To approve a registration that waits, type the user name and the password of who prepared it too." },
  serviceId: { it: 'Identificativo del servizio presso il broker', en: 'Id of the service at the broker' },
  planId: { it: 'Identificativo del piano', en: 'Id of the plan' },
  register: { it: 'Registra', en: 'Register' },
  list: { it: 'Broker', en: 'Brokers' },
} as const satisfies Readonly<Record<string, Bilingual>>;

const FORM = 'RegisterBroker';
const PATH = '/broker/registra';
const PLAIN = { options: [], numeric: false, maxLength: undefined, min: undefined, max: undefined } as const;

/** The form by which a broker is registered or changed: what the interface takes at `POST /v1/brokers`. */
export function registeringPages(app: FastifyInstance, context: Context, visits: Visits): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply, typed: Typed, faults: readonly Fault[] = [], status = 200): Promise<FastifyReply> => {
    const visit = await visits.of(request);
    const { language } = visit;
    const fields = await fieldsFor(context);
    return sendPage(reply, visit, {
      title: WORDS.title[language], section: 'brokers', status, crumbs: [{ href: '/broker', text: WORDS.list[language] }],
      main: (
        <>
          <FaultSummary faults={faults} fields={inputsOf(fields)} language={language} />
          <p>{WORDS.intro[language]}</p>
          <form method="post" action={PATH} noValidate autocomplete="off">
            <input type="hidden" name="csrf" value={visit.person?.csrf ?? ''} />
            <Fields fields={fields} language={language} command={FORM} typed={typed} faults={faults} choices={NO_CHOICES} />
            <div class="actions">
              <button type="submit" class="btn btn-primary">{WORDS.register[language]}</button>
              <a class="btn btn-outline-secondary" href="/broker">{SENDING.cancel[language]}</a>
            </div>
          </form>
        </>
      ),
    });
  };

  app.get(PATH, HIDDEN, async (request, reply) => {
    const { nome } = request.query as { readonly nome?: unknown };
    return answer(request, reply, typeof nome === 'string' ? await registeredAs(context, nome) : new Map());
  });

  app.post(PATH, HIDDEN, async (request, reply) => {
    const form = formOf(request);
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    const typed = typedIn(form);
    const fields = await fieldsFor(context);
    try {
      const done = await registerBroker(context, newBrokerOf(dataOf(fields, typed)), callerOf(request), undefined);
      const name = done.outcome === 'PREPARED' ? done.preparation.broker : done.broker.broker;
      return await reply.redirect(`/broker?${new URLSearchParams({ [done.outcome === 'PREPARED' ? 'preparato' : 'registrato']: name }).toString()}`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || ![400, 409, 502].includes(error.status)) throw error;
      return answer(request, reply, typed, faultsOf(error, { asks: FORM, fields, fieldAt: (place) => place }, typed, visits.languageOf(request)), error.status);
    }
  });
}

/** The fields of a broker, then of each service that brokers provide. */
async function fieldsFor({ catalogue, brokers }: Context): Promise<readonly Field[]> {
  const { brokers: registered, prepared } = await brokers.current();
  const named = new Set([...registered.values(), ...[...prepared.values()].map(({ registration }) => registration)].flatMap((one) => Object.keys(one?.services ?? {})));
  const services = currentServices(await catalogue.current()).filter(({ service, fulfilment }) => fulfilment.kind === 'BROKER' || named.has(service));
  const input = (kind: Input['kind'], path: string, more: Partial<Input> = {}): Input => ({ ...PLAIN, kind, path, required: true, ...more });
  return [
    input('text', 'name', { maxLength: 40 }), input('text', 'url', { maxLength: 500 }), input('text', 'username', { maxLength: 200 }), input('secret', 'password', { maxLength: 1_000 }), input('tick', 'local', { required: false }),
    ...services.map((service) => groupOf(service, input)),
  ];
}

function groupOf({ service, title, plans }: Service, input: (kind: Input['kind'], path: string, more: Partial<Input>) => Input): Field {
  const path = `services.${service}`;
  const field = (at: string, label: Bilingual): Input => input('text', at, { maxLength: 200, words: { label, help: null } });
  return {
    kind: 'group', path, required: false, words: { label: title, help: null },
    fields: [
      field(`${path}.serviceId`, WORDS.serviceId),
      ...plans.map(({ id, title: plan }) => field(`${path}.planIds.${id}`, { it: `${WORDS.planId.it} «${plan.it}»`, en: `${WORDS.planId.en} “${plan.en}”` })),
    ],
  };
}

/** What was typed as the interface takes it: services of which nothing is said are not provided, and neither are such plans. */
function dataOf(fields: readonly Field[], typed: Typed): object {
  const text = (path: string): string => (typed.get(path)?.at(-1) ?? '').trim();
  const services = fields.flatMap((field): [string, object][] => {
    if (field.kind !== 'group') return [];
    const [id, ...plans] = field.fields.map(({ path }) => ({ name: path.slice(path.lastIndexOf('.') + 1), value: text(path) }));
    const given = plans.filter(({ value }) => value !== '');
    return id?.value === '' && given.length === 0 ? [] : [[field.path.slice('services.'.length), { serviceId: id?.value ?? '', planIds: Object.fromEntries(given.map(({ name, value }) => [name, value])) }]];
  });
  // The password as it was typed: spaces may be part of it.
  return { name: text('name'), url: text('url'), username: text('username'), password: typed.get('password')?.at(-1) ?? '', local: text('local') === 'true', services: Object.fromEntries(services) };
}

/** How a broker is registered, or is to be: all but what it is signed on to with. */
async function registeredAs({ brokers }: Context, name: string): Promise<Typed> {
  const { brokers: registered, prepared } = await brokers.current();
  const one = prepared.get(name)?.registration ?? registered.get(name);
  if (one === undefined) throw Problem.of('NOT_FOUND');
  return new Map([
    ['name', [one.broker]], ['url', [one.url]], ['local', one.local ? ['true'] : []],
    ...Object.entries(one.services).flatMap(([service, { serviceId, planIds }]): [string, string[]][] => [
      [`services.${service}.serviceId`, [serviceId]], ...Object.entries(planIds).map(([plan, id]): [string, string[]] => [`services.${service}.planIds.${plan}`, [id]]),
    ]),
  ]);
}
