import type { VNode } from 'preact';
import type { Preview } from '../../api/territory/preview.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { WORDS as KINDS } from '../../domain/territory/decide.ts';
import type { Typed } from '../forms/read.ts';
import { PHASES } from '../words/codes.ts';
import { sayDate, sayNumber } from '../words/dates.ts';
import { wordOf } from '../words/say.ts';
import { CHANGES_WORDS as WORDS } from '../words/territory-changes.ts';

export interface PreviewParts {
  readonly preview: Preview;
  /** What is sent again, as it was typed. */
  readonly typed: Typed;
  readonly action: string;
  /** On the button that does it. */
  readonly confirm: string;
  /** A withdrawal: the change is read as if it had never been. */
  readonly isWithdrawal?: boolean;
  readonly csrf: string;
  readonly language: Language;
}

/** What would be recorded, and what would come of it; from here it is done, or changed. */
export function PreviewNotice({ preview: { change, comuniBefore, comuniAfter, cases }, typed, action, confirm, isWithdrawal = false, csrf, language }: PreviewParts): VNode {
  return (
    <div class="notice">
      <h2 class="h5 mt-0">{WORDS.would[language]}</h2>
      <dl class="facts">
        <div><dt>{WORDS.change[language]}</dt><dd>{KINDS[change.type][language]}, {WORDS.since[language]} {sayDate(change.on, language)}</dd></div>
        {change.predecessors.length === 0 ? null : <div><dt>{WORDS.before[language]}</dt><dd>{change.predecessors.join(', ')}</dd></div>}
        <div><dt>{WORDS.after[language]}</dt><dd>{change.successors.map(({ ipaCode, istatCode, name, population }) => `${name} (${ipaCode}, ISTAT ${istatCode}, ${sayNumber(population, language)} ${WORDS.people[language]})`).join('; ')}</dd></div>
        <div><dt>{WORDS.act[language]}</dt><dd>{change.act.title}</dd></div>
      </dl>
      <p>{(isWithdrawal ? WORDS.countsWithout : WORDS.counts)[language]}: {sayNumber(comuniBefore, language)} → {sayNumber(comuniAfter, language)}.</p>
      <p>{cases.length === 0 ? WORDS.noneTouched[language] : `${WORDS.touched[language]}:`}</p>
      {cases.length === 0 ? null : <ul>{cases.map(({ adhesion, phase, migrations }) => <li key={adhesion}><a href={`/pratiche/${adhesion}`}>{adhesion}</a>: {wordOf(PHASES, phase, language)}{migrations.length === 0 ? '' : ` (${migrations.map(({ id }) => id).join(', ')})`}</li>)}</ul>}
      <form method="post" action={action} noValidate>
        <input type="hidden" name="csrf" value={csrf} />
        {[...typed].flatMap(([name, values]) => values.map((value) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />))}
        <div class="actions">
          <button type="submit" name="step" value="record" class="btn btn-primary">{confirm}</button>
          <button type="submit" name="step" value="edit" class="btn btn-outline-secondary">{WORDS.edit[language]}</button>
        </div>
      </form>
    </div>
  );
}
