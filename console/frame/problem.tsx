import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOf } from '../../api/http/methods.ts';
import { problemBody, type Problem } from '../../api/problems.ts';
import { FileLost } from '../forms/expired.tsx';
import { SENDING } from '../words/case.ts';
import { FRAME } from '../words/frame.ts';
import { saySentence } from '../words/sentences.ts';
import { sendPage } from './page.tsx';
import type { Visits } from './visits.ts';

/** Where programs ask: they get every problem as one, whatever they accept. */
const FOR_PROGRAMS = /^\/(?:v1|log|codec|assets|calendario|oidc\/token|\.well-known)(?:\/|$)|^\/(?:status|metrics|openapi\.(?:json|yaml))$/;

const WORDS = {
  code: { it: 'Codice', en: 'Code' },
  reference: { it: "Riferimento per l'assistenza", en: 'Reference for support' },
  again: { it: 'Accedi di nuovo', en: 'Sign on again' },
} as const;

/** A person who came by browser reads what went wrong and finds a way on; undefined for a program. */
export async function answerProblemPage(request: FastifyRequest, reply: FastifyReply, problem: Problem, visits: Visits): Promise<FastifyReply | undefined> {
  if (FOR_PROGRAMS.test(pathOf(request.url))) return undefined;
  const { accept = '', authorization } = request.headers;
  // Whoever takes anything is led to the sign-on too: a page is asked for, and no token was sent.
  const isLed = /text\/html|\*\/\*/.test(accept) && authorization === undefined;
  if (problem.code === 'UNAUTHENTICATED' && request.method === 'GET' && isLed) return reply.redirect(signOnTo(request.url), 302);
  if (!/text\/html/.test(accept)) return undefined;
  const visit = await visits.of(request);
  const { language, person } = visit;
  if (problem.code === 'UNAUTHENTICATED' && (request.headers['content-type'] ?? '').startsWith('multipart/form-data')) {
    // A form with a file goes to the address of its page, or to `file` below it.
    const to = pathOf(request.url).replace(/\/file$/, '');
    return sendPage(reply, visit, { title: SENDING.expired[language], status: problem.status, main: <FileLost to={to} language={language} /> });
  }
  const { title, detail, code } = problemBody(problem, '', language);
  const again = problem.options.extra?.['signOn'];
  const signOn = typeof again === 'string' ? again : '/login';
  return sendPage(reply.headers({ ...problem.options.headers }), visit, {
    title: String(title), status: problem.status,
    main: (
      <>
        {detail === title ? null : <p>{saySentence(String(detail), language)}</p>}
        <p>{WORDS.code[language]}: <code>{String(code)}</code></p>
        {problem.status < 500 ? null : <p>{WORDS.reference[language]}: <code class="code">{request.id}</code></p>}
        <p>{person === null ? <a href={signOn}>{WORDS.again[language]}</a> : <a href="/">{FRAME.home[language]}</a>}</p>
      </>
    ),
  });
}

function signOnTo(url: string): string {
  return url === '/' ? '/login' : `/login?${new URLSearchParams({ to: url }).toString()}`;
}
