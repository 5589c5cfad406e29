import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { mismatches } from '../../brokers/mismatches.ts';
import type { BrokerPreparation, Registered, Registration } from '../../brokers/register.ts';
import type { BrokerAnswer, BrokerStore } from '../../brokers/store.ts';
import type { Failure } from '../../brokers/verdict.ts';
import { OtherContent } from '../../db/journal.ts';
import { findService } from '../../domain/catalogue/catalogue.ts';
import type { Reason } from '../../domain/shared/reason.ts';
import { actorOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import type { Context } from '../context.ts';
import { checkAddress } from '../http/address.ts';
import { parseData } from '../http/validation.ts';
import { NewBroker } from '../openapi/broker-schemas.ts';
import { Problem } from '../problems.ts';

export type Registering = { readonly outcome: 'PREPARED'; readonly preparation: BrokerPreparation } | { readonly outcome: 'REGISTERED'; readonly broker: Registered };

/** What was sent as a broker, checked. Throws Problem with the place of each fault. */
export function newBrokerOf(data: object): z.output<typeof NewBroker> {
  return parseData(NewBroker, data);
}

/** Registers a broker or changes it, or prepares that; its catalogue is fetched first. `key`: sent again under it, it is done once. Throws Problem with the place of each fault. */
export async function registerBroker(context: Context, body: z.output<typeof NewBroker>, caller: Caller, key: string | undefined): Promise<Registering> {
  const { brokers, brokerCatalogs } = context;
  const { name: broker, username, password, url, local, services } = body;
  checkAddress(url, local);
  const registration: Registration = { broker, url: withoutSlash(url), local, services };
  const unknown = await unknownHere(context, services);
  if (unknown.length > 0) throw Problem.validation(unknown);
  await brokers.current();
  const answer = await brokerCatalogs.fetch({ name: broker, url: registration.url, local, username, password });
  if (answer.kind === 'FAILED') throw unreachable(answer.failure);
  const wrong = mismatches(answer.catalog, registration);
  if (wrong.length > 0) throw Problem.refused('BROKER_CATALOGUE_MISMATCH', wrong);
  const done = await brokers.register(registration, { username, password }, brokerChange(context, 'RegisterBroker', body, caller, key)).catch(otherContent);
  return done.outcome === 'PREPARED' ? done : { outcome: 'REGISTERED', broker: registered(done) };
}

/** Who asks for a change, once for each key. */
export function brokerChange({ keys, twoPersons, whole: { way } }: Context, type: string, content: unknown, caller: Caller, key: string | undefined): Parameters<BrokerStore['remove']>[1] {
  // A key is its caller's own: who approves sends the same as who prepares, and means something else.
  return { actor: actorOf(caller), twoPersons, commandId: `${type}/${key === undefined ? randomUUID() : keys.digest('brokers', type, caller.subject, key)}`, requestHash: way.requestHash(type, content) };
}

export function otherContent(error: unknown): never {
  if (!(error instanceof OtherContent)) throw error;
  throw Problem.refused('IDEMPOTENCY_MISMATCH', [{ code: 'IDEMPOTENCY_MISMATCH', message: { it: "Con questa Idempotency-Key è stata inviata un'altra modifica dei broker: usarne una nuova.", en: 'This Idempotency-Key sent another change of the brokers; use a new one.' } }]);
}

/** What our catalogue does not have. */
async function unknownHere({ catalogue }: Context, services: Registration['services']): Promise<readonly Reason[]> {
  const current = await catalogue.current();
  return Object.entries(services).flatMap(([service, { planIds }]) => {
    const found = findService(current, service);
    if (found === undefined) return [{ code: 'UNKNOWN_SERVICE', message: { it: `Il catalogo non ha il servizio ${service}.`, en: `The catalogue has no service ${service}.` }, path: `services.${service}` }];
    return Object.keys(planIds).filter((plan) => !found.plans.some(({ id }) => id === plan))
      .map((plan) => ({ code: 'UNKNOWN_PLAN', message: { it: `Il servizio ${service} non ha il piano ${plan}.`, en: `The service ${service} has no plan ${plan}.` }, path: `services.${service}.planIds.${plan}` }));
  });
}

/** Throws Problem for a registration that is refused. */
function registered(answer: BrokerAnswer): Registered {
  if (answer.outcome === 'REFUSED') throw Problem.refused(answer.refused.code, answer.refused.reasons);
  // Removed by another at this very moment.
  if (answer.outcome !== 'REGISTERED') throw Problem.of('NOT_FOUND');
  return answer.broker;
}

function unreachable({ code, status }: Failure): Problem {
  const said = status === null ? code : `${code}, HTTP ${status}`;
  const message = { it: `Il catalogo del broker non si legge (${said}).`, en: `The broker's catalogue can't be read (${said}).` };
  return Problem.of('BROKER_UNREACHABLE', { detail: message, reasons: [{ code, message, path: 'url' }] });
}

/** An address to which paths are put: `https://broker.example/` and the same without the slash are one. */
function withoutSlash(url: string): string {
  return url.endsWith('/') ? withoutSlash(url.slice(0, -1)) : url;
}
