import type { Bodies } from '../../api/bodies.ts';
import { capital, type Bilingual } from '../../domain/shared/bilingual.ts';
import { BODY_TYPE_NAMES, BODY_TYPES, type BodyType } from '../../domain/shared/body-types.ts';
import { CHANGES, MISTAKES, type Change, type ChangeType } from '../../domain/territory/territory.ts';
import type { Field, Input } from '../forms/fields.ts';
import { dataOf, typedOf, type Typed } from '../forms/read.ts';
import { CHANGE_FIELDS as WORDS, KIND_FORMS, MISTAKE_WORDS } from '../words/territory-form.ts';

/** So many bodies a split leads to at most; a form begins with two. */
const MOST_ROWS = 20;
const PLAIN = { options: [], numeric: false, maxLength: undefined, min: undefined, max: undefined } as const;

/** Which change a form is for, and of how many bodies. */
export interface ChangeForm {
  readonly kind: ChangeType;
  readonly rows: number;
}

/** The form that an address or a form names; of what is no kind a merger. */
export function changeFormOf(kind: unknown, rows: unknown): ChangeForm {
  const known = CHANGES.find((one) => one === kind) ?? 'BodiesMerged';
  const least = known === 'BodySplit' ? 2 : 1;
  return { kind: known, rows: known === 'BodySplit' ? Math.min(Math.max(Math.trunc(Number(rows)) || least, least), MOST_ROWS) : 1 };
}

function asChoice(type: BodyType): Bilingual {
  const { it, en } = BODY_TYPE_NAMES[type];
  return { it: capital(it), en: capital(en) };
}

/** What a form asks for a change, in its order. */
export function changeFields({ kind, rows }: ChangeForm): readonly Field[] {
  const { predecessors, successor, act } = KIND_FORMS[kind];
  return [
    ...(predecessors === null ? [] : [input('lines', 'predecessors', predecessors)]),
    ...Array.from({ length: rows }, (_, row): Field => ({
      kind: 'group', path: `successors.${row}`, required: true, fields: bodyFields(kind, row),
      words: { label: rows === 1 ? successor : { it: `${successor.it} ${row + 1}`, en: `${successor.en} ${row + 1}` }, help: null },
    })),
    input('date', 'on', WORDS.on), input('text', 'act.title', act, { maxLength: 300 }),
  ];
}

function bodyFields(kind: ChangeType, row: number): readonly Input[] {
  const at = (name: string): string => `successors.${row}.${name}`;
  return [
    ...(kind === 'BodyRegistered' ? [input('choice', at('bodyType'), WORDS.bodyType, { options: BODY_TYPES, texts: new Map(BODY_TYPES.map((type) => [type, asChoice(type)])) })] : []),
    input('text', at('ipaCode'), WORDS.ipaCode, { maxLength: 30 }),
    input('text', at('istatCode'), WORDS.istatCode, { maxLength: 6 }, kind === 'BodyRegistered' ? WORDS.istatHelp : null),
    input('text', at('name'), WORDS.name, { maxLength: 100 }), input('number', at('population'), WORDS.population, { numeric: true, min: 1 }),
  ];
}

/** The two things that are said of a change that is wrong. */
export type Mend = 'correct' | 'withdraw';

/** What a form asks of who says one of them; both forms stand on one page. */
export function mendingFields(what: Mend): readonly [Input, Input] {
  return [
    input('choice', `${what}.reason`, WORDS.reason, { options: MISTAKES, texts: new Map(MISTAKES.map((one) => [one, MISTAKE_WORDS[one]])) }),
    input('text', `${what}.basis.title`, WORDS.basis, { maxLength: 300, required: false }),
  ];
}

function input(kind: Input['kind'], path: string, label: Bilingual, more: Partial<Input> = {}, help: Bilingual | null = null): Input {
  return { ...PLAIN, kind, path, required: true, words: { label, help }, ...more };
}

/** The content of a change as the interface takes it. What kind of body it is about the bodies say that are there. */
export function contentOf(form: ChangeForm, typed: Typed, bodies: Bodies): object {
  const fields = changeFields(form);
  const successors = fields.flatMap((field) => (field.kind === 'group' ? [withType(dataOf(field.fields, typed), typed, bodies)] : []));
  const { predecessors, on } = dataOf(fields.filter(({ kind, path }) => kind !== 'group' && path !== 'act.title'), typed);
  const [first] = successors;
  return {
    predecessors: form.kind === 'BodyRenamed' ? [first?.['ipaCode']].filter((code) => code !== undefined) : (Array.isArray(predecessors) ? predecessors : []).flatMap(codesIn),
    successors, ...(on === undefined ? {} : { on }), act: dataOf(fields.filter(({ path }) => path === 'act.title'), typed),
  };
}

/** Why, and the act that says so, where one does. */
export function mendingOf(what: Mend, typed: Typed): object {
  const [reason, basis] = mendingFields(what);
  const { title } = dataOf([basis], typed);
  return { ...dataOf([reason], typed), ...(title === undefined ? {} : { basis: { title } }) };
}

/** Codes are separated as people do it, and written in small letters. */
function codesIn(line: unknown): readonly string[] {
  return String(line).split(/[\s,;]+/).filter((code) => code !== '').map((code) => code.toLowerCase());
}

function withType({ ipaCode, bodyType, ...data }: Record<string, unknown>, typed: Typed, bodies: Bodies): Record<string, unknown> {
  const code = typeof ipaCode === 'string' ? ipaCode.toLowerCase() : undefined;
  const from = [code ?? '', ...(typed.get('predecessors') ?? []).flatMap(codesIn)];
  const known = from.map((one) => bodies.find(one)?.bodyType).find((one) => one !== undefined);
  return { ...data, ...(code === undefined ? {} : { ipaCode: code }), bodyType: bodyType ?? known ?? 'COMUNE' };
}

/** A form filled with what a change says. */
export function typedOfChange(form: ChangeForm, change: Change): Typed {
  const fields = changeFields(form);
  return new Map([
    ...typedOf(fields.filter(({ kind }) => kind !== 'group'), { ...change, title: change.act.title }),
    ...fields.flatMap((field) => (field.kind === 'group' ? [...typedOf(field.fields, change.successors[Number(field.path.split('.')[1])])] : [])),
  ]);
}
