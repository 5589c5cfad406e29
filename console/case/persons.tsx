import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { AGENCY } from '../../api/auth/tokens.ts';
import { addPerson, NewSubject } from '../../api/cases/persons.ts';
import type { Context } from '../../api/context.ts';
import { isPlainText } from '../../api/http/text.ts';
import { parseData } from '../../api/http/validation.ts';
import { formOf } from '../../api/pages/forms.ts';
import { Problem } from '../../api/problems.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { sayReason } from '../../domain/shared/reason.ts';
import type { Input } from '../forms/fields.ts';
import { FaultSummary, type Fault } from '../forms/form.tsx';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { CASE, SENDING } from '../words/case.ts';
import { quoted } from '../words/say.ts';
import { hasForm } from './commands.ts';
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
} as const satisfies Readonly<Record<string, Bilingual>>;

const NAMES = ['name', 'email', 'phone'] as const;
const COMPLETION = { name: 'name', email: 'email', phone: 'tel' } as const;

/** Persons of a body, whom forms name by their ids. */
export function personRoutes(app: FastifyInstance, context: Context, visits: Visits): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply, form: URLSearchParams, faults: readonly Fault[]): Promise<FastifyReply> => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    return sendPage(reply, visit, {
      title: CASE.addPerson[visit.language], status: faults.length === 0 ? 200 : 400, crumbs: crumbsOf(reading, visit.language),
      main: <PersonForm reading={reading} form={form} faults={faults} language={visit.language} csrf={visit.person?.csrf ?? ''} command={commandFor(request)} />,
    });
  };

  app.get('/pratiche/:id/persone', HIDDEN, async (request, reply) => answer(request, reply, new URLSearchParams(), []));

  app.post('/pratiche/:id/persone', HIDDEN, async (request, reply) => {
    const form = formOf(request);
    if (request.caller === null) return answerExpired(visits, request, reply, form);
    if (form.get('step') === 'edit') return answer(request, reply, form, []);
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    const { id, view, caller } = await readCase(context, request);
    try {
      const given = NAMES.map((name) => [name, (form.get(name) ?? '').trim()] as const).filter(([, value]) => value !== '');
      if (!given.every(([, value]) => isPlainText(value))) throw Problem.of('VALIDATION');
      const subject = parseData(NewSubject, { ...Object.fromEntries(given), body: form.get('body') === AGENCY ? AGENCY : view.body });
      await addPerson(context, caller, subject, form.get('key') ?? undefined);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 400) throw error;
      const language = visits.languageOf(request);
      const reasons = error.options.reasons ?? [];
      return answer(request, reply, form, reasons.map((reason) => {
        const { message, path } = sayReason(reason, language);
        const name = NAMES.find((one) => one === path);
        return { message: name === undefined ? message : withLabel(message, name, quoted(WORDS[name][language], language)), path };
      }));
    }
    const command = commandFor(request);
    return reply.redirect(command === null ? `/pratiche/${id}` : `/pratiche/${id}/comandi/${command}`, 303);
  });
}

/** The form to go back to. */
function commandFor({ query }: FastifyRequest): string | null {
  const { comando } = query as { readonly comando?: unknown };
  return typeof comando === 'string' && hasForm(comando) ? comando : null;
}

function PersonForm({ reading, form, faults, language, csrf, command }: {
  readonly reading: CaseReading; readonly form: URLSearchParams; readonly faults: readonly Fault[]; readonly language: Language; readonly csrf: string; readonly command: string | null;
}): VNode {
  const { id, view, caller } = reading;
  const inputs: readonly Input[] = NAMES.map((path) => ({ kind: 'text', path, required: path !== 'phone', options: [], numeric: false, maxLength: undefined, min: undefined, max: undefined }));
  return (
    <>
      <FaultSummary faults={faults} fields={inputs} language={language} />
      <p>{WORDS.note[language]}</p>
      <form method="post" action={`/pratiche/${id}/persone${command === null ? '' : `?comando=${command}`}`} noValidate>
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="key" value={form.get('key') ?? randomUUID()} />
        {caller.role !== 'operator' ? null : (
          <div class="field">
            <label for="f-body">{WORDS.body[language]}</label>
            <select id="f-body" name="body">
              <option value={view.body} selected={form.get('body') !== AGENCY}>{view.name ?? view.body}</option>
              <option value={AGENCY} selected={form.get('body') === AGENCY}>{WORDS.agency[language]}</option>
            </select>
          </div>
        )}
        {NAMES.map((name) => {
          const own = faults.filter(({ path }) => path === name);
          return (
            <div class={own.length === 0 ? 'field' : 'field bad'} key={name}>
              <label for={`f-${name}`}>{WORDS[name][language]}</label>
              <input id={`f-${name}`} name={name} type="text" inputMode={COMPLETION[name] === 'name' ? 'text' : COMPLETION[name]} maxLength={254} autocomplete="off" value={form.get(name) ?? ''}
                aria-invalid={own.length === 0 ? undefined : 'true'} aria-describedby={own.length === 0 ? undefined : `f-${name}-error`} />
              {own.length === 0 ? null : <div id={`f-${name}-error`}>{own.map(({ message }) => <p class="error" key={message}>{message}</p>)}</div>}
            </div>
          );
        })}
        <div class="actions">
          <button type="submit" class="btn btn-primary">{WORDS.add[language]}</button>
          <a class="btn btn-outline-secondary" href={command === null ? `/pratiche/${id}` : `/pratiche/${id}/comandi/${command}`}>{SENDING.cancel[language]}</a>
        </div>
      </form>
    </>
  );
}
