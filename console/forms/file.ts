import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../../api/problems.ts';

export interface GivenFile {
  readonly name: string;
  readonly content: Buffer;
}

/** Lets the routes of a plugin take a form with one file of at most so many bytes. */
export async function acceptFile(app: FastifyInstance, mostBytes: number): Promise<void> {
  await app.register(multipart, { throwFileSizeLimit: false, limits: { fileSize: mostBytes, files: 1, fields: 4, fieldSize: 200, parts: 5, headerPairs: 20 } });
}

/** The fields of a form and its file, read up to what is taken. Throws Problem for what is no such form. */
export async function formWithFile(request: FastifyRequest): Promise<{ readonly form: URLSearchParams; readonly file: GivenFile | 'TOO_LARGE' | null }> {
  if (!request.isMultipart()) throw Problem.of('UNSUPPORTED_MEDIA_TYPE');
  const form = new URLSearchParams();
  let file: GivenFile | 'TOO_LARGE' | null = null;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        const content = await part.toBuffer();
        file = part.file.truncated ? 'TOO_LARGE' : { name: part.filename, content };
      } else {
        form.append(part.fieldname, String(part.value));
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
