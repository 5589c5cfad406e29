import { z } from 'zod';
import { SERVICE_ID } from '../../domain/adhesion/bounds.ts';
import { says } from '../../domain/shared/says.ts';
import { instant, Reason } from './schemas.ts';

export const BROKER_NAME = /^[a-z][a-z0-9-]{0,39}$/;
const MOST_SERVICES = 50;
const MOST_PLANS = 20;

const name = z.string().max(40).regex(BROKER_NAME, says('ha lettere minuscole, cifre e trattini', 'takes small letters, digits and hyphens')).describe('Name of the broker, e.g. hosting');
const id = z.string().min(1, says('manca', 'is missing')).max(200);
const count = z.int().min(0).max(1_000_000).meta({ format: 'int32' });
const fewer = (most: number) => (entries: object): boolean => Object.keys(entries).length > 0 && Object.keys(entries).length <= most;

const services = z.record(
  z.string().max(60).regex(SERVICE_ID, says('non è il nome di un servizio, ad esempio APP_HOSTING', "is no service's name, like APP_HOSTING")),
  z.strictObject({
    serviceId: id.describe('Id of the service in the catalogue of the broker'),
    planIds: z.record(z.string().max(40).regex(/^[a-z][a-z0-9-]{0,39}$/, says('non è il nome di un piano, ad esempio standard', "is no plan's name, like standard")), id)
      .refine(fewer(MOST_PLANS), says(`ha da 1 a ${MOST_PLANS} piani`, `takes 1 to ${MOST_PLANS} plans`)).describe('Ids of the plans there, by their names in our catalogue'),
  }),
).refine(fewer(MOST_SERVICES), says(`ha da 1 a ${MOST_SERVICES} servizi`, `takes 1 to ${MOST_SERVICES} services`)).describe('What it provides, by the names of our catalogue');

const url = z.url({ protocol: /^https?$/, ...says('deve essere un indirizzo, ad esempio https://broker.example.it', 'must be an address like https://broker.example.it') }).max(500)
  .regex(/^[^?#]*$/, says('non ha domanda né frammento', 'takes neither query nor fragment')).describe('Address before /v2');

export const NewBroker = z.strictObject({
  name, url,
  username: z.string().min(1, says('manca', 'is missing')).max(200).regex(/^[^:\s]*$/, says('non ha due punti né spazi', 'takes neither colon nor space')).describe('For HTTP basic authentication; kept encrypted'),
  password: z.string().min(1, says('manca', 'is missing')).max(1_000).describe('Kept encrypted, never returned'),
  local: z.boolean().default(false).describe('Permits a private address and plain http'),
  services,
});

const shown = { name, url: z.string().max(500), local: z.boolean(), services: z.looseObject({}).describe('As it was sent') };
const by = z.string().max(100).describe('Who did it: a random or derived id');

export const BrokerContact = z.object({
  state: z.enum(['CLOSED', 'OPEN', 'UNKNOWN']).describe('OPEN: it failed again and again and is left alone; after openUntil the next request tries it. UNKNOWN: it was not asked yet'),
  answeredAt: instant.nullable().describe('Last answer'), failedAt: instant.nullable().describe('Last failure'), failure: z.string().max(60).nullable().describe('Code of the last failure'),
  failures: count.describe('Failures in a row since the last answer'), openUntil: instant.nullable().describe('Until then nothing is sent to it'),
}).meta({ id: 'BrokerContact', description: 'How the worker last heard a broker' });

export const Broker = z.object({
  ...shown, by, at: instant, instances: count.describe('Instances that it holds for us, as far as is known'), contact: BrokerContact,
}).meta({ id: 'Broker', description: 'A service broker, without what it is signed on to with' });

export const BrokerPreparation = z.object({
  name, kind: z.enum(['REGISTER', 'REMOVE']), registration: z.object(shown).nullable().describe('null: it is to be removed'), by, at: instant,
}).meta({ id: 'BrokerPreparation', description: 'A change of the brokers that waits for another person' });

export const BrokerCheck = z.object({
  name, reachable: z.boolean(), code: z.string().max(60).nullable().describe('Why its catalogue could not be read'), mismatches: z.array(Reason).max(2_000).describe('What is registered and not in its catalogue'),
  services: z.array(z.object({ id: z.string(), name: z.string(), plans: z.array(z.object({ id: z.string(), name: z.string() })) })).max(10_000).describe('What its catalogue has now'),
}).meta({ id: 'BrokerCheck', description: "A broker's own catalogue, held against what is registered" });

export const BindingCredentials = z.looseObject({
  binding: count.describe('Number of the binding: counts up with each rotation'), bindingId: z.string().max(64), credentials: z.looseObject({}).optional().describe('As the broker gave them'),
  expiresAt: instant.nullable(), renewBefore: instant.nullable(),
}).meta({ id: 'BindingCredentials', description: 'What uses the instance of a migration; shown once' });
