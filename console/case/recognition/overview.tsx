import type { VNode } from 'preact';
import type { Draft } from '../../../db/vault/drafts.ts';
import { DIMENSIONS } from '../../../domain/adhesion/recognition/terms.ts';
import type { Language } from '../../../domain/shared/bilingual.ts';
import type { Reason } from '../../../domain/shared/reason.ts';
import type { Choices, Fault } from '../../forms/form.tsx';
import { typedOf } from '../../forms/read.ts';
import { ROLE_NAMES } from '../../words/frame.ts';
import { sayInstant } from '../../words/dates.ts';
import { RECOGNITION } from '../../words/recognition.ts';
import { saySentence } from '../../words/sentences.ts';
import { Given, Hidden, type Envelope } from '../command-page.tsx';
import { answered, COMMAND, partAt, PARTS, type DraftData, type Part } from './parts.ts';

export interface OverviewParts {
  readonly id: string;
  readonly draft: Draft | undefined;
  /** Why it can't be submitted as the case stands; empty when it can. */
  readonly reasons: readonly Reason[];
  readonly faults: readonly Fault[];
  readonly notice: string | undefined;
  /** There is a submission to begin with. */
  readonly hasLast: boolean;
  readonly language: Language;
  readonly envelope: Envelope;
}

/** How far the questionnaire is: its parts, what is missing, and the way to submit it. */
export function Overview({ id, draft, reasons, faults, notice, hasLast, language, envelope }: OverviewParts): VNode {
  const data = draft?.data ?? {};
  const count = answered(data);
  const progress = RECOGNITION.progress[language].replace('{n}', String(count)).replace('{all}', String(DIMENSIONS.length));
  return (
    <>
      {notice === undefined ? null : <div class="notice warn" role="alert"><p>{notice}</p></div>}
      {faults.length === 0 ? null : <Missing id={id} faults={faults} language={language} />}
      <p>{RECOGNITION.intro[language]}</p>
      <p><strong id="progress">{progress}</strong></p>
      <progress max={DIMENSIONS.length} value={count} aria-labelledby="progress" />
      <p class="small muted">{draft === undefined ? RECOGNITION.notSaved[language] : `${RECOGNITION.savedAt[language]} ${sayInstant(draft.savedAt, language)} (${ROLE_NAMES[draft.savedBy][language]})`}</p>
      {reasons.length === 0 ? null : <div class="notice"><p>{RECOGNITION.notYet[language]} {reasons.map((reason) => saySentence(reason.message[language], language, COMMAND)).join(' ')}</p></div>}
      <h2>{RECOGNITION.sections[language]}</h2>
      <ol class="parts">{PARTS.map((part) => <PartItem key={part.slug} part={part} data={data} id={id} language={language} />)}</ol>
      <form method="post" action={envelope.action}>
        <Hidden envelope={envelope} />
        <input type="hidden" name="draft" value={draft?.version ?? ''} />
        <div class="actions">
          <button type="submit" name="step" value="check" class="btn btn-primary">{RECOGNITION.check[language]}</button>
          {draft === undefined && hasLast ? <button type="submit" name="step" value="last" class="btn btn-outline-primary">{RECOGNITION.lastTime[language]}</button> : null}
        </div>
        {draft === undefined ? null : (
          <details>
            <summary>{RECOGNITION.discard[language]}</summary>
            <p>{RECOGNITION.discardHelp[language]}</p>
            <button type="submit" name="step" value="discard" class="btn btn-outline-danger">{RECOGNITION.discard[language]}</button>
          </details>
        )}
      </form>
    </>
  );
}

function PartItem({ part, data, id, language }: { readonly part: Part; readonly data: DraftData; readonly id: string; readonly language: Language }): VNode {
  const standing = part.standing(data);
  const records = part.kind === 'inventory' ? part.records(data).length : 0;
  const mark = { done: RECOGNITION.done, partly: RECOGNITION.partly, empty: RECOGNITION.empty, optional: RECOGNITION.optional }[standing][language];
  return (
    <li>
      <a href={`/pratiche/${id}/ricognizione/${part.slug}`}>{part.title[language]}</a>{' '}
      <span class={`tag part-${standing}`}>{records > 0 ? RECOGNITION.records[language].replace('{n}', String(records)) : mark}</span>
    </li>
  );
}

/** What is missing, each leading to the part in which it is given. */
function Missing({ id, faults, language }: Pick<OverviewParts, 'id' | 'faults' | 'language'>): VNode {
  return (
    <div class="notice fault" role="alert" tabIndex={-1} autofocus id="faults">
      <h2 class="h5 mt-0">{RECOGNITION.missing[language]}</h2>
      <ul>
        {faults.map(({ message, path = '' }) => {
          const part = partAt(path);
          return <li key={`${path} ${message}`}>{part === undefined ? message : <a href={`/pratiche/${id}/ricognizione/${part.slug}`}>{part.title[language]}: {message}</a>}</li>;
        })}
      </ul>
    </div>
  );
}

/** All that is submitted, part by part. */
export function Submission({ data, language, choices }: { readonly data: DraftData; readonly language: Language; readonly choices: Choices }): VNode {
  return (
    <>
      {PARTS.map((part) => (
        <section key={part.slug}>
          <h3>{part.title[language]}</h3>
          {part.kind === 'inventory'
            ? <p>{RECOGNITION.records[language].replace('{n}', String(part.records(data).length))}{part.records(data).length === 0 ? '' : `: ${part.records(data).map(({ code }) => code).join(', ')}`}</p>
            : Given({ fields: part.fields, typed: typedOf(part.fields, part.read(data)), command: COMMAND, language, choices })}
        </section>
      ))}
    </>
  );
}
