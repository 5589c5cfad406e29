import { isDatabaseAway } from '../../db/unavailable.ts';
import { Problem } from '../problems.ts';

/** What the framework refuses by itself. */
const FRAMEWORK: Readonly<Record<string, () => Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => Problem.of('PAYLOAD_TOO_LARGE'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => Problem.of('UNSUPPORTED_MEDIA_TYPE', {
    detail: { it: 'Qui non si accetta questo Content-Type; i dati si inviano come application/json.', en: 'This Content-Type is not taken here; data are sent as application/json.' },
  }),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => Problem.of('MALFORMED_JSON', { detail: { it: 'La richiesta è vuota; si attende un oggetto JSON.', en: 'The body is empty; a JSON object is expected.' } }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => Problem.of('VALIDATION', {
    detail: { it: 'La lunghezza della richiesta non è quella indicata da Content-Length.', en: 'The body has not the length that Content-Length says.' },
  }),
  FST_ERR_BAD_URL: () => Problem.of('NOT_FOUND'),
};

/** What a request ends with that failed by this error; what nobody foresaw is INTERNAL. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error)) return Problem.of('STORE_UNAVAILABLE', { cause: error });
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = FRAMEWORK[code];
  if (known !== undefined) return known();
  const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  return status === 400 ? Problem.of('VALIDATION') : Problem.of('INTERNAL', { cause: error });
}
