import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems.ts';
import { pathOf, sendProblem } from './errors.ts';

/** Known paths with another method are told which methods there are; unknown paths are not found. */
export function registerNotFound(app: FastifyInstance): void {
  const known: { readonly url: string; readonly pattern: RegExp; readonly methods: Set<string> }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    const present = known.find((route) => route.url === url);
    const route = present ?? { url, pattern: patternOf(url), methods: new Set<string>() };
    for (const one of [method].flat()) route.methods.add(one);
    if (present === undefined) known.push(route);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request.url);
    const methods = new Set(known.filter(({ pattern }) => pattern.test(path)).flatMap((route) => [...route.methods]));
    if (methods.size === 0 || methods.has(request.method)) return sendProblem(request, reply, Problem.of('NOT_FOUND'));
    return sendProblem(request, reply, Problem.of('METHOD_NOT_ALLOWED', { headers: { Allow: [...methods].toSorted().join(', ') } }));
  });
}

function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)));
  return new RegExp(`^${parts.join('/')}$`);
}
