import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../../api/problems.ts';
import type { Input } from './fields.ts';

export interface GivenFile {
  readonly name: string;
  readonly content: Buffer;
}

/** A file that is added to the documents of a case. */
export const FILE: Input = { kind: 'file', path: 'file', required: false, options: [], numeric: false, maxLength: undefined, min: undefined, max: undefined };

/** How much a form may hold beside its file. */
interface Beside {
  readonly fields: number;
  readonly fieldSize: number;
}

/** All that is typed in a form, as for one without a file. */
const MOST_TYPED = 256 * 1024;
const LITTLE: Beside = { fields: 4, fieldSize: 200 };

/** Lets the routes of a plugin take a form with one file of at most so many bytes. */
export async function acceptFile(app: FastifyInstance, mostBytes: number, { fields, fieldSize }: Beside = LITTLE): Promise<void> {
  await app.register(multipart, { throwFileSizeLimit: false, limits: { fileSize: mostBytes, files: 1, fields, fieldSize, parts: fields + 1, headerPairs: 20 } });
}

/** The fields of a form and its file, read up to what is taken. Throws Problem for what is no such form. */
export async function formWithFile(request: FastifyRequest): Promise<{ readonly form: URLSearchParams; readonly file: GivenFile | 'TOO_LARGE' | null }> {
  if (!request.isMultipart()) throw Problem.of('UNSUPPORTED_MEDIA_TYPE');
  const form = new URLSearchParams();
  let file: GivenFile | 'TOO_LARGE' | null = null;
  let typed = 0;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        // Of nobody no file is taken: it is read past, for what comes after it.
        if (request.caller === null) part.file.resume();
        const content = request.caller === null ? Buffer.alloc(0) : await part.toBuffer();
        file = part.file.truncated ? 'TOO_LARGE' : { name: part.filename, content };
      } else {
        const value = String(part.value);
        typed += value.length;
        if (typed > MOST_TYPED) throw Problem.of('PAYLOAD_TOO_LARGE');
        form.append(part.fieldname, value);
      }
    }
  } catch (cause) {
    // More parts, longer fields or other bytes than the form of the page gives.
    throw /^FST_|^ERR_|Multipart|Unexpected end/.test(`${codeOf(cause) ?? ''}${String(cause)}`) ? Problem.of('VALIDATION', { cause }) : cause;
  }
  return { form, file };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
