import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { requireFormToken } from '../../../api/auth/csrf.ts';
import type { Context } from '../../../api/context.ts';
import { formOf } from '../../../api/pages/forms.ts';
import { Problem } from '../../../api/problems.ts';
import type { Language } from '../../../domain/shared/bilingual.ts';
import { inputsOf } from '../../forms/fields.ts';
import { FaultSummary, Fields, type Choices, type Fault } from '../../forms/form.tsx';
import { dataOf, typedIn, typedOf, type Typed } from '../../forms/read.ts';
import { sendPage } from '../../frame/page.tsx';
import type { Visit } from '../../frame/visit.ts';
import type { Visits } from '../../frame/visits.ts';
import { RECOGNITION } from '../../words/recognition.ts';
import { AddPerson } from '../add-person.tsx';
import { Given } from '../command-page.tsx';
import { crumbsOf } from '../form-case.ts';
import type { CaseReading } from '../reading.ts';
import { checkTexts, faultsOf } from '../refusal.ts';
import { changeDraft, findDraft, PartChanged } from './drafting.ts';
import { COMMAND, PARTS, tagOf, type DraftData, type Section } from './parts.ts';

interface Shown {
  readonly typed: Typed;
  /** Tag of what its sender has seen of this part. */
  readonly seen: string;
  readonly faults: readonly Fault[];
  readonly status: number;
  /** What somebody else has saved meanwhile. */
  readonly standing?: DraftData | undefined;
}

/** A part of the questionnaire as it was saved. */
export async function showSection(context: Context, visit: Visit, reply: FastifyReply, reading: CaseReading, section: Section): Promise<FastifyReply> {
  const value = section.read((await findDraft(context, reading))?.data ?? {});
  return answer(visit, reply, reading, section, { typed: typedOf(section.fields, value), seen: tagOf(value), faults: [], status: 200 });
}

/** Saves one part, and goes on with the next. What others have saved of it since is not written over unseen. */
export async function takeSection(context: Context, visits: Visits, request: FastifyRequest, reply: FastifyReply, reading: CaseReading, section: Section): Promise<FastifyReply> {
  const form = formOf(request);
  const visit = await visits.of(request);
  const typed = typedIn(form);
  const seen = form.get('seen') ?? '';
  const step = form.get('step');
  const { fields, place } = section;
  try {
    checkTexts(fields, typed);
    if (step === 'edit') return await answer(visit, reply, reading, section, { typed, seen, faults: [], status: 200 });
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    const value = dataOf(fields, typed);
    await changeDraft(context, reading, (data) => {
      const standing = section.read(data);
      // Twice the same, by a double click, is no conflict.
      if (![seen, tagOf(value)].includes(tagOf(standing))) throw new PartChanged(standing);
      return section.write(data, value);
    });
    return reply.redirect(`/pratiche/${reading.id}/ricognizione${step === 'leave' ? '' : nextOf(section)}`, 303);
  } catch (error) {
    if (error instanceof PartChanged) {
      return answer(visit, reply, reading, section, { typed, seen: tagOf(error.standing), faults: [], status: 412, standing: error.standing });
    }
    if (!(error instanceof Problem) || error.status !== 400) throw error;
    const fieldAt = (path: string) => (place === '' || !path.startsWith(`${place}.`) ? path : path.slice(place.length + 1));
    return answer(visit, reply, reading, section, { typed, seen, faults: faultsOf(error, { asks: COMMAND, fields, fieldAt }, typed, visit.language), status: 400 });
  }
}

function nextOf(section: Section): string {
  const next = PARTS[PARTS.indexOf(section) + 1];
  return next === undefined ? '' : `/${next.slug}`;
}

async function answer(visit: Visit, reply: FastifyReply, reading: CaseReading, section: Section, shown: Shown): Promise<FastifyReply> {
  const { language } = visit;
  return sendPage(reply, visit, {
    title: section.title[language], status: shown.status,
    crumbs: [...crumbsOf(reading, language), { href: `/pratiche/${reading.id}/ricognizione`, text: RECOGNITION.title[language] }],
    main: <SectionForm {...shown} section={section} language={language} csrf={visit.person?.csrf ?? ''} id={reading.id} choices={await reading.choices(language)} />,
  });
}

interface SectionFormParts extends Shown {
  readonly section: Section;
  readonly language: Language;
  readonly csrf: string;
  readonly id: string;
  readonly choices: Choices;
}

function SectionForm({ section, language, csrf, id, choices, typed, seen, faults, standing }: SectionFormParts): VNode {
  const { fields, slug, about } = section;
  const inputs = inputsOf(fields);
  return (
    <>
      {standing === undefined ? null : <Changed language={language}><Given fields={fields} typed={typedOf(fields, standing)} command={COMMAND} language={language} choices={choices} /></Changed>}
      <FaultSummary faults={faults} fields={inputs} language={language} />
      <p class="small muted">{PARTS.indexOf(section) + 1} / {PARTS.length}</p>
      <p>{about[language]}</p>
      <form method="post" action={`/pratiche/${id}/ricognizione/${slug}`} noValidate>
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="seen" value={seen} />
        <Fields fields={fields} language={language} command={COMMAND} typed={typed} faults={faults} choices={choices} />
        <div class="actions">
          <button type="submit" name="step" value="next" class="btn btn-primary">{RECOGNITION.save[language]}</button>
          <button type="submit" name="step" value="leave" class="btn btn-outline-primary">{RECOGNITION.leave[language]}</button>
          <a class="btn btn-outline-secondary" href={`/pratiche/${id}/ricognizione`}>{RECOGNITION.back[language]}</a>
        </div>
        {inputs.some(({ kind }) => kind === 'person') ? <AddPerson casePath={`/pratiche/${id}`} action={`/pratiche/${id}/ricognizione/${slug}`} language={language} /> : null}
      </form>
    </>
  );
}

/** That somebody else was there, and with what. */
export function Changed({ language, children }: { readonly language: Language; readonly children: VNode }): VNode {
  return (
    <>
      <div class="notice warn" role="alert" tabIndex={-1} autofocus><p>{RECOGNITION.stale[language]}</p></div>
      <h2>{RECOGNITION.standing[language]}</h2>
      {children}
    </>
  );
}
