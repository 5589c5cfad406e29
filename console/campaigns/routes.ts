import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askCampaign } from '../../api/campaigns/ask.ts';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { actorOf, callerOf } from '../../api/auth/hook.ts';
import { checkedCommand, specOf } from '../../api/cases/checked-command.ts';
import { CAMPAIGN, streamOf } from '../../api/cases/kinds.ts';
import { isRecorded } from '../../api/cases/recorded-reads.ts';
import { checkRole } from '../../api/cases/request.ts';
import type { Context } from '../../api/context.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import { listCases } from '../../db/queries/cases.ts';
import { allEventsAfter } from '../../db/queries/events.ts';
import { campaign, lineOfCampaign, refusalsIn, type CampaignState } from '../../domain/campaign/index.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { readReason } from '../../domain/shared/reason.ts';
import { sendEvents } from '../case/events.ts';
import { checkTexts, faultsOf } from '../case/refusal.ts';
import { answerExpired } from '../case/sending.ts';
import { whyRoute } from '../case/why.tsx';
import type { Fault } from '../forms/form.tsx';
import { typedIn, type Typed } from '../forms/read.ts';
import { positionNow } from '../frame/live.tsx';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { CAMPAIGNS } from '../words/campaigns.ts';
import { saySentence } from '../words/sentences.ts';
import { actsOf, chosen, commandOf, fieldsOfAct, PROPOSED, requestIn } from './asked.ts';
import { ChooseForm, DataForm, PreviewPage } from './new.tsx';
import { CampaignPage } from './page.tsx';
import { CampaignList } from './parts.tsx';
import { readCampaign } from './reading.ts';

const LISTED = 50;
const KEY = /^[A-Za-z0-9._-]{1,128}$/;

/** The campaigns: their list, a new one in steps, and each with what became of its cases. */
export function campaignPages(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/campagne', HIDDEN, async (request, reply) => {
    const visit = await visits.of(request);
    const caller = callerOf(request);
    const rows = await listCases(context.as(caller).db, { process: CAMPAIGN.name, body: null, today: civilDateOf(new Date().toISOString()), limit: LISTED, descending: true });
    const shown = rows.slice(0, LISTED);
    if (isRecorded(caller)) await context.reads.enterList(shown.map(({ stream }) => stream), actorOf(caller));
    return sendPage(reply, visit, {
      title: CAMPAIGNS.title[visit.language], section: 'campaigns',
      main: CampaignList({ campaigns: shown.map(({ state }) => lineOfCampaign(state as CampaignState)), mayStart: caller.role === 'operator', language: visit.language }),
    });
  });

  app.get('/campagne/:id', HIDDEN, async (request, reply) => {
    const position = await positionNow(context);
    const visit = await visits.of(request);
    const { language, person } = visit;
    const { id, caller, state, view } = await readCampaign(context, request);
    const { pagina = '1' } = request.query as { readonly pagina?: string };
    return sendPage(reply, visit, {
      title: view.name, section: 'campaigns', crumbs: [{ href: '/campagne', text: CAMPAIGNS.title[language] }],
      // What is over changes no more.
      ...(campaign.finished(state) ? {} : { scripts: ['live'], live: { of: null, after: position, mode: 'read' as const } }),
      main: CampaignPage({
        view, allowed: campaign.allowed(state, { actor: actorOf(caller), now: new Date().toISOString(), commandId: 'allowed' }), reasons: await reasonsOf(id, language), bodies: context.bodies,
        page: /^[1-9]\d{0,3}$/.test(pagina) ? Number(pagina) : 1, csrf: person?.csrf ?? '', language,
      }),
    });
  });

  app.get('/campagne/:id/eventi', HIDDEN, async (request, reply) => sendEvents(context, await readCampaign(context, request), { hasHistory: false, corrections: [] }, await visits.of(request), request, reply));
  whyRoute(app, context, visits, { at: '/campagne/:id', read: readCampaign, hasHistory: false });

  app.post('/campagne/:id/comandi/:command', HIDDEN, async (request, reply) => {
    const form = formOf(request);
    if (request.caller === null) return answerExpired(visits, request, reply, form);
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    const { command: type } = request.params as { readonly command: string };
    const { id, caller } = await readCampaign(context, request);
    const spec = specOf(CAMPAIGN, type);
    checkRole(type, spec, caller);
    const command = await checkedCommand(context, { kind: CAMPAIGN, id, type, spec, data: {}, caller, commandId: keyIn(form), isFact: false, ifMatch: undefined });
    try {
      await context.as(caller).way.execute(command);
    } catch (error) {
      // It went on meanwhile: the page shows where it stands, and what may be done now.
      if (!(error instanceof Problem) || error.status !== 409) throw error;
    }
    return reply.redirect(`/campagne/${id}`, 303);
  });

  app.get('/campagne/nuova', HIDDEN, async (request, reply) => choose(request, reply, { typed: PROPOSED, commandId: randomUUID(), faults: [] }));

  app.post('/campagne/nuova', HIDDEN, async (request, reply) => {
    const form = formOf(request);
    if (request.caller === null) return answerExpired(visits, request, reply, form);
    const typed = typedIn(form);
    const commandId = keyIn(form);
    const step = form.get('step') ?? '';
    if (step === 'choose') return choose(request, reply, { typed, commandId, faults: [] });
    try {
      checkTexts(fieldsOfAct(typed), typed);
      if (step === 'data' && commandOf(typed) !== null) return await askData(request, reply, { typed, commandId, faults: [] });
      if (step === 'send') {
        requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
        const { campaign: started } = await askCampaign(context, requestIn(typed), callerOf(request), commandId);
        return await reply.redirect(`/campagne/${started?.id ?? ''}`, 303);
      }
      return await preview(request, reply, { typed, commandId, faults: [] });
    } catch (error) {
      if (!(error instanceof Problem) || ![400, 409].includes(error.status)) throw error;
      const { language } = await visits.of(request);
      const isOfData = (error.options.reasons ?? []).some(({ path = '' }) => path.startsWith(DATA));
      if (isOfData) {
        const asks = commandOf(typed) ?? '';
        return askData(request, reply, { typed, commandId, faults: faultsOf(error, { asks, fields: fieldsOfAct(typed), fieldAt: (path) => path.slice(DATA.length) }, typed, language) });
      }
      return choose(request, reply, { typed, commandId, faults: faultsIn(error, language) });
    }
  });

  interface Step {
    readonly typed: Typed;
    readonly commandId: string;
    readonly faults: readonly Fault[];
  }

  async function choose(request: FastifyRequest, reply: FastifyReply, step: Step): Promise<FastifyReply> {
    const visit = await visits.of(request);
    const { language, person } = visit;
    return sendPage(reply, visit, { ...pageOf(language), status: step.faults.length === 0 ? 200 : 400, main: ChooseForm({ ...step, acts: await actsOf(context, language), csrf: person?.csrf ?? '', language }) });
  }

  async function askData(request: FastifyRequest, reply: FastifyReply, step: Step): Promise<FastifyReply> {
    const visit = await visits.of(request);
    const { language, person } = visit;
    const main = DataForm({ ...step, command: commandOf(step.typed) ?? '', fields: fieldsOfAct(step.typed), csrf: person?.csrf ?? '', language });
    return sendPage(reply, visit, { ...pageOf(language), status: step.faults.length === 0 ? 200 : 400, main });
  }

  async function preview(request: FastifyRequest, reply: FastifyReply, step: Step): Promise<FastifyReply> {
    const visit = await visits.of(request);
    const { language, person } = visit;
    const { targets } = await askCampaign(context, { ...requestIn(step.typed), dryRun: true }, callerOf(request), undefined);
    return sendPage(reply, visit, { ...pageOf(language), main: PreviewPage({ ...step, act: (await actsOf(context, language)).find(({ value }) => value === chosen(step.typed, 'c.act'))?.text ?? '', targets, bodies: context.bodies, csrf: person?.csrf ?? '', language }) });
  }

  /** Why a comune was skipped, or failed the last time, in the words of the refusal. */
  async function reasonsOf(id: string, language: Language): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const type of ['TargetsFrozen', 'ActFailed'] as const) {
      for await (const event of allEventsAfter(context.whole.db, streamOf(CAMPAIGN, id), 0, type)) {
        for (const [body, reasons] of refusalsIn(event)) found.set(body, reasons.map((reason) => readReason(reason).message[language]).join(' '));
      }
    }
    return found;
  }
}

const DATA = 'action.command.data.';

function pageOf(language: Language) {
  return { title: CAMPAIGNS.new[language], section: 'campaigns' as const, crumbs: [{ href: '/campagne', text: CAMPAIGNS.title[language] }] };
}

function keyIn(form: URLSearchParams): string {
  const key = form.get('commandId') ?? '';
  return KEY.test(key) ? key : randomUUID();
}

/** What is wrong with the choice; of a list with the row. */
function faultsIn({ code, options: { reasons = [], detail } }: Problem, language: Language): readonly Fault[] {
  if (reasons.length === 0) return [{ message: detail?.[language] ?? code }];
  return reasons.map(({ message, path = '' }) => {
    const [, row] = /^select\.csv:(\d+)$/.exec(path) ?? [];
    return { message: `${row === undefined ? '' : `${CAMPAIGNS.row[language]} ${row}: `}${saySentence(message[language], language)}` };
  });
}
