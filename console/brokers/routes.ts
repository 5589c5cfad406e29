import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { actorOf, callerOf } from '../../api/auth/hook.ts';
import { askBroker } from '../../api/cases/brokers.ts';
import type { Context } from '../../api/context.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { registeringPages } from './registering.tsx';
import { BROKERS, BrokersPage, type BrokersParts, type Checked } from './page.tsx';

type More = Partial<Pick<BrokersParts, 'checked' | 'notice'>>;

/** The page of the brokers: what the interface answers and takes under `/v1/brokers`. */
export function brokerPages(app: FastifyInstance, context: Context, visits: Visits): void {
  const { brokers, twoPersons, whole: { way } } = context;

  const answer = async (request: FastifyRequest, reply: FastifyReply, { checked = null, notice = null }: More = {}, status = 200): Promise<FastifyReply> => {
    const visit = await visits.of(request);
    const { brokers: registered, prepared } = await brokers.current();
    const all = await Promise.all([...registered.values()].toSorted((a, b) => (a.broker < b.broker ? -1 : 1)).map(async (one) => ({ registered: one, instances: await brokers.inUse(one.broker), contact: await brokers.contact(one.broker) })));
    return sendPage(reply, visit, {
      title: BROKERS.title[visit.language], section: 'brokers', status,
      main: BrokersPage({ brokers: all, prepared: [...prepared.values()], checked, notice, csrf: callerOf(request).role === 'operator' ? visit.person?.csrf ?? '' : null, language: visit.language }),
    });
  };

  /** Asks a broker for its catalogue now; null: there is no such broker. */
  const check = async (name: string): Promise<Checked | null> => {
    const registered = (await brokers.current()).brokers.get(name);
    return registered === undefined ? null : { broker: name, ...await askBroker(context, registered) };
  };

  app.get('/broker', HIDDEN, async (request, reply) => {
    const { verifica, registrato, preparato } = request.query as Readonly<Record<string, unknown>>;
    const language = visits.languageOf(request);
    const { brokers: registered, prepared } = await brokers.current();
    // The address says what was done: it is believed where it is so.
    const text = typeof registrato === 'string' && registered.has(registrato) ? BROKERS.isRegistered : typeof preparato === 'string' && prepared.has(preparato) ? BROKERS.isPrepared : null;
    return answer(request, reply, { checked: typeof verifica === 'string' ? await check(verifica) : null, notice: text === null ? null : { text: text[language], isFault: false } });
  });

  registeringPages(app, context, visits);

  app.post('/broker/:name/rimuovi', HIDDEN, async (request, reply) => {
    requireFormToken(context.keys, visits.sessionId(request) ?? '', formOf(request));
    const { name } = request.params as { readonly name: string };
    const language = visits.languageOf(request);
    const done = await brokers.remove(name, { actor: actorOf(callerOf(request)), twoPersons, commandId: `RemoveBroker/${randomUUID()}`, requestHash: way.requestHash('RemoveBroker', { name }) });
    if (done.outcome === 'REFUSED') return answer(request, reply, { notice: { text: done.refused.reasons.map(({ message }) => message[language]).join(' '), isFault: true } }, 409);
    return answer(request, reply, { notice: { text: done.outcome === 'PREPARED' ? BROKERS.waits[language] : BROKERS.removed[language], isFault: false } });
  });

  app.post('/broker/:name/ritira', HIDDEN, async (request, reply) => {
    requireFormToken(context.keys, visits.sessionId(request) ?? '', formOf(request));
    const { name } = request.params as { readonly name: string };
    const isWithdrawn = await brokers.withdraw(name, { actor: actorOf(callerOf(request)), commandId: `withdraw/${randomUUID()}` });
    if (!isWithdrawn) throw Problem.of('NOT_FOUND');
    return reply.redirect('/broker', 303);
  });
}
