import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../../api/auth/hook.ts';
import { learnTerritory, type Context } from '../../api/context.ts';
import { parseData } from '../../api/http/validation.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import type { TerritoryAsk } from '../../api/territory/ask.ts';
import { joinedCases } from '../../api/territory/joining.ts';
import { previewOf, type Preview } from '../../api/territory/preview.ts';
import { enterAsk } from '../../api/territory/recording.ts';
import { WORDS as KINDS } from '../../domain/territory/decide.ts';
import { findChange } from '../../domain/territory/journal.ts';
import { ChangeCorrection, ChangeWithdrawal } from '../../domain/territory/schemas.ts';
import type { KnownChange, WithdrawnChange } from '../../domain/territory/territory.ts';
import { capital } from '../../domain/shared/bilingual.ts';
import { checkTexts } from '../case/refusal.ts';
import type { Fault } from '../forms/form.tsx';
import type { Typed } from '../forms/read.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { TERRITORY } from '../words/territory.ts';
import { CHANGES_WORDS as WORDS } from '../words/territory-changes.ts';
import { changeFields, changeFormOf, contentOf, mendingFields, mendingOf, typedOfChange, type ChangeForm, type Mend } from './change-form.ts';
import { keyOf, refusedIn, sentForm, typedFor } from './change-sent.ts';
import { ChangePage } from './change.tsx';
import { CHANGES_PATH } from './changes.tsx';

interface Shown {
  readonly what?: Mend;
  readonly typed?: Typed;
  readonly key?: string;
  readonly faults?: readonly Fault[];
  readonly status?: number;
  readonly preview?: Preview;
}

/** A change of the territory, and the forms that correct and withdraw it once that was previewed. */
export function changePage(app: FastifyInstance, context: Context, visits: Visits): void {
  const read = async ({ params }: FastifyRequest): Promise<KnownChange | WithdrawnChange> => {
    const change = findChange(await context.territory.current(), (params as { readonly id: string }).id);
    if (change === undefined) throw Problem.of('NOT_FOUND');
    return change;
  };
  const answer = async (request: FastifyRequest, reply: FastifyReply, { what = 'correct', typed, key = randomUUID(), faults = [], status = 200, preview }: Shown = {}): Promise<FastifyReply> => {
    const visit = await visits.of(request);
    const { language, person } = visit;
    await learnTerritory(context);
    const change = await read(request);
    const isWithdrawn = 'withdrawal' in change;
    const form = formOf(change);
    const formFor = (one: Mend) => ({ fields: fieldsFor(one, form), typed: one === what && typed !== undefined ? typed : one === 'correct' ? typedOfChange(form, change.data) : new Map(), faults: one === what ? faults : [] });
    return sendPage(reply, visit, {
      title: `${capital(KINDS[change.type][language])} ${change.data.id}`, section: 'territory', status,
      crumbs: [{ href: '/territorio', text: TERRITORY.title[language] }, { href: CHANGES_PATH, text: WORDS.title[language] }],
      main: ChangePage({
        change, bodies: context.bodies, cases: isWithdrawn ? [] : await joinedCases(context, change.data), commandKey: key, csrf: person?.csrf ?? '', language,
        forms: isWithdrawn || callerOf(request).role !== 'operator' ? null : { correct: formFor('correct'), withdraw: formFor('withdraw') },
        preview: preview === undefined ? null : { of: what, would: preview },
      }),
    });
  };

  app.get(`${CHANGES_PATH}/:id`, HIDDEN, async (request, reply) => answer(request, reply));

  app.post(`${CHANGES_PATH}/:id`, HIDDEN, async (request, reply) => {
    const sent = sentForm(context, visits, request);
    const what: Mend = sent.get('what') === 'withdraw' ? 'withdraw' : 'correct';
    const change = await read(request);
    const form = formOf(change);
    const fields = fieldsFor(what, form);
    const [typed, key] = [typedFor(sent, fields), keyOf(sent)];
    if (sent.get('step') === 'edit') return answer(request, reply, { what, typed, key });
    try {
      checkTexts(fields, typed);
      const ask = what === 'correct' ? correctionOf(context, change, form, typed) : withdrawalOf(change, typed);
      if (sent.get('step') !== 'record') return await answer(request, reply, { what, typed, key, preview: await previewOf(context, ask) });
      await enterAsk(context, ask, callerOf(request), key);
      return await reply.redirect(`${CHANGES_PATH}/${change.data.id}`, 303);
    } catch (error) {
      const { faults, status } = refusedIn(error, what, fields, typed, visits.languageOf(request), (place) => (/^(?:reason|basis)\b/.test(place) ? `${what}.${place}` : place));
      return answer(request, reply, { what, typed, key, faults, status });
    }
  });
}

function formOf({ type, data }: KnownChange): ChangeForm {
  return changeFormOf(type, data.successors.length);
}

function fieldsFor(what: Mend, form: ChangeForm) {
  return what === 'correct' ? [...changeFields(form), ...mendingFields(what)] : mendingFields(what);
}

function correctionOf({ bodies }: Context, { data: { id, act } }: KnownChange, form: ChangeForm, typed: Typed): TerritoryAsk {
  const { reason, basis, ...instead } = parseData(ChangeCorrection, { ...contentOf(form, typed, bodies), ...mendingOf('correct', typed) });
  // The form shows the title alone: an act that is the same keeps its digest.
  return { type: 'CorrectChange', data: { id, reason, basis, instead: instead.act?.title === act.title ? { ...instead, act } : instead } };
}

function withdrawalOf({ data: { id } }: KnownChange, typed: Typed): TerritoryAsk {
  return { type: 'WithdrawChange', data: { id, ...parseData(ChangeWithdrawal, mendingOf('withdraw', typed)) } };
}
