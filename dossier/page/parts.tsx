import type { VNode } from 'preact';
import { EVENTS } from '../../console/words/events.ts';
import { ROLE_NAMES } from '../../console/words/frame.ts';
import { wordOf } from '../../console/words/say.ts';
import type { Actor } from '../../domain/shared/actor.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import type { DossierVerdict } from '../check.ts';
import type { EventVerdict } from '../check-events.ts';
import { digestsIn, runsIn, streamsOf, type LeafProof } from '../contents.ts';
import { parse } from '../records.ts';
import { FaultLine, Mark, type Say } from './shared.tsx';
import { ARCHIVE_EVENTS, WORDS } from './words.ts';

interface Part {
  readonly verdict: DossierVerdict;
  readonly language: Language;
  readonly say: Say;
}

/** What happened, event by event, each with what was verified of it. */
export function Timeline({ verdict: { case: id, events }, proofs, language, say }: Part & { readonly proofs: Buffer }): VNode {
  const listed: { readonly list?: readonly LeafProof[] } | undefined = parse(Buffer.concat([Buffer.from('{"list":'), proofs, Buffer.from('}')]));
  const hashes = new Map((Array.isArray(listed?.list) ? listed.list : []).map((proof) => [proof.leaf, proof.hashes]));
  return (
    <section>
      <h2>{say(WORDS.timeline)}</h2>
      <p>{say(WORDS.timelineHelp)}</p>
      <ol class="timeline">
        {events.map((one, at) => <EventLine id={id} one={one} path={hashes.get(one.leaf ?? -1) ?? []} language={language} say={say} key={at} />)}
      </ol>
    </section>
  );
}

function EventLine({ id, one, path, language, say }: { readonly id: string; readonly one: EventVerdict; readonly path: readonly string[]; readonly language: Language; readonly say: Say }): VNode {
  const { event: { stream, version, type, data, actor, recordedAt, effectiveOn, commandId, prevHash }, hash, leaf, faults } = one;
  const good = faults.length === 0;
  return (
    <li class={good ? 'good' : 'bad'} data-event={`${stream}@${version}`} data-good={good}>
      <h3>{wordOf({ ...EVENTS, ...ARCHIVE_EVENTS }, type, language)}</h3>{' '}
      {stream === streamsOf(id, []).own ? null : <span class="tag">{stream.startsWith('archive/') ? say(WORDS.ofArchive) : say(WORDS.ofMigration, { service: stream.slice(stream.indexOf('.') + 1) })}</span>}
      <p>
        <Mark good={good} /> <span class="visually-hidden">{say(good ? WORDS.holds : WORDS.fails)}. </span>
        {sayTime(recordedAt, language)} · {sayActor(actor, language, say)}{typeof effectiveOn === 'string' ? ` · ${say(WORDS.effective, { day: sayDay(effectiveOn, language) })}` : ''}
      </p>
      {faults.map((fault) => <p class="fault" key={fault.code}><FaultLine fault={fault} /></p>)}
      <details>
        <summary>{say(WORDS.more)}<span class="visually-hidden"> {stream}, {version}</span></summary>
        <dl class="facts">
          <div><dt>{say(WORDS.hash)}</dt><dd class="code">{hash}</dd></div>
          <div><dt>{say(WORDS.before)}</dt><dd class="code">{prevHash ?? say(WORDS.first)}</dd></div>
          <div><dt>{say(WORDS.leaf)}</dt><dd>{leaf ?? '–'}</dd></div>
          <div><dt>{say(WORDS.command)}</dt><dd class="code">{commandId}</dd></div>
          <div><dt>{say(WORDS.actor)}</dt><dd class="code">{actor.subject}</dd></div>
        </dl>
        <p class="label">{say(WORDS.path)}</p>
        <ol class="path">{path.map((step, at) => <li class="code" key={at}>{step}</li>)}</ol>
        <p class="label">{say(WORDS.data)}</p>
        <pre class="code">{JSON.stringify(data, null, 2)}</pre>
      </details>
    </li>
  );
}

/** Digests, each with the events that name it. */
export function Documents({ verdict: { events }, language, say }: Part): VNode {
  const digests = Map.groupBy(digestsIn(events.map(({ event }) => event)), ({ sha256 }) => sha256);
  const types = new Map(events.map(({ event: { stream, version, type } }) => [`${stream}@${version}`, type]));
  return (
    <section>
      <h2>{say(WORDS.documents)}</h2>
      <p>{say(digests.size === 0 ? WORDS.noDocuments : WORDS.documentsHelp)}</p>
      {[...digests].map(([sha256, named]) => (
        <dl class="facts sheet" key={sha256}>
          <div class="wide"><dt>{say(WORDS.digest)}</dt><dd class="code">{sha256}</dd></div>
          <div class="wide"><dt>{say(WORDS.namedBy)}</dt><dd>{[...new Set(named.map(({ stream, version }) => wordOf(EVENTS, types.get(`${stream}@${version}`) ?? '', language)))].join(', ')}</dd></div>
        </dl>
      ))}
    </section>
  );
}

/** Runs whose histories are in the dossier, and what ran them. */
export function Runs({ verdict: { events }, say }: Omit<Part, 'language'>): VNode {
  const runs = runsIn(events.map(({ event }) => event));
  return (
    <section>
      <h2>{say(WORDS.runs)}</h2>
      <p>{say(runs.length === 0 ? WORDS.noRuns : WORDS.runsHelp)}</p>
      {runs.map(({ runId, workflowId, state, length, hash, bundles }) => (
        <dl class="facts sheet" key={runId}>
          <div class="wide"><dt>{say(WORDS.run)}</dt><dd class="code">{workflowId} · {runId}</dd></div>
          <div><dt>{say(WORDS.state)}</dt><dd class="code">{state}</dd></div>
          <div><dt>{say(WORDS.length)}</dt><dd>{length}</dd></div>
          <div class="wide"><dt>{say(WORDS.history)}</dt><dd class="code">{hash}</dd></div>
          {bundles.map((bundle) => <div class="wide" key={bundle}><dt>{say(WORDS.program)}</dt><dd class="code">{bundle}</dd></div>)}
        </dl>
      ))}
    </section>
  );
}

function sayActor({ role, body }: Actor, language: Language, say: Say): string {
  const name = role === 'engine' ? say(WORDS.engine) : Object.hasOwn(ROLE_NAMES, role) ? ROLE_NAMES[role][language] : role;
  return role === 'member' ? `${name} (${String(body)})` : name;
}

const LOCALES = { it: 'it-IT', en: 'en-GB' } as const;

/** As the clock on a wall in Rome showed it; what is no instant stays as it is. */
function sayTime(instant: string, language: Language): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? instant : new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeStyle: 'medium', timeZone: 'Europe/Rome' }).format(at);
}

function sayDay(day: string, language: Language): string {
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? day : new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}
