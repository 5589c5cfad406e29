import type { ComponentChildren, VNode } from 'preact';
import type { Bodies } from '../../api/bodies.ts';
import type { Target } from '../../domain/campaign/index.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { readReason } from '../../domain/shared/reason.ts';
import { inputsOf, type Field } from '../forms/fields.ts';
import { FaultSummary, Fields, idOf, NO_CHOICES, type Choice, type Fault } from '../forms/form.tsx';
import type { Typed } from '../forms/read.ts';
import { CAMPAIGNS } from '../words/campaigns.ts';
import { SENDING } from '../words/case.ts';
import { PHASES } from '../words/codes.ts';
import { wordOf } from '../words/say.ts';
import { saySentence } from '../words/sentences.ts';
import { CHOICE_FIELDS, chosen, type ChoiceField } from './asked.ts';

export interface NewCampaignParts {
  readonly typed: Typed;
  /** Under it the campaign is started once, however often it is sent. */
  readonly commandId: string;
  readonly csrf: string;
  readonly faults: readonly Fault[];
  readonly language: Language;
}

const ACTION = '/campagne/nuova';
const WITH_CASE = ['RECOGNITION', 'DESIGN', 'IMPLEMENTATION', 'MANAGEMENT', 'EXITING', 'CLOSED'] as const;

/** The first step: which act, on which comuni, at which pace. */
export function ChooseForm({ acts, ...parts }: NewCampaignParts & { readonly acts: readonly Choice[] }): VNode {
  const { typed, language, faults } = parts;
  return (
    <>
      <FaultSummary faults={faults} fields={[]} language={language} />
      <Form {...parts}>
        <TextField name="c.name" typed={typed} label={CAMPAIGNS.name[language]} help={CAMPAIGNS.nameHelp[language]} maxLength={100} />
        <SelectField name="c.act" typed={typed} label={CAMPAIGNS.act[language]} help={CAMPAIGNS.actHelp[language]} options={acts} />
        <fieldset class="group">
          <legend>{CAMPAIGNS.comuni[language]}</legend>
          <div class="field">
            <label for={idOf('c.list')}>{CAMPAIGNS.byList[language]}</label>
            <p class="help" id={`${idOf('c.list')}-help`}>{CAMPAIGNS.byListHelp[language]}</p>
            <textarea id={idOf('c.list')} name="c.list" rows={4} aria-describedby={`${idOf('c.list')}-help`}>{chosen(typed, 'c.list')}</textarea>
          </div>
          <TextField name="c.q" typed={typed} label={CAMPAIGNS.text[language]} maxLength={100} />
          <SelectField name="c.phase" typed={typed} label={CAMPAIGNS.phase[language]} options={[{ value: '', text: CAMPAIGNS.any[language] }, ...WITH_CASE.map((phase) => ({ value: phase, text: wordOf(PHASES, phase, language) }))]} />
        </fieldset>
        <TextField name="c.perMinute" typed={typed} label={CAMPAIGNS.perMinute[language]} isNumber />
        <TextField name="c.parallel" typed={typed} label={CAMPAIGNS.parallel[language]} isNumber />
        <TextField name="c.stopAfter" typed={typed} label={CAMPAIGNS.stopAfter[language]} isNumber />
        <p class="actions"><button type="submit" name="step" value="data" class="btn btn-primary">{CAMPAIGNS.next[language]}</button></p>
      </Form>
    </>
  );
}

/** The second step, of an act that has data: the very form of its command. */
export function DataForm({ command, fields, ...parts }: NewCampaignParts & { readonly command: string; readonly fields: readonly Field[] }): VNode {
  const { typed, language, faults } = parts;
  return (
    <>
      <FaultSummary faults={faults} fields={inputsOf(fields)} language={language} />
      <p>{fields.length === 0 ? SENDING.noFields[language] : SENDING.required[language]}</p>
      <Form {...parts} keeps={CHOICE_FIELDS}>
        <Fields fields={fields} language={language} command={command} typed={typed} faults={faults} choices={NO_CHOICES} />
        <p class="actions">
          <button type="submit" name="step" value="check" class="btn btn-primary">{CAMPAIGNS.check[language]}</button>
          <button type="submit" name="step" value="choose" class="btn btn-outline-secondary">{CAMPAIGNS.edit[language]}</button>
        </p>
      </Form>
    </>
  );
}

/** The third: what would become of each, before anything begins. */
export function PreviewPage({ act, targets, bodies, ...parts }: NewCampaignParts & { readonly act: string; readonly targets: readonly Target[]; readonly bodies: Bodies }): VNode {
  const { typed, language } = parts;
  const skipped = targets.filter(({ refused }) => refused !== null);
  const possible = targets.filter(({ refused }) => refused === null);
  const nameOf = (body: string) => bodies.find(body)?.name ?? body;
  return (
    <>
      <p class="notice">{CAMPAIGNS.preview[language]}</p>
      <p><strong>{chosen(typed, 'c.name')}</strong>: {act}</p>
      <p><strong>{possible.length}</strong> {CAMPAIGNS.possible[language]}</p>
      {possible.length === 0 ? null : <details><summary>{CAMPAIGNS.comuni[language]}</summary><p>{possible.map(({ body }) => nameOf(body)).join(', ')}</p></details>}
      {skipped.length === 0 ? null : (
        <>
          <h2>{skipped.length} {CAMPAIGNS.skippedBefore[language]}</h2>
          <table class="table stack">
            <caption class="visually-hidden">{CAMPAIGNS.skippedBefore[language]}</caption>
            <thead><tr><th scope="col">{CAMPAIGNS.comune[language]}</th><th scope="col">{CAMPAIGNS.why[language]}</th></tr></thead>
            <tbody>
              {skipped.map(({ body, refused }) => (
                <tr key={body}>
                  <th scope="row">{nameOf(body)}</th>
                  <td data-label={CAMPAIGNS.why[language]}>{(refused?.reasons ?? []).map((reason) => saySentence(readReason(reason).message[language], language)).join(' ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <Form {...parts} keeps={[...typed.keys()].filter((name) => !ENVELOPE.has(name))}>
        <p class="muted">{CAMPAIGNS.undo[language]}</p>
        <p class="actions">
          {possible.length === 0 ? null : <button type="submit" name="step" value="send" class="btn btn-primary">{CAMPAIGNS.send[language]}</button>}
          <button type="submit" name="step" value="choose" class="btn btn-outline-secondary">{CAMPAIGNS.edit[language]}</button>
        </p>
      </Form>
    </>
  );
}

const ENVELOPE: ReadonlySet<string> = new Set(['csrf', 'commandId', 'step']);

function Form({ typed, commandId, csrf, keeps = [], children }: NewCampaignParts & { readonly keeps?: readonly string[]; readonly children: ComponentChildren }): VNode {
  return (
    <form method="post" action={ACTION} novalidate class="data">
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="commandId" value={commandId} />
      {keeps.flatMap((name) => (typed.get(name) ?? []).map((value, index) => <input type="hidden" name={name} value={value} key={`${name} ${index}`} />))}
      {children}
    </form>
  );
}

interface FieldParts {
  readonly name: ChoiceField;
  readonly typed: Typed;
  readonly label: string;
  readonly help?: string;
}

function TextField({ name, typed, label, help, maxLength, isNumber }: FieldParts & { readonly maxLength?: number; readonly isNumber?: boolean }): VNode {
  const id = idOf(name);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {help === undefined ? null : <p class="help" id={`${id}-help`}>{help}</p>}
      <input type="text" id={id} name={name} value={chosen(typed, name)} maxLength={maxLength} inputMode={isNumber === true ? 'numeric' : undefined} autocomplete="off" aria-describedby={help === undefined ? undefined : `${id}-help`} />
    </div>
  );
}

function SelectField({ name, typed, label, help, options }: FieldParts & { readonly options: readonly Choice[] }): VNode {
  const id = idOf(name);
  const value = chosen(typed, name);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {help === undefined ? null : <p class="help" id={`${id}-help`}>{help}</p>}
      <select id={id} name={name} aria-describedby={help === undefined ? undefined : `${id}-help`}>
        {options.map((option) => <option key={option.value} value={option.value} selected={option.value === value}>{option.text}</option>)}
      </select>
    </div>
  );
}
