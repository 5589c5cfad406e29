import type { Body } from '../../api/bodies.ts';
import { jsonSchemaOf } from '../../api/cases/json-schema.ts';
import { AdhesionCommands } from '../../domain/adhesion/commands.ts';
import { resolvePolicies } from '../../domain/adhesion/policies.ts';
import { fieldsOf, type Field, type Input } from '../forms/fields.ts';
import { dataOf, typedOf, type Typed } from '../forms/read.ts';

type Sized = Pick<Body, 'population' | 'bodyType'>;
type Members = Readonly<Record<string, unknown>>;

/** What may be null, which stands for never or none. */
const NULLABLE: ReadonlySet<string> = new Set(['certificate', 'dpaSignature', 'dataReturn']);
/** Follows from another choice while it is not made itself. */
const FOLLOWS = 'majority';

/** Every policy that an adhesion may begin with. */
export const POLICIES_ASKED: readonly Field[] = fieldsOf({ properties: { policies: policySchema() } });

export const NO_REMINDERS: Input = { kind: 'tick', path: 'noReminders', required: true, options: [], numeric: false, maxLength: undefined, min: undefined, max: undefined };

/** The form as it is proposed for a body: every policy at its default. */
export function proposed(body: Sized): Typed {
  const { [FOLLOWS]: _follows, ...policies } = defaultsFor(body);
  return typedOf(POLICIES_ASKED, { policies });
}

/** The size of its organ is known of a comune alone: of another body the form asks for it. */
function defaultsFor({ population, bodyType }: Sized): Members {
  const { councillors, ...policies } = resolvePolicies({}, population, bodyType);
  return bodyType === 'COMUNE' ? { councillors, ...policies } : policies;
}

/** The policies that were chosen otherwise than proposed; undefined where none was. */
export function chosenIn(typed: Typed, body: Sized): object | undefined {
  const { policies } = dataOf(POLICIES_ASKED, typed);
  const defaults: Members = { ...defaultsFor(body), [FOLLOWS]: undefined };
  const chosen = differing(policies as Members, defaults);
  const isSilent = dataOf([NO_REMINDERS], typed)['noReminders'] === true;
  const all = isSilent ? { ...chosen, reminders: null } : chosen;
  return Object.keys(all).length === 0 ? undefined : all;
}

function differing(given: Members, defaults: Members): Members {
  const emptied = Object.keys(defaults).filter((name) => NULLABLE.has(name) && defaults[name] !== null && given[name] === undefined).map((name) => [name, null] as const);
  const others = Object.entries(given).flatMap(([name, value]) => {
    const proposal = defaults[name];
    if (isMembers(value) && (isMembers(proposal) || Object.keys(value).length === 0)) {
      const inner = isMembers(proposal) ? differing(value, proposal) : {};
      return Object.keys(inner).length === 0 ? [] : [[name, inner] as const];
    }
    return JSON.stringify(value) === JSON.stringify(proposal) ? [] : [[name, value] as const];
  });
  return Object.fromEntries([...emptied, ...others]);
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Schema {
  readonly anyOf?: readonly Schema[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Everything is asked for: what has a default is given with it. */
function policySchema(): object {
  const { properties } = jsonSchemaOf(AdhesionCommands.OpenAdhesion.schema) as Schema;
  return asked(properties?.['policies'] ?? {});
}

function asked(schema: Schema): object {
  const one = schema.anyOf?.find(({ type }) => type !== 'null') ?? schema;
  if (one.properties === undefined) return one;
  return { ...one, properties: Object.fromEntries(Object.entries(one.properties).map(([name, member]) => [name, asked(member)])), required: Object.keys(one.properties) };
}
