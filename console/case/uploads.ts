import { createHash } from 'node:crypto';
import { addDocument } from '../../api/cases/documents.ts';
import { MAX_DOCUMENT_BYTES, TYPE_BY_ENDING } from '../../api/cases/document-types.ts';
import type { Caller } from '../../api/auth/verify.ts';
import type { Context } from '../../api/context.ts';
import { Problem } from '../../api/problems.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import { inputsOf, type Field, type Input } from '../forms/fields.ts';
import { FILE, type GivenFile } from '../forms/file.ts';
import type { Typed } from '../forms/read.ts';
import { DOCUMENTS } from '../words/documents.ts';

const MEGABYTE = 1024 * 1024;
const MOST_MEGABYTES = String(MAX_DOCUMENT_BYTES / MEGABYTE);
/** Which files are taken. */
export const FILE_HELP = filled(DOCUMENTS.help);

/** Beside a choice of documents: another one, which is added to them. */
export const ANOTHER_DOCUMENT: Input = { ...FILE, words: { label: DOCUMENTS.another, help: joined(FILE_HELP, DOCUMENTS.anotherHelp) } };

/** A file of a form that may become a document of a case. */
export interface Upload {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
  readonly sha256: string;
}

/** A file that is not taken, and why. */
export interface FileFault {
  readonly status: number;
  readonly message: Bilingual;
}

/** What a form brought, as a document; or why it is none. */
export function uploadOf(file: GivenFile | 'TOO_LARGE' | null): Upload | FileFault {
  if (file === 'TOO_LARGE') return { status: 413, message: filled(DOCUMENTS.tooLarge) };
  if (file === null || file.content.length === 0) return { status: 400, message: DOCUMENTS.missing };
  const mediaType = TYPE_BY_ENDING[/\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? ''];
  if (mediaType === undefined) return { status: 415, message: DOCUMENTS.wrongType };
  return { ...file, mediaType, sha256: createHash('sha256').update(file.content).digest('hex') };
}

/** Adds it to the documents of a case; null: it is one of them now. */
export async function keepUpload(context: Context, caller: Caller, stream: string, { mediaType, content, name }: Upload): Promise<FileFault | null> {
  try {
    await addDocument(context.as(caller).documents, stream, { mediaType, content, name }, caller);
    return null;
  } catch (error) {
    // Its name alone is left to be wrong.
    const [reason] = error instanceof Problem && error.status === 400 ? error.options.reasons ?? [] : [];
    if (reason === undefined) throw error;
    return { status: 400, message: reason.message };
  }
}

/** What was typed, with a document chosen beside those that are. */
export function withDocument(fields: readonly Field[], typed: Typed, sha256: string): Typed {
  const choice = inputsOf(fields).find(({ kind }) => kind === 'documents');
  return choice === undefined ? typed : new Map([...typed, [choice.path, [...new Set([...typed.get(choice.path) ?? [], sha256])]]]);
}

export function takesFile(fields: readonly Field[]): boolean {
  return inputsOf(fields).some(({ kind }) => kind === 'file');
}

/** Of a file that was sent along and is not among the documents. */
export function notKept(name: string): Bilingual {
  const { it, en } = DOCUMENTS.notKept;
  return { it: it.replace('{name}', () => name), en: en.replace('{name}', () => name) };
}

function joined(one: Bilingual, other: Bilingual): Bilingual {
  return { it: `${one.it}. ${other.it}`, en: `${one.en}. ${other.en}` };
}

function filled({ it, en }: Bilingual): Bilingual {
  return { it: it.replace('{n}', MOST_MEGABYTES), en: en.replace('{n}', MOST_MEGABYTES) };
}
