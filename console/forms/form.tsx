import type { ComponentChildren, VNode } from 'preact';
import { TYPE_BY_ENDING } from '../../api/cases/document-types.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { optionInWords } from '../words/codes.ts';
import { wordsOfField } from '../words/fields.ts';
import { SCORES } from '../words/recognition.ts';
import type { Field, Input } from './fields.ts';
import type { Typed } from './read.ts';

/** A fault in words; with the field that it is about, where it is about one. */
export interface Fault {
  readonly message: string;
  readonly path?: string | undefined;
}

/** What the choices of a form are taken from beside the schema: ids, each with the words that people know it by. */
export interface Choices {
  readonly persons: readonly Choice[];
  readonly appointments: readonly Choice[];
  readonly workItems: readonly Choice[];
  /** Points of the checklists of these work items, each with the name of the work item before it (`survey/power`). */
  readonly points: readonly Choice[];
  /** Calls to a broker that wait for a decision. */
  readonly effects: readonly Choice[];
  /** Defects that are open. */
  readonly defects: readonly Choice[];
  /** Services that may be requested. */
  readonly services: readonly Choice[];
  /** Documents of the case, by their digests. */
  readonly documents: readonly Choice[];
}

/** Of a form that chooses none of these. */
export const NO_CHOICES: Choices = { persons: [], appointments: [], workItems: [], points: [], effects: [], defects: [], services: [], documents: [] };

/** Which list a field chooses one of. */
const LISTS: Partial<Readonly<Record<Input['kind'], keyof Choices>>> = {
  person: 'persons', appointment: 'appointments', appointments: 'appointments', workItem: 'workItems', points: 'points', documents: 'documents', service: 'services', effect: 'effects', defect: 'defects', digest: 'documents',
};

/** What a field chooses from; undefined: it is typed, or chosen from the codes of its schema. */
export function listFor(kind: Input['kind'], choices: Choices): readonly Choice[] | undefined {
  const list = LISTS[kind];
  return list === undefined ? undefined : choices[list];
}

export interface Choice {
  readonly value: string;
  readonly text: string;
}

export interface FormParts {
  readonly language: Language;
  readonly command: string;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly choices: Choices;
}

const WORDS = {
  faults: { it: 'Da correggere', en: 'To be corrected' },
  optional: { it: ' (facoltativo)', en: ' (optional)' },
  choose: { it: 'Scegli…', en: 'Choose…' },
  yes: { it: 'Sì', en: 'Yes' },
  no: { it: 'No', en: 'No' },
  notYet: { it: 'Non valutato per ora', en: 'Not assessed yet' },
  orDocument: { it: 'oppure scegli un documento della pratica', en: 'or choose a document of the case' },
  nothing: { it: 'Non vi è nulla da scegliere.', en: 'There is nothing to choose.' },
  change: { it: 'Cambia', en: 'Change' },
  noDocument: { it: 'Nessun documento', en: 'No document' },
} as const;

export function Fields({ fields, ...parts }: FormParts & { readonly fields: readonly Field[] }): VNode {
  return <>{fields.map((field) => (field.kind === 'group' ? <Group key={field.path} field={field} {...parts} /> : <One key={field.path} field={field} {...parts} />))}</>;
}

/** What is wrong, first on the page and in the focus; each fault leads to its field. */
export function FaultSummary({ faults, fields, language }: { readonly faults: readonly Fault[]; readonly fields: readonly Input[]; readonly language: Language }): VNode | null {
  if (faults.length === 0) return null;
  return (
    <div class="notice fault" role="alert" tabIndex={-1} autofocus id="faults">
      <h2 class="h5 mt-0">{WORDS.faults[language]}</h2>
      <ul>
        {faults.map(({ message, path }) => <li key={`${path ?? ''} ${message}`}>{isShown(fields, path) ? <a href={`#${idOf(path ?? '')}`}>{message}</a> : message}</li>)}
      </ul>
    </div>
  );
}

function isShown(fields: readonly Input[], path: string | undefined): boolean {
  return path !== undefined && fields.some((field) => field.path === path);
}

function Group({ field, ...parts }: FormParts & { readonly field: Extract<Field, { kind: 'group' }> }): VNode {
  const { language, command, faults } = parts;
  const { label, help } = wordsOfField(field, command);
  const own = faults.filter(({ path }) => path === field.path);
  const helpId = `${idOf(field.path)}-help`;
  return (
    <fieldset class="group" aria-describedby={help === null ? undefined : helpId}>
      <legend>{label[language]}{field.required ? '' : WORDS.optional[language]}</legend>
      {help === null ? null : <p class="help small muted" id={helpId}>{help[language]}</p>}
      {own.map(({ message }) => <p class="error" key={message}>{message}</p>)}
      {/* In a group that may be left out nothing is asked for by the browser. */}
      <Fields fields={field.fields} {...parts} />
    </fieldset>
  );
}

function One({ field, language, command, typed, faults, choices }: FormParts & { readonly field: Input }): VNode {
  const { path, required, kind } = field;
  const { label, help } = wordsOfField(field, command);
  const own = faults.filter((fault) => fault.path === path);
  const id = idOf(path);
  const described = [help === null ? '' : `${id}-help`, own.length === 0 ? '' : `${id}-error`].filter((part) => part !== '').join(' ');
  const aria: Aria = { 'aria-describedby': described === '' ? undefined : described, 'aria-invalid': own.length === 0 ? undefined : 'true' };
  const values = typed.get(path) ?? [];
  const notes: ComponentChildren = (
    <>
      {help === null ? null : <p class="help" id={`${id}-help`}>{help[language]}</p>}
    </>
  );
  const errors: ComponentChildren = own.length === 0 ? null : <div id={`${id}-error`}>{own.map(({ message }) => <p class="error" key={message}>{message}</p>)}</div>;
  const text = `${label[language]}${required || help?.it === 'Facoltativo' ? '' : WORDS.optional[language]}`;
  const state = own.length === 0 ? 'field' : 'field bad';

  if (field.fixed === true) {
    const value = values.at(-1) ?? '';
    const shown = field.options.includes(value) ? optionOf(field, value, language) : listFor(kind, choices)?.find((choice) => choice.value === value)?.text ?? value;
    return (
      <div class={state} id={id} tabIndex={-1}>
        <p class="mb-0"><strong>{label[language]}:</strong> {shown} <a href="?">{WORDS.change[language]}<span class="visually-hidden">: {label[language]}</span></a></p>
        <input type="hidden" name={path} value={value} />
        {errors}
      </div>
    );
  }
  if (kind === 'tick') {
    return (
      <div class={state}>
        <div class="choice"><input type="checkbox" id={id} name={path} value="true" checked={values.includes('true')} {...aria} /><label for={id}>{label[language]}</label></div>
        {notes}{errors}
      </div>
    );
  }
  if (kind === 'decision' || kind === 'appointments' || kind === 'score' || kind === 'choices' || kind === 'points' || kind === 'documents') {
    const options = optionsOf(field, language, choices);
    const first = options[0]?.value;
    const isOne = kind === 'decision' || kind === 'score';
    return (
      <fieldset class={state} aria-describedby={aria['aria-describedby']}>
        <legend>{text}</legend>
        {notes}
        {options.length === 0 ? <p class="muted">{WORDS.nothing[language]}</p> : null}
        {options.map((option) => (
          <div class="choice" key={option.value}>
            <input type={isOne ? 'radio' : 'checkbox'} id={option.value === first ? id : `${id}-${option.value.replace('/', '-')}`} name={path} value={option.value} checked={values.includes(option.value) || (kind === 'score' && option.value === '' && values.length === 0)} />
            <label for={option.value === first ? id : `${id}-${option.value.replace('/', '-')}`}>{option.text}</label>
          </div>
        ))}
        {errors}
      </fieldset>
    );
  }
  return (
    <div class={state}>
      <label for={id}>{text}</label>
      {notes}
      <Control field={field} id={id} value={values.findLast((value) => value !== '') ?? ''} aria={aria} language={language} choices={choices} fieldLabel={label[language]} />
      {errors}
    </div>
  );
}

/** What an option of a field is called. */
export function optionOf({ path, texts }: Input, code: string, language: Language): string {
  return texts?.get(code)?.[language] ?? optionInWords(path, code, language);
}

/** What one radio or tick box each stands for. */
function optionsOf(field: Input, language: Language, choices: Choices): readonly Choice[] {
  const { kind, options } = field;
  if (kind === 'decision') return [{ value: 'true', text: WORDS.yes[language] }, { value: 'false', text: WORDS.no[language] }];
  // Without script nobody could take a choice back.
  if (kind === 'score') return [{ value: '', text: WORDS.notYet[language] }, ...SCORES.map((score, index) => ({ value: String(index), text: `${index} – ${score[language]}` }))];
  return kind === 'choices' ? options.map((code) => ({ value: code, text: optionOf(field, code, language) })) : listFor(kind, choices) ?? [];
}

interface Aria {
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
}

interface ControlParts {
  readonly field: Input;
  readonly id: string;
  readonly value: string;
  readonly aria: Aria;
  readonly language: Language;
  readonly choices: Choices;
  readonly fieldLabel: string;
}

/** Files that a form takes, as browsers are told. */
const ENDINGS = Object.keys(TYPE_BY_ENDING).map((ending) => `.${ending}`).join();

/** What is typed in. The server judges it, in the words of the page: the browser is not asked to (`novalidate`). */
function Control({ field, id, value, aria, language, choices, fieldLabel }: ControlParts): VNode {
  const { kind, path, maxLength, min, max } = field;
  const named = { id, name: path, ...aria, 'aria-required': field.required ? 'true' as const : undefined };
  switch (kind) {
    case 'choice':
      return <Select {...named} value={value} language={language} options={field.options.map((code) => ({ value: code, text: optionOf(field, code, language) }))} />;
    case 'person':
    case 'appointment':
    case 'workItem':
    case 'service':
    case 'effect':
    case 'defect':
      return <Select {...named} value={value} language={language} options={listFor(kind, choices) ?? []} />;
    case 'digest': {
      const isChosen = choices.documents.some((document) => document.value === value);
      return (
        <>
          <input {...named} type="text" value={isChosen ? '' : value} maxLength={maxLength} autocomplete="off" />
          {choices.documents.length === 0 ? null : (
            <>
              <label class="or" for={`${id}-document`}>{WORDS.orDocument[language]}<span class="visually-hidden">: {fieldLabel}</span></label>
              <Select id={`${id}-document`} name={path} value={value} language={language} options={choices.documents} none={WORDS.noDocument[language]} />
            </>
          )}
        </>
      );
    }
    case 'lines':
      return field.numeric ? <input {...named} type="text" value={value} autocomplete="off" /> : <textarea {...named} rows={3}>{value}</textarea>;
    case 'rows':
      return <textarea {...named} rows={4}>{value}</textarea>;
    case 'euros':
      return <input {...named} type="text" inputMode="decimal" value={value} autocomplete="off" />;
    case 'long':
      return <textarea {...named} maxLength={maxLength} rows={4}>{value}</textarea>;
    case 'date':
      return <input {...named} type="date" value={value} />;
    case 'instant':
      return <input {...named} type="datetime-local" value={value} />;
    case 'number':
      return <input {...named} type="text" inputMode="decimal" value={value} data-min={min} data-max={max} />;
    case 'file':
      return <input {...named} type="file" accept={ENDINGS} />;
    case 'secret':
      // What was typed does not come back in a page.
      return <input {...named} type="password" maxLength={maxLength} autocomplete="new-password" />;
    case 'tick':
    case 'decision':
    case 'appointments':
    case 'choices':
    case 'points':
    case 'documents':
    case 'score':
    case 'text':
      return <input {...named} type="text" value={value} maxLength={maxLength} autocomplete="off" />;
  }
}

function Select({ options, value, language, none, ...named }: { readonly none?: string; readonly options: readonly Choice[]; readonly value: string; readonly language: Language; readonly id: string; readonly name: string } & Partial<Aria>): VNode {
  return (
    <select {...named}>
      <option value="">{none ?? WORDS.choose[language]}</option>
      {options.map((option) => <option key={option.value} value={option.value} selected={option.value === value}>{option.text}</option>)}
    </select>
  );
}

export function idOf(path: string): string {
  return `f-${path.replaceAll('.', '-')}`;
}
