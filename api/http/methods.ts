import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems.ts';

/** The problem of a path and method that no route has; undefined when a route has them. */
export type FindMissing = (path: string, method: string) => Problem | undefined;

/**
 * Known paths with another method are told which methods there are, unknown paths are not found; before the body is
 * read or a token asked for. To be registered before the routes.
 */
export function registerNotFound(app: FastifyInstance): FindMissing {
  const known: { readonly url: string; readonly pattern: RegExp; readonly methods: Set<string> }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    const present = known.find((route) => route.url === url);
    const route = present ?? { url, pattern: patternOf(url), methods: new Set<string>() };
    for (const one of [method].flat()) route.methods.add(one);
    if (present === undefined) known.push(route);
  });
  const find: FindMissing = (path, method) => {
    const methods = new Set(known.filter(({ pattern }) => pattern.test(path)).flatMap((route) => [...route.methods]));
    if (methods.size === 0) return Problem.of('NOT_FOUND');
    if (methods.has(method)) return undefined;
    const allowed = [...methods].toSorted().join(', ');
    return Problem.of('METHOD_NOT_ALLOWED', { detail: { it: `Qui si ammette: ${allowed}.`, en: `Here these are allowed: ${allowed}.` }, headers: { Allow: allowed } });
  };
  app.addHook('onRequest', async (request) => {
    if (request.is404) throw find(pathOf(request.url), request.method) ?? Problem.of('NOT_FOUND');
  });
  return find;
}

/** The path alone, in visible ASCII: queries may hold what people typed, and bytes that are none of a URL are no words for a log. */
export function pathOf(url: string): string {
  return (url.split('?', 1)[0] ?? url).replaceAll(/[^\u0021-\u007e]/g, (character) => encodeURIComponent(character.isWellFormed() ? character : '?'));
}

function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)));
  return new RegExp(`^${parts.join('/')}$`);
}
