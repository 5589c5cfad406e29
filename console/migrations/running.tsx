import type { VNode } from 'preact';
import type { MigrationView } from '../../domain/migration/index.ts';
import { compareInstants, type Instant } from '../../domain/shared/civil-date.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import { CALL_STATES, OPERATIONS } from '../words/brokers.ts';
import { CODES, optionInWords } from '../words/codes.ts';
import { migrationStage } from '../../domain/migration/words.ts';
import { sayInstant } from '../words/dates.ts';
import { CAUSES, DEFECT_STATES, HOLDS, INSTANCE_STATES, MIGRATION_PAGE, undoneStep } from '../words/migration.ts';
import { wordOf } from '../words/say.ts';

export interface RunningParts {
  readonly view: MigrationView;
  /** Address of the page. */
  readonly path: string;
  readonly open: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, string>;
  readonly now: Instant;
  readonly language: Language;
}

/** What holds the migration up or takes it back: said before all else. */
export function Held({ view: { suspension, rollback }, language }: Pick<RunningParts, 'view' | 'language'>): VNode | null {
  if (suspension === null && rollback === null) return null;
  return (
    <div class="notice warn">
      {suspension === null ? null : <p><strong>{MIGRATION_PAGE.suspended[language]}</strong> {suspension.holds.map((hold) => wordOf(HOLDS, hold, language)).join(', ')} ({sayInstant(suspension.since, language)}); {language === 'it' ? 'era' : 'it was'} {migrationStage(suspension.from)[language]}.</p>}
      {rollback === null ? null : <p><strong>{MIGRATION_PAGE.rollingBack[language]}</strong> {wordOf(CAUSES, rollback.cause, language)} ({sayInstant(rollback.since, language)}).</p>}
    </div>
  );
}

/** What does not work, the gravest first. */
export function Defects({ view: { defects }, path, open, texts, language }: RunningParts): VNode | null {
  if (defects.length === 0) return null;
  return (
    <>
      <h2>{MIGRATION_PAGE.defects[language]}</h2>
      <table class="table stack">
        <caption class="visually-hidden">{MIGRATION_PAGE.defects[language]}</caption>
        <thead><tr><th scope="col">{MIGRATION_PAGE.defect[language]}</th><th scope="col">{MIGRATION_PAGE.severity[language]}</th><th scope="col">{MIGRATION_PAGE.outcome[language]}</th></tr></thead>
        <tbody>
          {defects.toSorted((a, b) => a.severity - b.severity).map(({ defectNo, severity, state, reportedAt, dueAt, resolvedAt, description }) => (
            <tr key={defectNo}>
              <th scope="row">{defectNo} <span class={state === 'RESOLVED' ? 'tag mine' : 'tag late'}>{wordOf(DEFECT_STATES, state, language)}</span></th>
              <td data-label={MIGRATION_PAGE.severity[language]}>{optionInWords('severity', String(severity), language)}</td>
              <td data-label={MIGRATION_PAGE.outcome[language]}>
                <p>{MIGRATION_PAGE.reported[language]} {sayInstant(reportedAt, language)}{dueAt === null || resolvedAt !== null ? '' : `; ${MIGRATION_PAGE.dueBy[language].toLowerCase()} ${sayInstant(dueAt, language)}`}.</p>
                {description === null ? null : <p>{texts.get(description.textId)}</p>}
                {state !== 'RESOLVED' && open.has('ResolveDefect') ? <a href={`${path}/comandi/ResolveDefect?${new URLSearchParams({ defectNo }).toString()}`}>{language === 'it' ? 'Registra la soluzione' : 'Record that it is resolved'}<span class="visually-hidden"> {defectNo}</span></a> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** What stands at the broker, and the calls to it that are under way, failed or were skipped. */
export function AtBroker({ view: { instance, effects }, path, open, language }: RunningParts): VNode | null {
  if (instance === undefined && effects.length === 0) return null;
  return (
    <>
      <h2>{MIGRATION_PAGE.broker[language]}</h2>
      {instance === undefined ? null : <p>{MIGRATION_PAGE.instance[language]} <span class="code">{instance.id}</span>: {wordOf(INSTANCE_STATES, instance.state, language)}.</p>}
      {effects.map((effect) => <Effect key={effect.key} effect={effect} path={path} open={open} language={language} />)}
    </>
  );
}

/** One call to a broker: what it was for, how it stands, and the ways on. */
export function Effect({ effect: { key, operation, state, code, status, since }, path, open, language }: Pick<RunningParts, 'path' | 'open' | 'language'> & { readonly effect: MigrationView['effects'][number] }): VNode {
  const ask = new URLSearchParams({ key }).toString();
  const ways = ([['RetryEffect', MIGRATION_PAGE.retry], ['SkipEffect', MIGRATION_PAGE.skip]] as const).filter(([command]) => state === 'FAILED' && open.has(command));
  return (
    <div class="sheet">
      <p><strong>{wordOf(OPERATIONS, operation, language)}</strong> <span class={state === 'FAILED' ? 'tag late' : 'tag'}>{wordOf(CALL_STATES, state, language)}</span></p>
      {code === null ? null : <p>{wordOf(CODES, code, language)}{status === null ? '' : ` (HTTP ${status})`}.</p>}
      <p class="small muted">{MIGRATION_PAGE.since[language]} {sayInstant(since, language)}</p>
      {ways.length === 0 ? null : <p class="actions">{ways.map(([command, word], index) => <a key={command} class={`btn ${index === 0 ? 'btn-primary' : 'btn-outline-primary'}`} href={`${path}/comandi/${command}?${ask}`}>{word[language]}<span class="visually-hidden">: {wordOf(OPERATIONS, operation, language)}</span></a>)}</p>}
    </div>
  );
}

/** What a roll-back would undo, and until when it needs no act. */
export function WayBack({ view: { undo, pointOfNoReturn, workItems }, path, open, now, language }: RunningParts): VNode | null {
  if (undo.length === 0) return null;
  const titles = new Map(workItems.map(({ id, title }) => [id, title]));
  return (
    <>
      <h2>{MIGRATION_PAGE.back[language]}</h2>
      {pointOfNoReturn === null ? null : (
        <p><strong>{MIGRATION_PAGE.noReturn[language]}:</strong> {sayInstant(pointOfNoReturn, language)}. {compareInstants(now, pointOfNoReturn) >= 0 ? MIGRATION_PAGE.needsAct[language] : MIGRATION_PAGE.untilThen[language]}</p>
      )}
      <p>{MIGRATION_PAGE.undoes[language]}</p>
      <ol>{undo.map((step) => <li key={step}>{capital(undoneStep(step, (id) => titles.get(id))[language])}</li>)}</ol>
      {open.has('RollBack') ? <p class="actions"><a class="btn btn-outline-primary" href={`${path}/comandi/RollBack`}>{MIGRATION_PAGE.rollBack[language]}</a></p> : null}
    </>
  );
}
