import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { actorOf, callerOf } from '../../api/auth/hook.ts';
import { reviseService, revisionConflict } from '../../api/cases/revising.ts';
import type { Context } from '../../api/context.ts';
import { parseData } from '../../api/http/validation.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import { currentServices, entryOf, findService } from '../../domain/catalogue/catalogue.ts';
import { ServiceEntry } from '../../domain/catalogue/schemas.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { CATALOGUE } from '../words/catalogue.ts';
import { quoted } from '../words/say.ts';
import { saySentence } from '../words/sentences.ts';
import { CatalogueList } from './list.tsx';
import { pictureOf } from './picture.ts';
import { ServicePage, type ServicePageParts, type Typed } from './service.tsx';

const KEY = /^[A-Za-z0-9._-]{1,128}$/;
const SAID = { salvata: CATALOGUE.saved, preparata: CATALOGUE.isPrepared, uguale: CATALOGUE.unchanged, ritirata: CATALOGUE.withdrawn } as const;

/** The catalogue: what the Agency offers, and how an operator changes it. */
export function catalogueRoutes(app: FastifyInstance, context: Context, visits: Visits): void {
  const { catalogue, keys } = context;

  app.get('/catalogo', HIDDEN, async (request, reply) => {
    const visit = await visits.of(request);
    return sendPage(reply, visit, { title: CATALOGUE.title[visit.language], section: 'catalogue', main: CatalogueList({ services: currentServices(await catalogue.current()), language: visit.language }) });
  });

  app.get('/catalogo.svg', HIDDEN, async (request, reply) => (
    reply.type('image/svg+xml; charset=utf-8').headers({ Vary: 'Accept-Language, Cookie' }).serializer(String).send(pictureOf(currentServices(await catalogue.current()), visits.languageOf(request)))));

  const answer = async (request: FastifyRequest, reply: FastifyReply, refused: ServicePageParts['refused'], status = 200): Promise<FastifyReply> => {
    const { service } = request.params as { readonly service: string };
    const { versione, fatto } = request.query as { readonly versione?: unknown; readonly fatto?: unknown };
    const known = await catalogue.current();
    const shown = findService(known, service, typeof versione === 'string' && /^[1-9]\d{0,5}$/.test(versione) ? Number(versione) : undefined);
    if (shown === undefined) throw Problem.of('NOT_FOUND');
    const visit = await visits.of(request);
    const { language, person } = visit;
    const { role } = callerOf(request);
    const said = typeof fatto === 'string' && Object.hasOwn(SAID, fatto) ? SAID[fatto as keyof typeof SAID][language] : null;
    return sendPage(reply, visit, {
      title: shown.title[language], section: 'catalogue', status, crumbs: [{ href: '/catalogo', text: CATALOGUE.title[language] }],
      main: (
        <>
          {said === null ? null : <div class="notice done" role="status"><p>{said}</p></div>}
          <ServicePage shown={shown} versions={known.services.get(service) ?? []} known={known} all={currentServices(known)} prepared={role === 'member' ? undefined : known.prepared.get(service)} role={role} csrf={person?.csrf ?? ''} commandKey={randomUUID()} refused={refused} language={language} />
        </>
      ),
    });
  };

  app.get('/catalogo/:service', HIDDEN, async (request, reply) => answer(request, reply, null));

  app.post('/catalogo/:service', HIDDEN, async (request, reply) => {
    const { service } = request.params as { readonly service: string };
    const form = formOf(request);
    requireFormToken(keys, visits.sessionId(request) ?? '', form);
    const key = form.get('key') ?? '';
    if (!KEY.test(key)) throw Problem.of('VALIDATION');
    const known = await catalogue.current();
    const now = findService(known, service);
    if (now === undefined) throw Problem.of('NOT_FOUND');
    const typed = typedIn(form);
    const approves = form.get('step') === 'approve';
    try {
      if (approves) {
        const standing = known.prepared.get(service);
        // What is approved is what was read: not another change that took its place.
        if (standing === undefined || String(standing.preparedAt) !== form.get('preparedAt')) throw revisionConflict();
        await reviseService(context, { service, entry: standing.entry, caller: callerOf(request), key, ifMatch: undefined });
        return await reply.redirect(`/catalogo/${service}?fatto=salvata`, 303);
      }
      const { outcome } = await reviseService(context, { service, entry: parseData(ServiceEntry, { ...entryOf(now), ...changesOf(typed) }), caller: callerOf(request), key, ifMatch: [Number(form.get('version'))] });
      return await reply.redirect(`/catalogo/${service}?fatto=${{ REVISED: 'salvata', PREPARED: 'preparata', UNCHANGED: 'uguale' }[outcome]}`, 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const language = visits.languageOf(request);
      const { reasons = [], detail } = error.options;
      const said = reasons.length === 0 ? [detail?.[language] ?? error.code] : reasons.map(({ message, path = '' }) => saySentence(nameField(message[language], path, language), language));
      return answer(request, reply, { typed: approves ? null : typed, reasons: said }, error.status);
    }
  });

  app.post('/catalogo/:service/ritira', HIDDEN, async (request, reply) => {
    const { service } = request.params as { readonly service: string };
    const form = formOf(request);
    requireFormToken(keys, visits.sessionId(request) ?? '', form);
    const outcome = await catalogue.withdraw(service, { actor: actorOf(callerOf(request)), commandId: `withdraw/${randomUUID()}`, ifMatch: [Number(form.get('preparedAt'))] });
    if (outcome === 'NONE') throw Problem.of('NOT_FOUND');
    if (outcome === 'OTHER') throw revisionConflict();
    return reply.redirect(`/catalogo/${service}?fatto=ritirata`, 303);
  });
}

const FIELDS: Readonly<Record<string, Bilingual>> = { 'title.it': CATALOGUE.titleIt, 'title.en': CATALOGUE.titleEn, 'description.it': CATALOGUE.descriptionIt, 'description.en': CATALOGUE.descriptionEn };

/** A field as the form calls it. */
function nameField(sentence: string, path: string, language: Language): string {
  const label = FIELDS[path];
  return label === undefined ? sentence : sentence.replaceAll(path, quoted(label[language], language));
}

function typedIn(form: URLSearchParams): Typed {
  const text = (name: string): string => (form.get(name) ?? '').replaceAll('\r\n', ' ').trim();
  return { titleIt: text('titleIt'), titleEn: text('titleEn'), descriptionIt: text('descriptionIt'), descriptionEn: text('descriptionEn'), active: form.get('active') === 'true' };
}

function changesOf({ titleIt, titleEn, descriptionIt, descriptionEn, active }: Typed): Pick<ServiceEntry, 'title' | 'description' | 'active'> {
  return { title: { it: titleIt, en: titleEn }, description: { it: descriptionIt, en: descriptionEn }, active };
}
