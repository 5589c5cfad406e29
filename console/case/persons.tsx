import { AGENCY } from '../../domain/shared/body-code.ts';
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { addPerson, NewSubject } from '../../api/cases/persons.ts';
import type { Context } from '../../api/context.ts';
import { isPlainText } from '../../api/http/text.ts';
import { parseData } from '../../api/http/validation.ts';
import { formOf } from '../../api/pages/forms.ts';
import { Problem } from '../../api/problems.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { sayReason } from '../../domain/shared/reason.ts';
import { PERSON_FIELDS, type Input } from '../forms/fields.ts';
import { FaultSummary, type Fault } from '../forms/form.tsx';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { CASE, SENDING } from '../words/case.ts';
import { quoted } from '../words/say.ts';
import { crumbsOf } from './form-case.ts';
import { readCase, type CaseReading } from './reading.ts';
import { withLabel } from './refusal.ts';
import { answerExpired } from './sending.ts';

const WORDS = {
  name: { it: 'Nome e cognome', en: 'Name and surname' },
  email: { it: "Indirizzo email dell'ufficio", en: 'Email address of the office' },
  phone: { it: "Telefono dell'ufficio (facoltativo)", en: 'Telephone of the office (optional)' },
  body: { it: 'Per chi agisce', en: 'For whom the person acts' },
  agency: { it: 'Agenzia', en: 'Agency' },
  note: { it: 'I dati della persona sono cifrati e si possono cancellare: negli eventi resta solo un codice.', en: "The person's data are encrypted and can be erased: the events hold a code only." },
  add: { it: 'Aggiungi', en: 'Add' },
  added: { it: 'Persona aggiunta', en: 'The person was added' },
  addedHelp: { it: "Ora è nell'elenco. Quanto avevate scritto nel modulo è conservato.", en: 'It is in the list now. What you had typed in the form is kept.' },
  back: { it: 'Torna al modulo', en: 'Back to the form' },
  backWithout: { it: 'Torna al modulo senza aggiungere', en: 'Back to the form without adding' },
} as const satisfies Readonly<Record<string, Bilingual>>;

const NAMES = ['name', 'email', 'phone'] as const;
const COMPLETION = { name: 'name', email: 'email', phone: 'tel' } as const;

/** What was typed in another form goes along under names of its own. */
const KEPT = 'kept.';
/** Fields that are nothing without the page that they came from. */
const NOT_KEPT: ReadonlySet<string> = new Set(['csrf', 'step']);
/** A form of the case, by its address below that of the case; one of its migrations, by its own. */
const BACK = /^(?:comandi\/[A-Za-z]{1,60}|correzioni\/[1-9]\d{0,6}|ricognizione\/[a-z-]{1,60}|migrazioni\/[a-z0-9_-]{1,40}\.[A-Z0-9_]{1,50}\/comandi\/[A-Za-z]{1,60})$/;

type Kept = readonly (readonly [name: string, value: string])[];

/** Persons of a body, whom forms name by their ids. Who comes from a form goes back to it, with what was typed there. */
export function personRoutes(app: FastifyInstance, context: Context, visits: Visits): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply, form: URLSearchParams, faults: readonly Fault[]): Promise<FastifyReply> => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    return sendPage(reply, visit, {
      title: CASE.addPerson[visit.language], status: faults.length === 0 ? 200 : 400, crumbs: crumbsOf(reading, visit.language),
      main: <PersonForm reading={reading} form={form} faults={faults} language={visit.language} csrf={visit.person?.csrf ?? ''} back={backOf(request)} kept={keptIn(form)} />,
    });
  };

  app.get('/pratiche/:id/persone', HIDDEN, async (request, reply) => answer(request, reply, new URLSearchParams(), []));

  app.post('/pratiche/:id/persone', HIDDEN, async (request, reply) => {
    const form = formOf(request);
    if (request.caller === null) return answerExpired(visits, request, reply, form);
    if (!isOwn(form) || form.get('step') === 'edit') return answer(request, reply, form, []);
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    const reading = await readCase(context, request);
    const { id, view, caller } = reading;
    const visit = await visits.of(request);
    const { language } = visit;
    let added: string;
    try {
      const given = NAMES.map((name) => [name, (form.get(name) ?? '').trim()] as const).filter(([, value]) => value !== '');
      if (!given.every(([, value]) => isPlainText(value))) throw Problem.of('VALIDATION');
      const subject = parseData(NewSubject, { ...Object.fromEntries(given), body: form.get('body') === AGENCY ? AGENCY : view.body });
      added = await addPerson(context, caller, subject, form.get('key') ?? undefined);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 400) throw error;
      const reasons = error.options.reasons ?? [];
      return answer(request, reply, form, reasons.map((reason) => {
        const { message, path } = sayReason(reason, language);
        const name = NAMES.find((one) => one === path);
        return { message: name === undefined ? message : withLabel(message, name, quoted(WORDS[name][language], language)), path };
      }));
    }
    const [back, kept] = [backOf(request), keptIn(form)];
    const to = addressOf(id, back);
    if (kept.length === 0) return reply.redirect(to, 303);
    return sendPage(reply, visit, {
      title: WORDS.added[language], crumbs: crumbsOf(reading, language),
      main: (
        <>
          <div class="notice done" role="status"><p>{WORDS.addedHelp[language]}</p></div>
          <BackForm action={to} kept={choosing(kept, added)} label={WORDS.back[language]} />
        </>
      ),
    });
  });
}

/** False for a form that leads here to add somebody whom it names. */
function isOwn(form: URLSearchParams): boolean {
  return form.has('key');
}

function keptIn(form: URLSearchParams): Kept {
  if (!isOwn(form)) return [...form].filter(([name]) => !NOT_KEPT.has(name));
  return [...form].flatMap(([name, value]) => (name.startsWith(KEPT) ? [[name.slice(KEPT.length), value] as const] : []));
}

/** Who was added for the one place of a form that names somebody, and is empty, stands there. */
function choosing(kept: Kept, added: string): Kept {
  const empty = kept.filter(([name, value]) => value === '' && PERSON_FIELDS.has(name.slice(name.lastIndexOf('.') + 1)));
  return empty.length === 1 ? kept.map((field) => (field === empty[0] ? [field[0], added] as const : field)) : kept;
}

/** Where the way back leads. */
function addressOf(id: string, back: string | null): string {
  if (back === null) return `/pratiche/${id}`;
  return back.startsWith('migrazioni/') ? `/${back}` : `/pratiche/${id}/${back}`;
}

/** The form to go back to, as `BACK` names it. */
function backOf({ query }: FastifyRequest): string | null {
  const { da } = query as { readonly da?: unknown };
  return typeof da === 'string' && BACK.test(da) ? da : null;
}

/** The way back to a form that was left half-typed. */
function BackForm({ action, kept, label }: { readonly action: string; readonly kept: Kept; readonly label: string }): VNode {
  return (
    <form method="post" action={action}>
      {kept.map(([name, value], index) => <input type="hidden" name={name} value={value} key={`${index} ${name}`} />)}
      <div class="actions"><button type="submit" name="step" value="edit" class="btn btn-outline-primary">{label}</button></div>
    </form>
  );
}

function PersonForm({ reading, form, faults, language, csrf, back, kept }: {
  readonly reading: CaseReading; readonly form: URLSearchParams; readonly faults: readonly Fault[]; readonly language: Language; readonly csrf: string; readonly back: string | null; readonly kept: Kept;
}): VNode {
  const { id, view, caller } = reading;
  const given = (name: string): string => (isOwn(form) ? form.get(name) ?? '' : '');
  const to = addressOf(id, back);
  const inputs: readonly Input[] = NAMES.map((path) => ({ kind: 'text', path, required: path !== 'phone', options: [], numeric: false, maxLength: undefined, min: undefined, max: undefined }));
  return (
    <>
      <FaultSummary faults={faults} fields={inputs} language={language} />
      <p>{WORDS.note[language]}</p>
      <form method="post" action={`/pratiche/${id}/persone${back === null ? '' : `?${new URLSearchParams({ da: back }).toString()}`}`} noValidate>
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="key" value={form.get('key') ?? randomUUID()} />
        {kept.map(([name, value], index) => <input type="hidden" name={`${KEPT}${name}`} value={value} key={`${index} ${name}`} />)}
        {caller.role !== 'operator' ? null : (
          <div class="field">
            <label for="f-body">{WORDS.body[language]}</label>
            <select id="f-body" name="body">
              <option value={view.body} selected={given('body') !== AGENCY}>{view.name ?? view.body}</option>
              <option value={AGENCY} selected={given('body') === AGENCY}>{WORDS.agency[language]}</option>
            </select>
          </div>
        )}
        {NAMES.map((name) => {
          const own = faults.filter(({ path }) => path === name);
          return (
            <div class={own.length === 0 ? 'field' : 'field bad'} key={name}>
              <label for={`f-${name}`}>{WORDS[name][language]}</label>
              <input id={`f-${name}`} name={name} type="text" inputMode={COMPLETION[name] === 'name' ? 'text' : COMPLETION[name]} maxLength={254} autocomplete="off" value={given(name)}
                aria-invalid={own.length === 0 ? undefined : 'true'} aria-describedby={own.length === 0 ? undefined : `f-${name}-error`} />
              {own.length === 0 ? null : <div id={`f-${name}-error`}>{own.map(({ message }) => <p class="error" key={message}>{message}</p>)}</div>}
            </div>
          );
        })}
        <div class="actions">
          <button type="submit" class="btn btn-primary">{WORDS.add[language]}</button>
          {kept.length > 0 ? null : <a class="btn btn-outline-secondary" href={to}>{SENDING.cancel[language]}</a>}
        </div>
      </form>
      {kept.length === 0 ? null : <BackForm action={to} kept={kept} label={WORDS.backWithout[language]} />}
    </>
  );
}
