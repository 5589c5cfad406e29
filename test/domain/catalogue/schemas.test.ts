import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ServiceEntry } from '../../../domain/catalogue/schemas.ts';
import { FULL_ENTRY, LIGHT_ENTRY } from './entries.ts';

const [plan] = LIGHT_ENTRY.plans;
const [item] = LIGHT_ENTRY.fulfilment.kind === 'MANUAL' ? LIGHT_ENTRY.fulfilment.workItems : [];
const withParameters = (properties: unknown, more: object = {}) => ({ ...LIGHT_ENTRY, plans: [{ ...plan, parameters: { type: 'object', properties, additionalProperties: false, ...more } }] });

const workItem = (more: object) => ({ ...LIGHT_ENTRY, fulfilment: { kind: 'MANUAL', workItems: [{ ...item, ...more }] } });
const POINT = { id: 'keys', title: { it: 'Chiavi', en: 'Keys' } };
const TOLD = workItem({ role: 'MEMBER', dueWorkingDays: 20, checklist: [POINT, { ...POINT, id: 'sign', optional: true }], evidence: 'DOCUMENT', undo: { it: 'Richiuderlo', en: 'Close it again' } });

test.each([LIGHT_ENTRY, FULL_ENTRY, TOLD])('an entry that holds is taken as it is', (entry) => {
  expect(ServiceEntry.parse(entry)).toEqual(entry);
});

test('the parameters of a plan are a JSON Schema that values are checked by', () => {
  const schema = z.fromJSONSchema(structuredClone(LIGHT_ENTRY.plans[1]?.parameters) as Parameters<typeof z.fromJSONSchema>[0]);
  const holds = (value: unknown) => schema.safeParse(value).success;
  expect(holds({ seats: 3, from: '2026-12-01', online: true, topics: ['AI'] })).toBe(true);
  for (const value of [{}, { seats: 0 }, { seats: 1.5 }, { seats: 21 }, { seats: 3, more: 1 }, { seats: 3, from: 'soon' }, { seats: 3, topics: [] }, { seats: 3, topics: ['X'] }, { seats: 3, online: 'yes' }, []]) expect(holds(value), JSON.stringify(value)).toBe(false);
});

describe('is refused, with its place', () => {
  test.each<[string, unknown, string]>([
    ['a member that there is not', { ...LIGHT_ENTRY, version: 3 }, ''],
    ['no title in English', { ...LIGHT_ENTRY, title: { it: 'Solo italiano' } }, 'title.en'],
    ['a title on two lines', { ...LIGHT_ENTRY, title: { it: 'Uno\ndue', en: 'x' } }, 'title.it'],
    ['an empty title', { ...LIGHT_ENTRY, title: { it: '  ', en: 'x' } }, 'title.it'],
    ['a long description', { ...LIGHT_ENTRY, description: { it: 'x'.repeat(1001), en: 'x' } }, 'description.it'],
    ['no plan', { ...LIGHT_ENTRY, plans: [] }, 'plans'],
    ['a plan twice', { ...LIGHT_ENTRY, plans: [plan, plan] }, 'plans'],
    ['a dependency twice', { ...FULL_ENTRY, dependsOn: ['A1', 'A1'] }, 'dependsOn'],
    ['a dependency on the light track', { ...LIGHT_ENTRY, dependsOn: ['FIBRE'] }, 'dependsOn'],
    ['gates on the light track', { ...LIGHT_ENTRY, gates: ['FEASIBILITY'] }, 'gates'],
    ['no gates on the full track', { ...FULL_ENTRY, gates: [] }, 'gates'],
    ['a gate that there is not', { ...FULL_ENTRY, gates: ['PARADISE'] }, 'gates.0'],
    ['a work item that follows a later one', { ...LIGHT_ENTRY, fulfilment: { kind: 'MANUAL', workItems: [{ ...item, after: ['close-desk'] }] } }, 'fulfilment.workItems'],
    ['a work item twice', { ...LIGHT_ENTRY, fulfilment: { kind: 'MANUAL', workItems: [item, item] } }, 'fulfilment.workItems'],
    ['a work item of nobody', workItem({ role: 'MAYOR' }), 'fulfilment.workItems.0.role'],
    ['a work item due at once', workItem({ dueWorkingDays: 0 }), 'fulfilment.workItems.0.dueWorkingDays'],
    ['a checklist without a point', workItem({ checklist: [] }), 'fulfilment.workItems.0.checklist'],
    ['a point twice', workItem({ checklist: [POINT, POINT] }), 'fulfilment.workItems.0.checklist'],
    ['a point in one language', workItem({ checklist: [{ ...POINT, title: { it: 'Chiavi' } }] }), 'fulfilment.workItems.0.checklist.0.title.en'],
    ['evidence that there is not', workItem({ evidence: 'PHOTO' }), 'fulfilment.workItems.0.evidence'],
    ['an undo in one language', workItem({ undo: { en: 'Close it again' } }), 'fulfilment.workItems.0.undo.it'],
    ['no work item', { ...LIGHT_ENTRY, fulfilment: { kind: 'MANUAL', workItems: [] } }, 'fulfilment.workItems'],
    ['work items of a broker', { ...LIGHT_ENTRY, fulfilment: { kind: 'BROKER', workItems: [item] } }, 'fulfilment'],
    ['a cost of nothing a year', { ...LIGHT_ENTRY, cost: { kind: 'YEARLY', cents: 0 } }, 'cost.cents'],
    ['parameters that are open', withParameters({}, { additionalProperties: true }), 'plans.0.parameters.additionalProperties'],
    ['a required parameter that there is not', withParameters({}, { required: ['seats'] }), 'plans.0.parameters.required'],
    ['a reference elsewhere', withParameters({ seats: { $ref: 'https://example.org/schema' } }), 'plans.0.parameters.properties.seats'],
    ['a reference at the top', withParameters({}, { $ref: '#' }), 'plans.0.parameters'],
    ['definitions', withParameters({}, { $defs: {} }), 'plans.0.parameters'],
    ['free text', withParameters({ note: { type: 'string' } }), 'plans.0.parameters.properties.note'],
    ['a pattern that can run for ever', withParameters({ note: { type: 'string', enum: ['a'], pattern: '^(a+)+$' } }), 'plans.0.parameters.properties.note'],
    ['an object in a parameter', withParameters({ place: { type: 'object', properties: {} } }), 'plans.0.parameters.properties.place'],
    ['a list without an end', withParameters({ list: { type: 'array', items: { type: 'boolean' } } }), 'plans.0.parameters.properties.list'],
    ['a name that every object has', withParameters({ constructor: { type: 'boolean' } }), 'plans.0.parameters.properties.constructor'],
    ['another such name', withParameters({ toString: { type: 'boolean' } }), 'plans.0.parameters.properties.toString'],
    ['many parameters', withParameters(Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`p${index}`, { type: 'boolean' }]))), 'plans.0.parameters.properties'],
  ])('%s', (_name, entry, place) => {
    const parsed = ServiceEntry.safeParse(entry);
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toContain(place);
  });
});
