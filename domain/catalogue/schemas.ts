import { z } from 'zod';
import { serviceId } from '../adhesion/schemas/fields.ts';
import type { Bilingual } from '../shared/bilingual.ts';
import { says } from '../shared/says.ts';

const MOST_PLANS = 20;
const MOST_PARAMETERS = 50;
const MOST_DEPENDENCIES = 20;
const MOST_WORK_ITEMS = 30;
const MOST_POINTS = 30;
const MOST_DUE_DAYS = 250;
const MOST_CHOICES = 50;
/** Parameters enter events: a value is a choice, a date, a number or a yes, at most so long. */
const MOST_LETTERS = 200;

const oneLine = (most: number) => z.string().trim().min(1, says('manca', 'is missing')).max(most)
  .regex(/^[^\r\n\t]*$/, says('deve stare su una riga', 'must be one line'));
const bilingual = (most: number) => z.strictObject({ it: oneLine(most).describe('In Italian'), en: oneLine(most).describe('In English') });
const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, says('ha lettere minuscole, cifre e trattini', 'takes small letters, digits and hyphens'));
const int32 = (least: number, most: number) => z.int().min(least).max(most).meta({ format: 'int32' });

/** A rule over several fields, with the place that it is about. */
function rule(path: readonly string[], words: Bilingual): { readonly path: string[]; readonly params: { readonly words: Bilingual } } {
  return { path: [...path], params: { words } };
}

function areUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

const shown = { title: oneLine(100).optional(), description: oneLine(500).optional() };
const number = z.number().min(-1_000_000_000).max(1_000_000_000).meta({ format: 'double' });
const scalars = [
  z.strictObject({ type: z.literal('string'), ...shown, enum: z.array(oneLine(MOST_LETTERS)).min(1).max(MOST_CHOICES).describe('The values that there are') }),
  z.strictObject({ type: z.literal('string'), ...shown, format: z.literal('date') }),
  z.strictObject({ type: z.enum(['integer', 'number']), ...shown, minimum: number.optional(), maximum: number.optional() }),
  z.strictObject({ type: z.literal('boolean'), ...shown }),
] as const;
const Parameter = z.union([
  ...scalars,
  z.strictObject({ type: z.literal('array'), ...shown, items: z.union(scalars), minItems: int32(0, MOST_PARAMETERS).optional(), maxItems: int32(1, MOST_PARAMETERS) }),
], says(
  'deve essere una scelta (enum), una data, un numero, un sì o no, o un elenco di questi: i parametri restano negli eventi, quindi niente testo libero',
  'must be a choice (enum), a date, a number, a yes or no, or a list of these: parameters stay in events, so no free text',
));

/** The part of JSON Schema that parameters need: flat and closed, with no reference and no pattern that could run for ever. */
const Parameters = z.strictObject({
  type: z.literal('object'),
  properties: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, says('inizia con una lettera minuscola e ha lettere e cifre', 'begins with a small letter and has letters and digits'))
    // A value that lacks it would seem to have it.
    .refine((property) => !Object.hasOwn(Object.prototype, property), says('non può chiamarsi come ciò che ogni oggetto ha', 'must not be called like what every object has')), Parameter)
    .refine((properties) => Object.keys(properties).length <= MOST_PARAMETERS, says(`può avere al massimo ${MOST_PARAMETERS} parametri`, `must have at most ${MOST_PARAMETERS} parameters`)),
  required: z.array(z.string().max(40)).max(MOST_PARAMETERS).optional(),
  additionalProperties: z.literal(false),
}).refine(({ properties, required = [] }) => required.every((one) => Object.hasOwn(properties, one)), rule(['required'], {
  it: 'può nominare solo parametri che ci sono', en: 'may name parameters that there are only',
})).describe('JSON Schema of the parameters that a request of this plan may give');

const Plan = z.strictObject({ id: name.describe('Name of the plan'), title: bilingual(200), parameters: Parameters });

/** Who does a work item, and whose turn it is: the Agency, the comune, or a supplier whose work the Agency records. */
export const WORK_ROLES = ['OPERATOR', 'MEMBER', 'PROVIDER'] as const;
/** What must be left as proof that a work item was done: nothing, a document by its digest, or a note. */
export const EVIDENCE = ['NONE', 'DOCUMENT', 'NOTE'] as const;

const ChecklistPoint = z.strictObject({
  id: name.describe('Name of the point'),
  title: bilingual(200),
  optional: z.boolean().optional().describe('Whether the work item may be completed without it; otherwise it must be checked'),
});

/** A thing that a person does by hand; it can be done when those named in `after` are done. */
const WorkItem = z.strictObject({
  id: name.describe('Name of the work item'),
  title: bilingual(200),
  after: z.array(name).max(MOST_WORK_ITEMS).describe('Work items that it follows'),
  role: z.enum(WORK_ROLES).optional().describe('Who does it: the Agency (also when it is not said), the comune, or a supplier whose work the Agency records'),
  dueWorkingDays: int32(1, MOST_DUE_DAYS).optional().describe('Working days within which it is done, from the day on which it can be done'),
  checklist: z.array(ChecklistPoint).min(1).max(MOST_POINTS).refine((points) => areUnique(points.map(({ id }) => id)), says('ripete un punto', 'must name each point once')).optional()
    .describe('What is looked at before it is completed'),
  evidence: z.enum(EVIDENCE).optional().describe('What must be given to complete it: nothing (also when it is not said), a document by its digest, or a note'),
  undo: bilingual(200).optional().describe('What takes it back when the migration is rolled back'),
});

const Manual = z.strictObject({
  kind: z.literal('MANUAL'),
  workItems: z.array(WorkItem).min(1).max(MOST_WORK_ITEMS)
    // So there is always one whose turn it is.
    .refine((items) => items.every(({ id, after }, index) => {
      const before = items.slice(0, index).map((item) => item.id);
      return !before.includes(id) && after.every((one) => before.includes(one));
    }), says('ha attività ripetute, o che seguono attività che non vengono prima', 'must name each work item once, after those that it follows')),
}).describe('People do it, by a list of work items');
const Broker = z.strictObject({
  kind: z.literal('BROKER'),
  planUpdateable: z.boolean().optional().describe('Whether the plan of a service in operation may be changed; not said: as its broker has it'),
}).describe('A service broker provisions it');

/** Gates of a migration that the service passes. */
export const GATES = ['FEASIBILITY', 'PLAN_APPROVED', 'PROVISIONING', 'DATA_MIGRATION', 'CUTOVER', 'OPERATING', 'CLOSED'] as const;
/** Times at which it is not cut over, beside those that no service is. */
export const FORBIDDEN_WINDOWS = ['ELECTION_DAYS', 'MONTH_END', 'BUDGET_SEASON', 'TAX_DAYS', 'COUNCIL_DAYS', 'PATRON_EVE', 'CLOCK_CHANGE', 'BOARD_PUBLICATIONS'] as const;

const Cost = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('FREE') }).describe("Paid by the Agency's budget"),
  z.strictObject({ kind: z.literal('BY_POPULATION') }).describe('Shared among the comuni that use it, by their residents'),
  z.strictObject({ kind: z.literal('AT_COST') }).describe('What the supplier asks, told in the plan of the migration'),
  z.strictObject({ kind: z.literal('YEARLY'), cents: int32(1, 1_000_000_000) }).describe('A sum a year, in cents of euro'),
]);

/** A service as the catalogue says it; its name and version stand beside. */
export const ServiceEntry = z.strictObject({
  title: bilingual(200),
  description: bilingual(1000),
  source: oneLine(200).describe("The document of the Agency's that names the service"),
  track: z.enum(['FULL', 'LIGHT']).describe('LIGHT: it depends on nothing and moves no data'),
  plans: z.array(Plan).min(1).max(MOST_PLANS).refine((plans) => areUnique(plans.map(({ id }) => id)), says('ripete un piano', 'must name each plan once')).describe('The first is the one that a request means when it names none'),
  dependsOn: z.array(serviceId).max(MOST_DEPENDENCIES).refine(areUnique, says('ripete un servizio', 'must name each service once')).describe('Services that operate before this one begins'),
  gates: z.array(z.enum(GATES)).max(GATES.length).refine(areUnique, says('ripete un controllo', 'must name each gate once')).describe('Gates of a migration that it passes, on the full track'),
  windows: z.strictObject({
    forbidden: z.array(z.enum(FORBIDDEN_WINDOWS)).max(FORBIDDEN_WINDOWS.length).refine(areUnique, says('ripete un periodo', 'must name each time once')).describe('Times at which it is not cut over'),
    preferred: z.enum(['ANY', 'WEEKEND']).describe('WEEKEND: from Friday 20:00 to Sunday 20:00'),
  }),
  personalData: z.enum(['NONE', 'COMMON', 'SPECIAL']).describe("Personal data that the Agency handles on the member's behalf (art. 28 GDPR)"),
  fulfilment: z.discriminatedUnion('kind', [Manual, Broker]),
  cost: Cost,
  active: z.boolean().describe('Whether it may be requested'),
}).refine(({ track, dependsOn }) => track === 'FULL' || dependsOn.length === 0, rule(['dependsOn'], {
  it: 'deve essere vuoto per il percorso leggero', en: 'must be empty on the light track',
})).refine(({ track, gates }) => (track === 'FULL') === (gates.length > 0), rule(['gates'], {
  it: 'ha i controlli del percorso completo, e nessuno per quello leggero', en: 'must name the gates on the full track, and none on the light one',
})).meta({ id: 'ServiceEntry', description: 'What the catalogue says of a service' });
export type ServiceEntry = z.output<typeof ServiceEntry>;

/** A service of the catalogue; `version` counts up with every change, a migration keeps to the one it was requested at. */
export type Service = { readonly service: string; readonly version: number } & Readonly<ServiceEntry>;
