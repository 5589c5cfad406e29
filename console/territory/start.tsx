import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { callerOf } from '../../api/auth/hook.ts';
import { openingId } from '../../api/cases/opened.ts';
import { openAdhesion } from '../../api/cases/opening.ts';
import type { Body } from '../../api/bodies.ts';
import type { Context } from '../../api/context.ts';
import { parseData } from '../../api/http/validation.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import { AdhesionCommands } from '../../domain/adhesion/commands.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { faultsOf } from '../case/refusal.ts';
import { answerExpired } from '../case/sending.ts';
import { inputsOf } from '../forms/fields.ts';
import { FaultSummary, Fields, NO_CHOICES, type Fault } from '../forms/form.tsx';
import { typedIn, type Typed } from '../forms/read.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { POLICIES } from '../words/policies.ts';
import { TERRITORY } from '../words/territory.ts';
import { chosenIn, NO_REMINDERS, POLICIES_ASKED, proposed } from './policies.ts';

const PATH = '/territorio/:ipaCode/avvio';
const KEY = /^[A-Za-z0-9._-]{1,128}$/;
const COMMAND = 'OpenAdhesion';
const FIELDS = POLICIES_ASKED.flatMap((field) => (field.kind === 'group' ? field.fields : [field]));

interface Start {
  readonly typed: Typed;
  readonly key: string;
  readonly faults: readonly Fault[];
}

/** The start of an adhesion: asked for once more, with the rules that the case will keep. */
export function startRoutes(app: FastifyInstance, context: Context, visits: Visits): void {
  const bodyIn = ({ params }: FastifyRequest): Body => {
    const body = context.bodies.find((params as { readonly ipaCode: string }).ipaCode);
    if (body === undefined) throw Problem.of('NOT_FOUND');
    return body;
  };

  const answer = async (request: FastifyRequest, reply: FastifyReply, start: Start): Promise<FastifyReply> => {
    const visit = await visits.of(request);
    const { language, person } = visit;
    const { name, ipaCode } = bodyIn(request);
    return sendPage(reply, visit, {
      title: `${TERRITORY.startOf[language]} ${name}`, section: 'territory', status: start.faults.length === 0 ? 200 : 400, crumbs: [{ href: '/territorio', text: TERRITORY.title[language] }],
      main: <StartForm typed={start.typed} commandKey={start.key} faults={start.faults} ipaCode={ipaCode} csrf={person?.csrf ?? ''} language={language} />,
    });
  };

  app.get(PATH, HIDDEN, async (request, reply) => answer(request, reply, { typed: proposed(bodyIn(request)), key: randomUUID(), faults: [] }));

  app.post(PATH, HIDDEN, async (request, reply) => {
    const form = formOf(request);
    if (request.caller === null) return answerExpired(visits, request, reply, form);
    const body = bodyIn(request);
    const typed = typedIn(form);
    const key = form.get('key') ?? '';
    if (!KEY.test(key)) throw Problem.of('VALIDATION');
    if (form.get('step') === 'edit') return answer(request, reply, { typed, key, faults: [] });
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    try {
      const policies = hasPolicies(typed) ? chosenIn(typed, body) : undefined;
      const received = { body: body.ipaCode, ...(policies === undefined ? {} : { policies }) };
      const data = parseData(AdhesionCommands.OpenAdhesion.schema, received);
      const caller = callerOf(request);
      const { id } = await openAdhesion(context, { body, policies: data.policies, received, caller, commandId: openingId(context, caller, key) });
      return await reply.redirect(`/pratiche/${id}`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || !isOfForm(error)) throw error;
      const faults = faultsOf(error, { asks: COMMAND, fields: FIELDS, fieldAt: (path) => path }, typed, visits.languageOf(request));
      return answer(request, reply, { typed, key, faults });
    }
  });
}

/** What the form itself can mend: a rule that cannot be, or that the process refuses. */
function isOfForm({ status, options: { reasons = [] } }: Problem): boolean {
  return status === 400 || reasons.some(({ path = '' }) => path.startsWith('policies.'));
}

/** A form that says nothing of policies means those proposed, and not that all were emptied. */
function hasPolicies(typed: Typed): boolean {
  return [...typed.keys()].some((name) => name.startsWith('policies.'));
}

interface StartFormParts extends Omit<Start, 'key'> {
  readonly commandKey: string;
  readonly ipaCode: string;
  readonly csrf: string;
  readonly language: Language;
}

function StartForm({ typed, commandKey, faults, ipaCode, csrf, language }: StartFormParts): VNode {
  const parts = { language, command: COMMAND, typed, faults, choices: NO_CHOICES };
  return (
    <>
      <FaultSummary faults={faults} fields={inputsOf(FIELDS)} language={language} />
      <p>{TERRITORY.confirm[language]}</p>
      <form method="post" action={`/territorio/${ipaCode}/avvio`} noValidate>
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="key" value={commandKey} />
        <details open={faults.length > 0}>
          <summary>{POLICIES.title[language]}</summary>
          <p>{POLICIES.intro[language]}</p>
          <Fields {...parts} fields={[...FIELDS, NO_REMINDERS]} />
        </details>
        <div class="actions">
          <button type="submit" class="btn btn-primary">{TERRITORY.confirmButton[language]}</button>
          <a class="btn btn-outline-secondary" href="/territorio">{TERRITORY.cancel[language]}</a>
        </div>
      </form>
    </>
  );
}
