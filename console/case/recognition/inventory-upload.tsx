import type { VNode } from 'preact';
import type { Language } from '../../../domain/shared/bilingual.ts';
import { FileNotice } from '../../forms/expired.tsx';
import { inputsOf, type Input } from '../../forms/fields.ts';
import type { Fault } from '../../forms/form.tsx';
import { filled } from '../../words/audit.ts';
import { fieldWords } from '../../words/fields.ts';
import { INVENTORY_FILE } from '../../words/recognition.ts';
import type { Inventory } from './parts.ts';

/** A list of some hundred entries is far below it. */
export const MOST_KB = 512;

export const FILE: Input = { kind: 'text', path: 'file', required: true, options: [], numeric: false, maxLength: undefined, min: undefined, max: undefined };

/** The form by which a list comes as a file, folded unless something is wrong with one. */
export function InventoryUpload({ path, part, csrf, faults, language }: {
  readonly path: string; readonly part: Inventory; readonly csrf: string; readonly faults: readonly Fault[]; readonly language: Language;
}): VNode {
  const isBad = faults.length > 0;
  return (
    <details class="mt-3" open={isBad}>
      <summary>{INVENTORY_FILE.title[language]}</summary>
      <FileNotice to={path} language={language} />
      <form method="post" action={`${path}/file`} enctype="multipart/form-data">
        <input type="hidden" name="csrf" value={csrf} />
        <div class={isBad ? 'field bad' : 'field'}>
          <label for="f-file">{INVENTORY_FILE.file[language]}</label>
          <p class="help" id="f-file-help">{filled(INVENTORY_FILE.help[language], { n: MOST_KB })}</p>
          <input id="f-file" name="file" type="file" accept=".csv,.json,text/csv,application/json" aria-describedby={isBad ? 'f-file-help f-file-error' : 'f-file-help'} aria-invalid={isBad ? 'true' : undefined} />
          {isBad ? <div id="f-file-error">{faults.map(({ message }) => <p class="error" key={message}>{message}</p>)}</div> : null}
        </div>
        <div class="actions"><button type="submit" class="btn btn-outline-primary">{INVENTORY_FILE.send[language]}</button></div>
      </form>
      <h3>{INVENTORY_FILE.columns[language]}</h3>
      <p class="small">{INVENTORY_FILE.columnsHelp[language]}</p>
      <ul class="small">{inputsOf(part.fields).map(({ path: name }) => <li key={name}><span class="code">{name}</span>: {fieldWords(part.words, name).label[language]}</li>)}</ul>
    </details>
  );
}
