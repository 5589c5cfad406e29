import { parse } from 'content-disposition';
import type { DocumentInfo, DocumentRequest, Documents, ListedDocument } from '../../db/vault/documents.ts';
import type { Caller } from '../auth/verify.ts';
import { decodeCursor, pageOf, type Page } from '../http/paging.ts';
import { isPlainText } from '../http/text.ts';
import { DOCUMENT_TYPES, MAX_DOCUMENT_BYTES } from './document-types.ts';
import { Problem } from '../problems.ts';

const MAX_NAME = 200;
const EMPTY = { it: 'Il documento è vuoto.', en: 'The document has no bytes.' };
const BAD_NAME = { it: `Il nome di un documento ha da 1 a ${MAX_NAME} caratteri, senza controlli né inversioni della scrittura.`, en: `The name of a document has 1 to ${MAX_NAME} characters, no controls and none that turn the direction of text.` };
const BAD_HEADER = { it: 'Content-Disposition indica il nome del documento, ad esempio attachment; filename="delibera.pdf".', en: 'Content-Disposition gives the name of the document, like attachment; filename="delibera.pdf".' };

export interface GivenDocument {
  readonly mediaType: string;
  readonly content: unknown;
  /** As the sender calls it; undefined: it was not said. */
  readonly name: string | undefined;
}

/** Stores a document of a case by the edge's checks. Throws Problem. */
export async function addDocument(
  documents: Documents, stream: string, { mediaType, content, name }: GivenDocument, { role }: Caller, request?: DocumentRequest,
): Promise<DocumentInfo> {
  if (!Buffer.isBuffer(content) || content.length === 0) throw Problem.validation([{ code: 'EMPTY', message: EMPTY }]);
  if (!DOCUMENT_TYPES.some((type) => type === mediaType)) throw Problem.of('UNSUPPORTED_MEDIA_TYPE');
  if (content.length > MAX_DOCUMENT_BYTES) throw Problem.of('PAYLOAD_TOO_LARGE');
  return documents.add(stream, { mediaType, content, name: name === undefined ? undefined : plainName(name), by: role === 'auditor' ? undefined : role }, request);
}

/** Where a page of documents begins: time and id of the last one before it. */
const PLACE = /^\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z\/doc-[0-9a-f-]{1,50}$/;

/** A page of the documents of a case, oldest first. Throws Problem on a cursor that no page gave. */
export async function documentsPage(documents: Documents, stream: string, limit: number, cursor: string | undefined): Promise<Page<ListedDocument>> {
  const [addedAt = '', id = ''] = decodeCursor(cursor, PLACE)?.split('/') ?? [];
  const found = await documents.list(stream, limit + 1, cursor === undefined ? undefined : { addedAt, id });
  return pageOf(found, limit, (document) => `${document.addedAt}/${document.id}`, (document) => document);
}

/** The name in a request's Content-Disposition (RFC 6266); undefined when there is none. Throws Problem on a malformed one. */
export function nameIn(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    return parse(header).parameters['filename'];
  } catch {
    throw Problem.validation([{ code: 'NAME_INVALID', message: BAD_HEADER, path: 'Content-Disposition' }]);
  }
}

/** What a name is without the folders that some browsers send along. */
function plainName(given: string): string {
  const name = given.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1).trim();
  if (name === '' || name.length > MAX_NAME || !isPlainText(name) || /[\n\r\t]/.test(name)) throw Problem.validation([{ code: 'NAME_INVALID', message: BAD_NAME, path: 'name' }]);
  return name;
}
