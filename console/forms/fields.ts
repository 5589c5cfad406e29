import type { Bilingual } from '../../domain/shared/bilingual.ts';
import type { FieldWords } from '../words/fields.ts';

/** A field of a form, made from the JSON Schema of a command's data. */
export type Field =
  | { readonly kind: 'group'; readonly path: string; readonly required: boolean; readonly fields: readonly Field[]; readonly words?: FieldWords }
  | Input;

export interface Input {
  readonly kind:
    | 'text' | 'secret' | 'long' | 'lines' | 'digest' | 'date' | 'instant' | 'number' | 'euros' | 'score' | 'decision' | 'tick' | 'choice' | 'choices'
    | 'rows' | 'person' | 'appointment' | 'appointments' | 'workItem' | 'points' | 'documents' | 'file' | 'service' | 'effect' | 'defect';
  readonly path: string;
  readonly required: boolean;
  /** Of a choice, or of several: the codes. */
  readonly options: readonly string[];
  /** What is given, or its parts, are numbers. */
  readonly numeric: boolean;
  /** Of rows, typed one a line: their columns in order. */
  readonly columns?: readonly Column[];
  readonly maxLength: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Its own label and help, of a field that no command names; unset: those of the command's field. */
  readonly words?: FieldWords;
  /** What its options are called, where they are not codes of a process. */
  readonly texts?: ReadonlyMap<string, Bilingual>;
  /** Was decided on the page before: it is shown, and goes along. */
  readonly fixed?: boolean;
}

export interface Column {
  readonly name: string;
  readonly numeric: boolean;
}

/** The part of JSON Schema that the commands are written in. */
interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly prefixItems?: readonly Schema[];
  readonly items?: Schema | false;
  readonly anyOf?: readonly Schema[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

const LONG_TEXT = 1_000;
const DIGEST = '^[0-9a-f]{64}$';
/** Fields that name a person. */
export const PERSON_FIELDS: ReadonlySet<string> = new Set(['signer', 'subject', 'assessedBy', 'signedOffBy', 'holder']);

/** The fields of a form, in the order of the schema. Throws on a schema that no form is made of. */
export function fieldsOf(schema: object, place = ''): readonly Field[] {
  // What `jsonSchemaOf` makes of the commands' own schemas.
  const { properties = {}, required = [] } = schema as Schema;
  return Object.entries(properties).map(([name, member]) => fieldOf(member, place === '' ? name : `${place}.${name}`, name, required.includes(name)));
}

/** All inputs, those in groups too. */
export function inputsOf(fields: readonly Field[]): readonly Input[] {
  return fields.flatMap((field) => (field.kind === 'group' ? inputsOf(field.fields) : [field]));
}

function fieldOf(given: Schema, path: string, name: string, required: boolean): Field {
  // What may be null is asked for as what it is otherwise: the page says what an empty field means.
  const schema = oneOf(given) ?? given.anyOf?.find(({ type }) => type !== 'null') ?? given;
  if (schema.type === 'object') return { kind: 'group', path, required, fields: fieldsOf(schema, path) };
  if (schema.prefixItems !== undefined) return { kind: 'group', path, required, fields: schema.prefixItems.map((item, index) => fieldOf(item, `${path}.${index}`, String(index), true)) };
  return {
    kind: kindOf(schema, name, required), path, required, options: (schema.enum ?? itemsOf(schema)?.enum)?.map(String) ?? [], numeric: isNumeric(schema) || isNumeric(itemsOf(schema) ?? {}),
    columns: columnsOf(schema), maxLength: schema.maxLength, min: schema.minimum, max: schema.maximum,
  };
}

/** Of values that are named one by one: their list. */
function oneOf({ anyOf = [] }: Schema): Schema | undefined {
  const values = anyOf.flatMap(({ const: value }) => (value === undefined ? [] : [value]));
  const [first] = anyOf;
  return first === undefined || values.length < anyOf.length ? undefined : { type: first.type ?? 'string', enum: values };
}

/** None where a row has more than plain values. */
function columnsOf(schema: Schema): readonly Column[] {
  const columns = Object.entries(itemsOf(schema)?.properties ?? {});
  return columns.every(([, { type }]) => type !== undefined && ['string', 'number', 'integer'].includes(type)) ? columns.map(([name, column]) => ({ name, numeric: isNumeric(column) })) : [];
}

function itemsOf({ items }: Schema): Schema | undefined {
  return items === false ? undefined : items;
}

function isNumeric({ type }: Schema): boolean {
  return type === 'number' || type === 'integer';
}

function kindOf(schema: Schema, name: string, required: boolean): Input['kind'] {
  const { type, format, pattern, enum: options, maxLength } = schema;
  if (options !== undefined) return 'choice';
  if (name === 'appointmentIds') return 'appointments';
  if (name === 'appointmentId') return 'appointment';
  if (name === 'workItemId') return 'workItem';
  if (name === 'checked') return 'points';
  if (name === 'evidence' && type === 'array') return 'documents';
  if (PERSON_FIELDS.has(name)) return 'person';
  if (type === 'array') return columnsOf(schema).length > 0 ? 'rows' : itemsOf(schema)?.enum === undefined ? 'lines' : 'choices';
  if (name === 'score') return 'score';
  if (name === 'cents' || name.endsWith('Cents')) return 'euros';
  if (pattern === DIGEST) return 'digest';
  if (format === 'date') return 'date';
  if (format === 'date-time') return 'instant';
  if (type === 'boolean') return required ? 'decision' : 'tick';
  if (isNumeric(schema)) return 'number';
  if (type === 'string') return (maxLength ?? 0) > LONG_TEXT ? 'long' : 'text';
  throw new Error(`No form field is made of the schema of ${name}`);
}
