import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Language } from '../../domain/shared/bilingual.ts';
import { NoteError, parseVerifier, type Verifier } from '../../tlog/note.ts';
import { checkArchive, checkDossier, type DossierVerdict } from '../check.ts';
import { FILES } from '../contents.ts';
import { Documents, Runs, Timeline } from './parts.tsx';
import { FaultLine, Mark, type Say } from './shared.tsx';
import { WORDS } from './words.ts';

/** The whole page: verified when it is opened, and shown as verified. `told` hears of language and title. */
export function Dossier({ files, first, told }: { readonly files: ReadonlyMap<string, Buffer>; readonly first: Language; readonly told: (language: Language, title: string) => void }): VNode {
  const [language, setLanguage] = useState(first);
  const verdict = useMemo(() => checkDossier(files, { keys: null, whole: false }), [files]);
  const [typed, setTyped] = useState('');
  const say: Say = (pair, values = {}) => pair[language].replaceAll(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ''));
  const title = say(WORDS.title, { case: verdict.case });
  useEffect(() => { told(language, `${title} · ${say(WORDS.service)}`); }, [language]);
  const opening: { readonly name?: string | null } | undefined = verdict.events.find(({ event }) => event.type === 'AdhesionOpened')?.event.data;
  return (
    <>
      <a class="skip" href="#contenuto">{say(WORDS.skip)}</a>
      <header>
        <div class="slim">
          <div class="container">
            <span class="owner">{say(WORDS.owner)}</span>
            <div class="languages" role="group" aria-label={say(WORDS.languages)}>
              {(['it', 'en'] as const).map((one) => (
                <button type="button" lang={one} aria-pressed={language === one} onClick={() => { setLanguage(one); }} key={one}>{one === 'it' ? 'Italiano' : 'English'}</button>
              ))}
            </div>
          </div>
        </div>
        <div class="container centre">
          <p class="name">{say(WORDS.service)}</p>
          <p class="tagline">{say(WORDS.tagline)}</p>
        </div>
      </header>
      <main id="contenuto" class="container" tabIndex={-1}>
        <h1>{title}{typeof opening?.name === 'string' ? ` · ${opening.name}` : ''}</h1>
        <Verdict verdict={verdict} isKnown={keyIn(typed, verdict) === 'IS'} say={say} />
        <Checks verdict={verdict} say={say} />
        <Key verdict={verdict} typed={typed} type={setTyped} say={say} />
        <Archive files={files} say={say} />
        <Timeline verdict={verdict} proofs={files.get(FILES.proofs) ?? Buffer.alloc(0)} language={language} say={say} />
        <Documents verdict={verdict} language={language} say={say} />
        <Runs verdict={verdict} say={say} />
      </main>
      <footer><div class="container"><p><strong>{say(WORDS.owner)}</strong> · Associa</p></div></footer>
    </>
  );
}

function Verdict({ verdict: { faults }, isKnown, say }: { readonly verdict: DossierVerdict; readonly isKnown: boolean; readonly say: Say }): VNode {
  const [first] = faults;
  if (first === undefined) {
    return (
      <div role="status" class={`verdict ${isKnown ? 'good' : 'open'}`} data-verdict="holds">
        <p><Mark good /> <strong>{say(WORDS.whole)}</strong></p>
        {isKnown ? null : <p>{say(WORDS.unsure)}</p>}
      </div>
    );
  }
  return (
    <div role="alert" class="verdict bad" data-verdict="fails">
      <p><Mark good={false} /> <strong>{say(WORDS.broken)}</strong></p>
      <p>{say(WORDS.brokenFirst)} <FaultLine fault={first} /></p>
      {faults.length === 1 ? null : (
        <details><summary>{say(WORDS.allFaults, { count: faults.length })}</summary><ul>{faults.map((fault, at) => <li key={at}><FaultLine fault={fault} /></li>)}</ul></details>
      )}
      <p class="small">{say(WORDS.faultsInEnglish)}</p>
    </div>
  );
}

/** Which faults belong to which line; what is in none is said of the files. */
const SIGNATURE = ['CHECKPOINT_NOT_SIGNED', 'KEY_UNREADABLE'];
const RECORDS = ['RECORD_UNREADABLE', 'VERSION_GAP', 'CHAIN_BROKEN', 'EVENT_OF_ANOTHER_CASE', 'CASE_MISSING'];
const INCLUSION = ['PROOF_MISSING', 'EVENT_ORDER', 'EVENT_NOT_IN_LOG', 'PROOF_WITHOUT_EVENT', 'PROOFS_UNREADABLE'];
const COMMANDS = ['COMMAND_MISSING', 'COMMAND_DIFFERS', 'COMMAND_WITHOUT_EVENT'];

function Checks({ verdict: { checked, checkpoint, faults }, say }: { readonly verdict: DossierVerdict; readonly say: Say }): VNode {
  const codes = faults.map(({ code }) => code);
  const none = (of: readonly string[]): boolean => !codes.some((code) => of.includes(code));
  const proven = none(SIGNATURE) && none(INCLUSION);
  const lines: readonly (readonly [text: string, good: boolean | null])[] = [
    [say(WORDS.signature, { leaves: checked['leaves'] ?? 0, origin: checkpoint?.origin ?? '?' }), checkpoint !== null && none(SIGNATURE)],
    [say(WORDS.records, { events: checked['events'] ?? 0, streams: checked['streams'] ?? 0 }), none(RECORDS)],
    [say(WORDS.inclusion), checkpoint !== null && proven],
    [say(WORDS.commands, { commands: checked['commands'] ?? 0 }), none(COMMANDS)],
    [say(WORDS.hashes, { histories: checked['histories'] ?? 0, bundles: checked['bundles'] ?? 0 }), checkpoint !== null && proven && none(RECORDS)],
    [say(WORDS.files), none(codes.filter((code) => ![...SIGNATURE, ...RECORDS, ...INCLUSION, ...COMMANDS].includes(code)))],
    [say(WORDS.replay), null],
    [say(WORDS.tail), null],
  ];
  return (
    <section>
      <h2>{say(WORDS.checks)}</h2>
      <ul class="checks">
        {lines.map(([text, good]) => (
          <li key={text} data-check={good === null ? 'none' : good ? 'good' : 'bad'}>
            {good === null ? <span class="mark none" aria-hidden="true">–</span> : <Mark good={good} />}
            <span>{text}. <strong>{say(good === null ? WORDS.notHere : good ? WORDS.holds : WORDS.fails)}.</strong></span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whether what was typed is a key that signed. */
function keyIn(typed: string, { checkpoint }: DossierVerdict): 'NOTHING' | 'NONE' | 'IS' | 'IS_NOT' {
  if (typed.trim() === '') return 'NOTHING';
  const key = verifierOf(typed.trim());
  if (key === null) return 'NONE';
  return checkpoint?.signedBy.some(({ text }) => text === key.text) === true ? 'IS' : 'IS_NOT';
}

function verifierOf(text: string): Verifier | null {
  try {
    return parseVerifier(text);
  } catch (error) {
    if (error instanceof NoteError) return null;
    throw error;
  }
}

const KEY_ANSWERS = { NOTHING: null, NONE: WORDS.keyNone, IS: WORDS.keyIs, IS_NOT: WORDS.keyIsNot } as const;

function Key({ verdict, typed, type, say }: { readonly verdict: DossierVerdict; readonly typed: string; readonly type: (text: string) => void; readonly say: Say }): VNode {
  const outcome = keyIn(typed, verdict);
  const answer = KEY_ANSWERS[outcome];
  return (
    <section>
      <h2>{say(WORDS.key)}</h2>
      <p>{say(WORDS.keyHelp)}</p>
      {verdict.checkpoint?.signedBy.map(({ text }) => <p class="code sheet" key={text}>{text}</p>)}
      <div class="field no-print">
        <label for="chiave">{say(WORDS.keyField)}</label>
        <input id="chiave" type="text" autocomplete="off" spellcheck={false} value={typed} aria-describedby="esito-chiave" onInput={(event) => { type(event.currentTarget.value); }} />
        <p id="esito-chiave" role="status">{answer === null ? '' : <><Mark good={outcome === 'IS'} /> {say(answer)}</>}</p>
      </div>
    </section>
  );
}

/** The zip, read by the page itself. */
function Archive({ files, say }: { readonly files: ReadonlyMap<string, Buffer>; readonly say: Say }): VNode {
  const [read, setRead] = useState<ReturnType<typeof checkArchive> | null>(null);
  const choose = async (file: Blob | undefined): Promise<void> => { setRead(file === undefined ? null : checkArchive(Buffer.from(await file.arrayBuffer()), null)); };
  const [fault] = read?.faults ?? [];
  const isSame = [FILES.checkpoint, FILES.proofs, FILES.events, FILES.commands].every((name) => read?.files.get(name)?.equals(files.get(name) ?? Buffer.alloc(0)));
  const [good, text] = fault !== undefined ? [false, say(WORDS.zipBroken, { message: `${fault.code}: ${fault.message}` })] as const
    : isSame ? [true, say(WORDS.zipHolds, { files: read?.files.size ?? 0 })] as const : [false, say(WORDS.zipOther)] as const;
  return (
    <section class="no-print">
      <h2>{say(WORDS.zip)}</h2>
      <p>{say(WORDS.zipHelp)}</p>
      <div class="field">
        <label for="zip">{say(WORDS.zipField)}</label>
        <input id="zip" type="file" accept=".zip,application/zip" aria-describedby="esito-zip" onChange={(event) => { void choose((event.currentTarget as unknown as { files: ArrayLike<Blob> }).files[0]); }} />
        <p id="esito-zip" role="status">{read === null ? '' : <><Mark good={good} /> {text}</>}</p>
      </div>
    </section>
  );
}
