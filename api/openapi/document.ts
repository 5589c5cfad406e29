import type { FastifyInstance } from 'fastify';
import swagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { completeDocument } from './complete.ts';

/** Gathers the document from the schemas of the routes; to be registered before them. */
export async function registerOpenapi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.0.3',
      info: {
        title: 'Associa',
        version,
        description: "Motore dei processi per la gestione associata dell'ICT dei comuni: adesioni, atti, migrazioni di servizi. "
          + 'Event-sourced workflow engine for associated ICT management.',
        termsOfService: 'https://github.com/italia',
        contact: { name: 'Agenzia Digitale Metropolitana', url: 'https://www.cittametropolitana.mi.it' },
        license: { name: 'EUPL-1.2', url: 'https://eupl.eu/1.2/it/' },
        ...NATIONAL,
      },
      servers: [SERVER],
      tags: TAGS.map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Access token, a JWT by RFC 9068 and RFC8725, with the claims roles and body' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => completeDocument(jsonSchemaTransformObject(document)),
  });
}

/** Members that the national rules ask for and the types of OpenAPI do not know. */
const NATIONAL = { 'x-summary': "Adesione dei comuni alla gestione associata dell'ICT", 'x-api-id': 'associa' };
const SERVER = { url: '/', description: 'This instance', 'x-sandbox': true };

const TAGS = [
  ['status', 'Health, keys and the document itself'],
  ['bodies', 'Comuni, and other bodies that may join'],
  ['territory', 'How comuni merge, split and are renamed'],
  ['calendar', 'The legal clock as a calculator'],
  ['codec', "Decryption for Temporal's own console"],
  ['subjects', 'Persons, erasable'],
  ['search', 'Cases by whatever is in hand'],
  ['adhesions', 'Adhesions of comuni'],
  ['migrations', 'Migrations of services'],
  ['campaigns', 'One act on many cases'],
  ['constitutions', "The Agency's own path to its constitution"],
  ['catalogue', 'Services'],
  ['portfolio', 'Comuni by services, and plans of cutovers'],
  ['forecasts', "What becomes of the Agency's path"],
  ['brokers', 'Brokers that provide services (Open Service Broker API)'],
  ['events', 'Events of all cases: feed and webhooks'],
  ['log', 'The transparency log: checkpoints, tiles, proofs'],
  ['personal', 'What a person keeps: saved filters, how far it has read, calendars'],
  ['documents', 'Papers, erasable'],
  ['drafts', 'Commands that are still being filled in, erasable'],
  ['inventories', 'Inventories of recognitions, erasable'],
  ['texts', 'Free texts, erasable'],
  ['erasures', 'Receipts of what was erased'],
] as const;
