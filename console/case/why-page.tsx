import type { VNode } from 'preact';
import { namedIn } from '../../api/cases/named.ts';
import { basisIn, type CaseLink, type CaseWhy } from '../../api/cases/why.ts';
import { commandTitle, whatInWords } from '../words/commands.ts';
import { processName } from '../../domain/processes.ts';
import { capital, type Bilingual, type Language } from '../../domain/shared/bilingual.ts';
import type { AppliedRule } from '../../domain/shared/why.ts';
import { Shown } from '../audit/values.tsx';
import { filled } from '../words/audit.ts';
import { elided, sayDate, sayInstant } from '../words/dates.ts';
import { EVENTS } from '../words/events.ts';
import { fieldWords } from '../words/fields.ts';
import { wordOf } from '../words/say.ts';
import { saySentence } from '../words/sentences.ts';
import { WHY } from '../words/why.ts';
import { Acts, type StoredActs } from './acts.tsx';
import { basisOf, whoOf } from './events-page.tsx';
import { labelOf, whyPath, type NameOf } from './why-link.tsx';

/** Events that a page shows; the earlier ones stand on the next. */
export const LINKS_A_PAGE = 20;

export interface WhyPageParts {
  readonly stream: string;
  /** Address of the page of the case. */
  readonly path: string;
  readonly view: object;
  readonly why: CaseWhy;
  /** Events of the case; more than were looked at where the case is shown as it was. */
  readonly head: number;
  /** Type of the event of a version. */
  readonly typeAt: (version: number) => string;
  readonly acts: StoredActs;
  readonly persons: ReadonlyMap<string, string>;
  readonly nameOf?: NameOf | undefined;
  /** Address of the case as it stood at an event, or of that event where there is none. */
  readonly eventAt: (version: number) => string;
  /** Whether there are pages that compare two versions. */
  readonly hasHistory: boolean;
  readonly language: Language;
}

/** Why a value is as it is: the events that made it so, and what each was computed from, down to what somebody said. */
export function WhyPage(parts: WhyPageParts): VNode {
  const { path, view, why: { field, value, version, chain }, head, persons, nameOf, language } = parts;
  const shown = chain.slice(0, LINKS_A_PAGE);
  const last = shown.at(-1)?.event.version ?? 1;
  return (
    <>
      <p class="lead"><strong>{labelOf(view, field, language, nameOf)}</strong>: <Shown view={view} field={field} value={value} persons={persons} language={language} /></p>
      {version === head ? <p class="muted">{filled(WHY.now[language], { n: head })}</p> : (
        <p class="notice warn">{filled(WHY.past[language], { n: version })} <a href={whyPath(path, field)}>{WHY.toNow[language]}</a></p>
      )}
      {chain.length === 0 ? <p>{WHY.never[language]}</p> : (
        <>
          <h2>{WHY.chain[language]}</h2>
          <ol class="timeline chain">{shown.map((link) => <LinkItem key={link.event.version} {...parts} link={link} />)}</ol>
        </>
      )}
      {chain.length > shown.length ? <p><a href={whyPath(path, field, last - 1)}>{WHY.older[language]}</a></p> : null}
    </>
  );
}

function LinkItem({ stream, path, view, why: { field }, typeAt, acts, persons, nameOf, eventAt, hasHistory, language, link }: WhyPageParts & { readonly link: CaseLink }): VNode {
  const { event, before, after, rule, corrects, reasons } = link;
  const { version, type, effectiveOn, data, position } = event;
  const value = (one: unknown) => <Shown view={view} field={field} value={one} persons={persons} language={language} />;
  const [named, basis] = [namedIn(data), basisIn(data)];
  const ofEvent = <span class="visually-hidden"> {filled(WHY.event[language], { n: version })}</span>;
  return (
    <li>
      <h3>{filled(WHY.event[language], { n: version })}: {wordOf(EVENTS, type, language)}</h3>
      <p class="turned">{before === null ? <span class="muted">{WHY.first[language]}</span> : <>{WHY.before[language]} <del>{value(before)}</del></>} <span aria-hidden="true">→</span> <strong>{value(after)}</strong></p>
      <ByWhom link={link} process={processName(stream)} typeAt={typeAt} eventAt={eventAt} language={language} />
      {reasons.map(({ message }) => <p key={message.it}>{WHY.refused[language]} {saySentence(message[language], language)}</p>)}
      {effectiveOn === undefined ? null : <p>{elided(filled(WHY.counts[language], { on: sayDate(effectiveOn, language) }))}</p>}
      {corrects === null ? null : <p><a href={eventAt(corrects)}>{filled(WHY.corrects[language], { n: corrects, event: wordOf(EVENTS, typeAt(corrects), language) })}</a></p>}
      {rule === null ? null : <><h4>{WHY.rule[language]}</h4><Rule rule={rule} path={path} view={view} after={version} persons={persons} nameOf={nameOf} language={language} /></>}
      {basis === null ? null : <p class="small muted">{WHY.versions[language]}: {basisOf(data, language)}.</p>}
      {named.numbers.length === 0 ? null : <p>{WHY.numbers[language]}: {named.numbers.map((number) => `${fieldWords('', number.field).label[language]} ${number.value}`).join('; ')}.</p>}
      <Acts path={path} digests={named.acts} stored={acts} language={language} short />
      <p class="small no-print">
        <a href={eventAt(version)}>{capital((hasHistory ? WHY.then : WHY.inList)[language])}{ofEvent}</a>
        {hasHistory && version > 1 ? <> · <a href={`${path}/differenze?da=${version - 1}&a=${version}`}>{WHY.changed[language]}{ofEvent}</a></> : null}
      </p>
      <p class="small muted">{filled(WHY.where[language], { id: `${stream}@${version}`, position })}</p>
    </li>
  );
}

/** Who brought an event, or that time did; a fact that had waited, and another case that told of it. */
function ByWhom({ link: { event, timer, parked, toldBy }, process, typeAt, eventAt, language }: {
  readonly link: CaseLink; readonly process: string; readonly typeAt: WhyPageParts['typeAt']; readonly eventAt: WhyPageParts['eventAt']; readonly language: Language;
}): VNode {
  const { actor, recordedAt, commandType } = event;
  if (timer !== null) {
    const words = { what: inSentence(whatInWords(timer.key), language), at: sayInstant(timer.at, language), n: timer.setBy, event: wordOf(EVENTS, typeAt(timer.setBy), language) };
    return <p>{elided(filled(WHY.itself[language], words))}{' '}<a href={eventAt(timer.setBy)}>{filled(WHY.event[language], { n: timer.setBy })}</a></p>;
  }
  return (
    <>
      <p>{elided(filled(WHY.by[language], { when: sayInstant(recordedAt, language), command: commandTitle(commandType, process)[language] }))} {whoOf(actor.role, language)}{actor.body === null ? '' : ` (${actor.body})`}, <span class="code">{actor.subject}</span></p>
      {parked === null ? null : (
        <p>{filled(WHY.waited[language], { n: parked.version, command: commandTitle(parked.type)[language] })} {whoOf(parked.actor.role, language)}, <span class="code">{parked.actor.subject}</span></p>
      )}
      {toldBy === null ? null : <p>{WHY.told[language]} <span class="code">{toldBy}</span></p>}
    </>
  );
}

function inSentence(words: Bilingual, language: Language): string {
  const text = words[language];
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A rule in words, and what it takes: each with the event that it comes from, and its own rule where it has one. */
function Rule({ rule: { computation: { says, law }, value, agrees, inputs }, path, view, after, persons, nameOf, language }: Pick<WhyPageParts, 'path' | 'view' | 'persons' | 'nameOf' | 'language'> & { readonly rule: AppliedRule; readonly after: number }): VNode {
  return (
    <>
      <p>{says[language]}{law === null ? null : <> ({law})</>}</p>
      <p class={agrees ? 'small muted' : 'notice warn'}>{agrees ? WHY.agrees[language] : <>{WHY.differs[language]} {JSON.stringify(value)}</>}</p>
      <p class="small">{WHY.from[language]}:</p>
      <ul class="tree">
        {inputs.map((input) => (
          <li key={input.field}>
            {labelOf(view, input.field, language, nameOf)}: <strong><Shown view={view} field={input.field} value={input.value} persons={persons} language={language} /></strong>{' '}
            <span class="small">({filled(WHY.since[language], { n: input.since })}) <a class="why" href={whyPath(path, input.field, after)}>{WHY.ask[language]}<span class="visually-hidden"> {labelOf(view, input.field, language, nameOf)}</span></a></span>
            {input.rule === null ? null : <Rule rule={input.rule} path={path} view={view} after={after} persons={persons} nameOf={nameOf} language={language} />}
          </li>
        ))}
      </ul>
    </>
  );
}
