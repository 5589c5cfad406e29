import { create as dispositionOf } from 'content-disposition';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { documentsPage } from '../../api/cases/documents.ts';
import type { Context } from '../../api/context.ts';
import type { Page } from '../../api/http/paging.ts';
import { MAX_DOCUMENT_BYTES } from '../../api/cases/document-types.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import type { ListedDocument } from '../../db/vault/documents.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { FileNotice } from '../forms/expired.tsx';
import type { Input } from '../forms/fields.ts';
import { acceptFile, FILE, formWithFile } from '../forms/file.ts';
import { FaultSummary, Fields, NO_CHOICES, type Fault } from '../forms/form.tsx';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { CASE } from '../words/case.ts';
import { sayInstant, sayNumber } from '../words/dates.ts';
import { DOCUMENTS, ERASING, TYPE_NAMES } from '../words/documents.ts';
import { ROLE_NAMES } from '../words/frame.ts';
import { wordOf } from '../words/say.ts';
import { saySentence } from '../words/sentences.ts';
import { crumbsOf } from './form-case.ts';
import { readCase } from './reading.ts';
import { enterReading } from './sending.ts';
import { FILE_HELP, keepUpload, uploadOf } from './uploads.ts';

const PATH = '/pratiche/:id/documenti';
const A_PAGE = 50;
const MEGABYTE = 1024 * 1024;
const THE_FILE: Input = { ...FILE, required: true, words: { label: DOCUMENTS.file, help: FILE_HELP } };

/** The documents of a case: read, taken along, added. */
export function documentPages(context: Context, visits: Visits): FastifyPluginAsync {
  const answer = async (request: FastifyRequest, reply: FastifyReply, status: number, faults: readonly Fault[]): Promise<FastifyReply> => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    const { dopo, caricato, cancellato } = request.query as { readonly dopo?: unknown; readonly caricato?: unknown; readonly cancellato?: unknown };
    const page = await documentsPage(context.as(reading.caller).documents, reading.stream, A_PAGE, typeof dopo === 'string' ? dopo : undefined);
    return sendPage(reply, visit, {
      title: CASE.documents[visit.language], status, crumbs: crumbsOf(reading, visit.language), scripts: ['upload'],
      main: (
        <>
          {caricato === undefined ? null : <div class="notice done" role="status"><p>{DOCUMENTS.done[visit.language]}</p></div>}
          {cancellato === undefined ? null : <div class="notice done" role="status"><p>{ERASING.done[visit.language]}</p></div>}
          <DocumentList id={reading.id} page={page} mayErase={reading.caller.role !== 'auditor'} language={visit.language} />
          {reading.caller.role === 'auditor' ? null : <Upload id={reading.id} csrf={visit.person?.csrf ?? ''} faults={faults} language={visit.language} />}
        </>
      ),
    });
  };

  return async (app) => {
    await acceptFile(app, MAX_DOCUMENT_BYTES);

    app.get(PATH, HIDDEN, async (request, reply) => answer(request, reply, 200, []));

    app.post(PATH, HIDDEN, async (request, reply) => {
      const { id, stream, caller, ...reading } = await readCase(context, request);
      await enterReading(context, request, { id, stream, caller, ...reading });
      const { form, file } = await formWithFile(request);
      requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
      const language = visits.languageOf(request);
      const upload = uploadOf(file);
      const fault = 'message' in upload ? upload : await keepUpload(context, caller, stream, upload);
      if (fault !== null) return answer(request, reply, fault.status, [{ message: saySentence(fault.message[language], language), path: 'file' }]);
      return reply.redirect(`/pratiche/${id}/documenti?caricato`, 303);
    });

    app.get(`${PATH}/:documentId`, HIDDEN, async (request, reply) => {
      const { stream, caller } = await readCase(context, request);
      const { documentId } = request.params as { readonly documentId: string };
      const document = await context.as(caller).documents.find(stream, documentId);
      if (document === undefined) throw Problem.of('NOT_FOUND');
      const disposition = dispositionOf(document.name ?? document.id);
      return reply.type(document.mediaType).header('Content-Disposition', disposition).serializer((content: unknown) => content as string).send(document.content);
    });
  };
}

function DocumentList({ id, page: { items, nextCursor }, mayErase, language }: { readonly id: string; readonly page: Page<ListedDocument>; readonly mayErase: boolean; readonly language: Language }): VNode {
  return (
    <>
      <p>{DOCUMENTS.intro[language]}</p>
      {items.length === 0 ? <p>{DOCUMENTS.none[language]}</p> : (
        <table class="table stack documents">
          <caption class="visually-hidden">{CASE.documents[language]}</caption>
          <thead>
            <tr><th scope="col">{DOCUMENTS.name[language]}</th><th scope="col">{DOCUMENTS.type[language]}</th><th scope="col">{DOCUMENTS.added[language]}</th><th scope="col">{DOCUMENTS.digest[language]}</th></tr>
          </thead>
          <tbody>
            {items.map(({ id: documentId, name, mediaType, size, sha256, addedAt, addedBy }) => (
              <tr key={documentId}>
                <th scope="row"><a href={`/pratiche/${id}/documenti/${documentId}`} download>{name ?? `${DOCUMENTS.unnamed[language]} (${sha256.slice(0, 12)})`}</a>{mayErase ? <><br /><a class="small fw-normal text-nowrap" href={`/pratiche/${id}/documenti/${documentId}/cancella`}>{ERASING.link[language]}<span class="visually-hidden"> {name ?? sha256.slice(0, 12)}</span></a></> : null}</th>
                <td data-label={DOCUMENTS.type[language]}>{wordOf(TYPE_NAMES, mediaType, language)}, {sizeOf(size, language)}</td>
                <td data-label={DOCUMENTS.added[language]}>{sayInstant(addedAt, language)}{addedBy === null ? '' : ` ${DOCUMENTS.by[language]} ${ROLE_NAMES[addedBy][language]}`}</td>
                <td data-label={DOCUMENTS.digest[language]}><span class="code">{sha256}</span></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {nextCursor === null ? null : <p><a href={`/pratiche/${id}/documenti?dopo=${nextCursor}`}>{DOCUMENTS.older[language]}</a></p>}
    </>
  );
}

function sizeOf(bytes: number, language: Language): string {
  return bytes < 1024 ? `${bytes} byte` : bytes < MEGABYTE ? `${sayNumber(bytes / 1024, language)} kB` : `${sayNumber(bytes / MEGABYTE, language)} MB`;
}

function Upload({ id, csrf, faults, language }: { readonly id: string; readonly csrf: string; readonly faults: readonly Fault[]; readonly language: Language }): VNode {
  return (
    <>
      <h2>{DOCUMENTS.add[language]}</h2>
      <FaultSummary faults={faults} fields={[THE_FILE]} language={language} />
      <FileNotice to={`/pratiche/${id}/documenti`} language={language} />
      <form method="post" action={`/pratiche/${id}/documenti`} enctype="multipart/form-data" noValidate>
        <input type="hidden" name="csrf" value={csrf} />
        <Fields fields={[THE_FILE]} language={language} command="" typed={new Map()} faults={faults} choices={NO_CHOICES} />
        <div class="actions"><button type="submit" class="btn btn-primary">{DOCUMENTS.send[language]}</button></div>
      </form>
    </>
  );
}
