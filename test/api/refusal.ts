import { expect } from 'vitest';
import type { Ground } from '../../api/auth/grounds.ts';
import type { Api } from './support.ts';

/** What an attack must meet: status and code of the answer, and the ground of its one entry in the security log (null: none). */
export type Refusal = readonly [status: number, code: string, ground: Ground | null];

/** What of an answer is looked at, however it was got. */
interface Refused {
  readonly status: number;
  /** Empty: of HEAD, whose code stands in the log alone. */
  readonly text: string;
  readonly body: { readonly [key: string]: unknown };
}

/**
 * Lets an attack happen and expects all three: the answer, nothing written in any table, and one entry in the security log
 * that says the same and is found by the answer's correlation id. Answers what `send` did.
 */
export async function expectRefused<Answer extends Refused>(api: Api, send: () => Promise<Answer>, refusal: Refusal): Promise<Answer> {
  const [before, seen] = [await api.written(), api.security.entries.length];
  const answer = await send();
  const entries = () => api.security.entries.slice(seen).map(({ event, status, code, ground }) => [event, status, code, ground]);
  const [status, code, ground] = refusal;
  expect([answer.status, answer.text === '' ? code : answer.body['code']]).toEqual([status, code]);
  expect(entries()).toEqual(ground === null ? [] : [[ground === 'SIGN_ON' ? 'SIGN_ON_REFUSED' : 'REQUEST_REFUSED', status, code, ground]]);
  expect(await api.written()).toEqual(before);
  return answer;
}

/** What came by HTTP, as an answer: of a page, the code that it shows. */
export function answered({ status, text }: { readonly status: number; readonly text: string }): Refused {
  const body = text.startsWith('{') ? JSON.parse(text) as Refused['body'] : { code: /<code>([A-Z_]+)<\/code>/.exec(text)?.[1] };
  return { status, text, body };
}
