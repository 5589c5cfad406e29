import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems.ts';
import { IF_NONE_MATCH } from './conditional.ts';
import { pathOf } from './methods.ts';
import { isPlainUrl } from './text.ts';

/** Said once, or two readers of a request may act on different ones. */
const SINGLE = new Set(['authorization', 'content-type', 'idempotency-key', 'x-correlation-id', 'prefer', 'if-match', 'if-none-match', 'content-disposition']);
const TAGS = new RegExp(IF_NONE_MATCH);
/** Forms of our pages with a file; routes that take none refuse it. */
const WITH_FILE = /^multipart\/form-data;[ \t]*boundary=[A-Za-z0-9'()+_./:=?-]{1,70}$/i;
/** What programs send and what forms of our pages send; both are UTF-8 and may say so. */
const IN_UTF8 = /^application\/(?:json|x-www-form-urlencoded)(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?$/i;

/** What is refused of a request by its first line and headers alone, before anything of a body is read. */
export function registerStrictness(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    refuseNoHost(request);
    refuseDeceptiveUrl(request);
    refuseStrangeHeaders(request);
    refuseContent(request);
  });
}

/** RFC 9112; HTTP/1.0 knew none. */
function refuseNoHost({ raw, headers }: FastifyRequest): void {
  if (headers.host !== undefined || raw.httpVersion === '1.0') return;
  throw Problem.of('VALIDATION', { hostile: true, detail: { it: "Manca l'intestazione Host.", en: 'The header Host is missing.' } });
}

/** No id holds such a character: such a path is not found, such a query malformed. */
function refuseDeceptiveUrl({ url }: FastifyRequest): void {
  const path = pathOf(url);
  if (!isPlainUrl(path)) throw Problem.of('NOT_FOUND');
  if (!isPlainUrl(url)) throw Problem.of('VALIDATION', {
    hostile: true,
    detail: {
      it: 'I parametri contengono un carattere di controllo, uno che cambia la direzione della scrittura o byte che non sono UTF-8.',
      en: 'The query holds a control character, one that turns the direction of text, or bytes that are not UTF-8.',
    },
  });
}

function refuseStrangeHeaders({ raw, headers }: FastifyRequest): void {
  const seen = new Set<string>();
  for (let index = 0; index < raw.rawHeaders.length; index += 2) {
    const name = raw.rawHeaders[index]?.toLowerCase() ?? '';
    if (!SINGLE.has(name)) continue;
    if (seen.has(name)) throw Problem.of('VALIDATION', { hostile: true, detail: { it: `L'intestazione ${name} è ripetuta.`, en: `The header ${name} is given twice.` } });
    // An unsafe correlation id is only not repeated: it is none of the question.
    if (name !== 'x-correlation-id' && !/^[\t\u0020-\u007e]*$/.test(raw.rawHeaders[index + 1] ?? '')) {
      throw Problem.of('VALIDATION', { hostile: true, detail: { it: `L'intestazione ${name} contiene caratteri non ASCII.`, en: `The header ${name} holds more than visible ASCII.` } });
    }
    seen.add(name);
  }
  if (!TAGS.test(headers['if-none-match'] ?? '*')) throw Problem.of('VALIDATION', { detail: { it: 'If-None-Match contiene ETag tra virgolette, oppure *.', en: 'If-None-Match takes ETags in quotes, or *.' } });
}

/** Bodies come as they are (what is small may unpack to anything), and JSON in UTF-8 only, as it is (RFC 8259). */
function refuseContent({ headers }: FastifyRequest): void {
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    throw Problem.of('UNSUPPORTED_MEDIA_TYPE', { hostile: true, detail: { it: 'I contenuti compressi non sono ammessi.', en: 'Compressed bodies are not taken.' }, headers: { 'Accept-Encoding': 'identity' } });
  }
  const type = headers['content-type'];
  if (type === undefined) return;
  if (!IN_UTF8.test(type) && !WITH_FILE.test(type) && (/^application\/json/i.test(type) || /[;,]/.test(type))) {
    throw Problem.of('UNSUPPORTED_MEDIA_TYPE', {
      detail: { it: 'È ammesso un solo tipo di contenuto; senza parametri oltre a charset=utf-8.', en: 'One media type is taken, with no parameter but charset=utf-8.' },
    });
  }
}
