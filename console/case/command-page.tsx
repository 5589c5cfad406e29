import type { ComponentChildren, VNode } from 'preact';
import type { Language } from '../../domain/shared/bilingual.ts';
import { capital } from '../../domain/shared/bilingual.ts';
import { FileNotice, SignOnAgain } from '../forms/expired.tsx';
import { inputsOf, type Field, type Input } from '../forms/fields.ts';
import { FaultSummary, Fields, listFor, optionOf, type Choices, type Fault } from '../forms/form.tsx';
import type { Typed } from '../forms/read.ts';
import { CASE, SENDING } from '../words/case.ts';
import { PARTIES } from '../words/codes.ts';
import { whatInWords } from '../words/commands.ts';
import { elided, instantOfLocal, sayDate, sayInstant } from '../words/dates.ts';
import { DOCUMENTS } from '../words/documents.ts';
import { EVENTS } from '../words/events.ts';
import { fieldWords, wordsOfField } from '../words/fields.ts';
import { SCORES } from '../words/recognition.ts';
import { wordOf } from '../words/say.ts';
import { AddPerson } from './add-person.tsx';
import { Timeline } from './parts.tsx';
import type { Preview } from './preview.ts';
import { notKept, takesFile } from './uploads.ts';

/** What a form carries beside what is typed: whose it is, which command it sends, which version its sender has seen. */
export interface Envelope {
  readonly action: string;
  readonly csrf: string;
  readonly commandId: string;
  readonly version: number;
  /** Digest of the document that this form has added to those of the case; null: it has added none. */
  readonly added: string | null;
}

export interface CommandFormParts {
  readonly language: Language;
  readonly command: string;
  /** Address of the page of the case. */
  readonly casePath: string;
  /** Address of the case to which persons are added. */
  readonly personsAt: string;
  readonly fields: readonly Field[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly choices: Choices;
  readonly envelope: Envelope;
  /** Said before the form: the case has changed, the outcome is not known. */
  readonly notice?: string | undefined;
}

export function CommandForm({ language, command, casePath, personsAt, fields, typed, faults, choices, envelope, notice }: CommandFormParts): VNode {
  const inputs = inputsOf(fields);
  const namesPerson = inputs.some(({ kind }) => kind === 'person');
  const hasFile = takesFile(fields);
  return (
    <>
      {notice === undefined ? null : <div class="notice warn" role="alert"><p>{notice}</p></div>}
      <FaultSummary faults={faults} fields={inputs} language={language} />
      <Added envelope={envelope} language={language} />
      {hasFile ? <FileNotice to={envelope.action} language={language} /> : null}
      <p>{fields.length === 0 ? SENDING.noFields[language] : SENDING.required[language]}</p>
      <form method="post" action={envelope.action} enctype={hasFile ? 'multipart/form-data' : undefined} noValidate>
        <Hidden envelope={envelope} />
        <Fields fields={fields} language={language} command={command} typed={typed} faults={faults} choices={choices} />
        <div class="actions">
          <button type="submit" name="step" value="check" class="btn btn-primary">{SENDING.check[language]}</button>
          <a class="btn btn-outline-secondary" href={casePath}>{SENDING.cancel[language]}</a>
        </div>
        {namesPerson ? <AddPerson casePath={personsAt} action={envelope.action} language={language} /> : null}
      </form>
    </>
  );
}

export interface PreviewParts extends Pick<CommandFormParts, 'language' | 'casePath' | 'envelope'> {
  readonly preview: Preview;
  /** What was given, to be read once more. */
  readonly given: ComponentChildren;
  /** The same as it goes along with the confirmation. */
  readonly kept: ComponentChildren;
}

/** What would happen, and the way to make it happen. */
export function PreviewPage({ language, casePath, envelope, preview, given, kept }: PreviewParts): VNode {
  const turns = preview.waitingFor;
  return (
    <>
      <div class="notice" role="status" tabIndex={-1} autofocus><p><strong>{SENDING.preview[language]}.</strong></p></div>
      <Added envelope={envelope} language={language} />
      <h2>{SENDING.happens[language]}</h2>
      {preview.events.length === 0 ? <p>{SENDING.nothing[language]}</p> : <ul>{preview.events.map((type) => <li key={type}>{wordOf(EVENTS, type, language)}</li>)}</ul>}
      {preview.events.includes('FactParked') ? <p>{CASE.kept[language]}</p> : null}
      {preview.steps.length === 0 ? null : <><h2>{SENDING.dates[language]}</h2><Timeline steps={preview.steps} language={language} /></>}
      {turns.length === 0 ? null : (
        <>
          <h2>{SENDING.then[language]}</h2>
          <ul>{turns.map(({ who, what, dueOn }) => <li key={`${who} ${what}`}>{capital(wordOf(PARTIES, who, language))}: {whatInWords(what)[language]}{dueOn === null ? '' : elided(` (${CASE.by[language].toLowerCase()} ${sayDate(dueOn, language)})`)}</li>)}</ul>
        </>
      )}
      <h2>{SENDING.given[language]}</h2>
      {given}
      <form method="post" action={envelope.action}>
        <Hidden envelope={envelope} />
        {kept}
        <div class="actions">
          <button type="submit" name="step" value="send" class="btn btn-primary">{SENDING.send[language]}</button>
          <button type="submit" name="step" value="edit" class="btn btn-outline-primary">{SENDING.edit[language]}</button>
          <a class="btn btn-outline-secondary" href={casePath}>{SENDING.cancel[language]}</a>
        </div>
      </form>
    </>
  );
}

/** The session has ended while the form was filled in: what was typed waits in the page until somebody is signed on again. */
export function ExpiredPage({ language, action, form, to, file }: { readonly language: Language; readonly action: string; readonly form: URLSearchParams; readonly to: string; readonly file: string | null }): VNode {
  const kept = [...form].filter(([name]) => !['csrf', 'step'].includes(name));
  return (
    <>
      <p>{SENDING.expiredHelp[language]}</p>
      {file === null ? null : <p><strong>{notKept(file)[language]}</strong></p>}
      <SignOnAgain to={to} language={language} />
      <form method="post" action={action}>
        {kept.map(([name, value], index) => <input type="hidden" name={name} value={value} key={`${index} ${name}`} />)}
        <div class="actions"><button type="submit" name="step" value="edit" class="btn btn-primary">{SENDING.resume[language]}</button></div>
      </form>
    </>
  );
}

/** That the document of the form is one of the case by now, whatever becomes of the command. */
function Added({ envelope: { added }, language }: { readonly envelope: Envelope; readonly language: Language }): VNode | null {
  return added === null ? null : <div class="notice" role="status"><p>{DOCUMENTS.kept[language]}</p></div>;
}

export function Hidden({ envelope: { csrf, commandId, version, added } }: { readonly envelope: Envelope }): VNode {
  return (
    <>
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="commandId" value={commandId} />
      <input type="hidden" name="version" value={version} />
      {added === null ? null : <input type="hidden" name="added" value={added} />}
    </>
  );
}

/** What was typed, carried through the preview as it is. */
export function Kept({ typed, fields }: Pick<CommandFormParts, 'fields' | 'typed'>): VNode {
  const inputs = inputsOf(fields).flatMap(({ path }) => (typed.get(path) ?? []).map((value) => [path, value] as const));
  return <>{inputs.map(([path, value], index) => <input type="hidden" name={path} value={value} key={`${index} ${path}`} />)}</>;
}

/** What was typed, in words. */
export function Given({ fields, typed, command, language, choices }: Pick<CommandFormParts, 'fields' | 'typed' | 'command' | 'language' | 'choices'>): ComponentChildren {
  const given = inputsOf(fields).flatMap((field) => {
    const { path } = field;
    const values = (typed.get(path) ?? []).filter((value) => value.trim() !== '');
    if (values.length === 0) return [];
    const group = path.includes('.') ? `${fieldWords(command, path.slice(0, path.indexOf('.'))).label[language]}: ` : '';
    return [{ path, label: `${group}${wordsOfField(field, command).label[language]}`, text: values.map((value) => shown(field, value, language, choices)).join(', ') }];
  });
  if (given.length === 0) return <p>{SENDING.noFields[language]}</p>;
  return <dl class="facts">{given.map(({ path, label, text }) => <div key={path}><dt>{label}</dt><dd>{text}</dd></div>)}</dl>;
}

function shown(field: Input, value: string, language: Language, choices: Choices): string {
  const { kind } = field;
  switch (kind) {
    case 'score': return `${value} – ${SCORES[Number(value)]?.[language] ?? ''}`;
    case 'euros': return `${value} €`;
    case 'date': return sayDate(value, language);
    case 'instant': return sayInstant(instantOfLocal(value), language);
    case 'choices':
    case 'choice': return optionOf(field, value, language);
    case 'tick':
    case 'decision': return value === 'true' ? (language === 'it' ? 'Sì' : 'Yes') : 'No';
    case 'rows': return value.split('\n').map((line) => line.trim()).filter((line) => line !== '').join('; ');
    case 'secret': return '…';
    case 'file': return '';
    case 'text':
    case 'long':
    case 'lines':
    case 'number': return value;
    case 'digest':
    case 'documents':
    case 'person':
    case 'appointment':
    case 'appointments':
    case 'workItem':
    case 'points':
    case 'service':
    case 'effect':
    case 'defect': return listFor(kind, choices)?.find((choice) => choice.value === value)?.text ?? value;
  }
}
