import type { VNode } from 'preact';
import type { AdhesionView } from '../../domain/adhesion/index.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { CHANGES_WORDS as WORDS } from '../words/territory-changes.ts';
import { sayDate } from '../words/dates.ts';

/** Where a case comes from, and where it goes on; nothing of a case that begins and ends with its body. */
export function LineageNotice({ view: { lineage }, language }: { readonly view: AdhesionView; readonly language: Language }): VNode {
  const { succeededBy, inheritedFrom, importedFrom } = lineage;
  return (
    <>
      {succeededBy === null ? null : (
        <div class="notice warn">
          <p>{WORDS.succeeded[language]} {sayDate(succeededBy.on, language)}. {WORDS.goesOn[language]}: {succeededBy.cases.map(({ adhesion }, index) => <span key={adhesion}>{index === 0 ? '' : ', '}<a href={`/pratiche/${adhesion}`}>{adhesion}</a></span>)}.</p>
        </div>
      )}
      {inheritedFrom.map(({ change, on, cases }) => (
        <div class="notice" key={change}>
          <p>{WORDS.inherited[language]} {sayDate(on, language)}. {WORDS.comesFrom[language]}:</p>
          <ul>
            {cases.map(({ adhesion, base, migrations }) => (
              <li key={adhesion}>
                <a href={`/pratiche/${adhesion}`}>{adhesion}</a>{base ? `, ${WORDS.base[language]}` : ''}
                {migrations.length === 0 ? null : <>. {WORDS.services[language]}: {migrations.map(({ id }, index) => <span key={id}>{index === 0 ? '' : ', '}<a href={`/migrazioni/${id}`}>{id}</a></span>)}</>}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {importedFrom === null ? null : <div class="notice"><p>{WORDS.imported[language]}: {importedFrom.map(({ title, protocolNo }) => (protocolNo === undefined ? title : `${title} (${protocolNo})`)).join('; ')}.</p></div>}
    </>
  );
}
