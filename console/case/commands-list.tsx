import type { VNode } from 'preact';
import type { CaseKind } from '../../api/cases/kinds.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import type { AllowedItem } from '../../domain/shared/process.ts';
import { CASE } from '../words/case.ts';
import { commandTitle } from '../words/commands.ts';
import { EVENTS } from '../words/events.ts';
import { wordOf } from '../words/say.ts';
import { saySentence } from '../words/sentences.ts';
import { pathOfForm } from './commands.ts';

/** What has just been done, said once more after every reload: nothing is sent by it. */
export function Recorded({ events, language }: { readonly events: readonly string[]; readonly language: Language }): VNode {
  return (
    <div class="notice done" role="status">
      <p><strong>{CASE.done[language]}:</strong> {events.map((type) => wordOf(EVENTS, type, language)).join('; ')}.</p>
      <p>{events.includes('FactParked') ? CASE.kept[language] : CASE.doneNote[language]}</p>
    </div>
  );
}

/** What may be recorded of a case at an address, and what may not be recorded yet, and why. */
export function Commands({ path, kind, allowed, language }: { readonly path: string; readonly kind: CaseKind; readonly allowed: readonly AllowedItem[]; readonly language: Language }): VNode {
  const withForm = allowed.filter(({ command }) => pathOfForm(path, command, kind) !== null);
  const may = withForm.filter((item) => item.allowed);
  const mayNot = withForm.filter((item) => !item.allowed);
  return (
    <>
      <h2>{CASE.may[language]}</h2>
      {may.length === 0 ? <p>{CASE.mayNothing[language]}</p> : (
        <ul>{may.map(({ command }) => <li key={command}><a href={pathOfForm(path, command, kind) ?? ''}>{commandTitle(command)[language]}</a></li>)}</ul>
      )}
      {mayNot.length === 0 ? null : (
        <details class="no-print">
          <summary>{CASE.mayNot[language]} ({mayNot.length})</summary>
          <dl>
            {mayNot.map(({ command, reasons }) => (
              <div key={command}><dt>{commandTitle(command)[language]}</dt><dd>{reasons.map(({ message }) => saySentence(message[language], language, command)).join(' ')}</dd></div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
