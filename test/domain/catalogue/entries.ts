import type { Service, ServiceEntry } from '../../../domain/catalogue/schemas.ts';

/** A service that people deliver on the light track, as an operator would write it. */
export const LIGHT_ENTRY: ServiceEntry = {
  title: { it: 'Sportello di prova', en: 'Trial desk' },
  description: { it: 'Uno sportello per provare.', en: 'A desk to try with.' },
  source: '003_4abefa038b2ebf55.txt',
  track: 'LIGHT',
  plans: [
    { id: 'standard', title: { it: 'Standard', en: 'Standard' }, parameters: { type: 'object', properties: {}, additionalProperties: false } },
    {
      id: 'sized', title: { it: 'Su misura', en: 'Sized' },
      parameters: {
        type: 'object',
        properties: {
          seats: { type: 'integer', minimum: 1, maximum: 20 }, from: { type: 'string', format: 'date' }, online: { type: 'boolean' },
          topics: { type: 'array', items: { type: 'string', enum: ['AI', 'WEB'] }, minItems: 1, maxItems: 2 },
        },
        required: ['seats'],
        additionalProperties: false,
      },
    },
  ],
  dependsOn: [],
  gates: [],
  windows: { forbidden: [], preferred: 'ANY' },
  personalData: 'NONE',
  fulfilment: {
    kind: 'MANUAL',
    workItems: [
      { id: 'open-desk', title: { it: 'Aprire lo sportello', en: 'Open the desk' }, after: [] },
      { id: 'close-desk', title: { it: 'Chiudere lo sportello', en: 'Close the desk' }, after: ['open-desk'] },
    ],
  },
  cost: { kind: 'FREE' },
  active: true,
};

/** One of the full track, which nothing can deliver yet. */
export const FULL_ENTRY: ServiceEntry = { ...LIGHT_ENTRY, track: 'FULL', gates: ['FEASIBILITY', 'CLOSED'], active: false };

/** One of the full track that may be requested. */
export const OFFERED: ServiceEntry = { ...FULL_ENTRY, gates: ['FEASIBILITY', 'OPERATING', 'CLOSED'], active: true };

export function full(service: string, dependsOn: readonly string[] = []): Service {
  return { service, version: 1, ...FULL_ENTRY, dependsOn: [...dependsOn] };
}
