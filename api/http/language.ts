import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { sayReason, type Reason } from '../../domain/shared/reason.ts';

/** Italian unless English is asked for before it. */
export function languageOf(acceptLanguage: string | undefined): Language {
  for (const range of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const tag = range.trim().slice(0, 2);
    if (tag === 'it' || tag === 'en') return tag;
  }
  return 'it';
}

/**
 * The language of the caller: what the query says (`lang`, where a route takes it), else the header. The answer says which it
 * is in, and that another caller may get another.
 */
export function answerLanguage(request: FastifyRequest, reply: FastifyReply): Language {
  const language = saidIn(request.query) ?? languageOf(request.headers['accept-language']);
  const vary = [reply.getHeader('Vary') ?? []].flat().join(', ');
  reply.headers({ 'Content-Language': language, Vary: vary === '' ? 'Accept-Language' : `${vary}, Accept-Language` });
  return language;
}

function saidIn(query: unknown): Language | undefined {
  const lang = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : undefined;
  return lang === 'it' || lang === 'en' ? lang : undefined;
}

/** An answer with every reason in it, and what gave the points of a score, in one language; titles that have both keep both. */
export function inLanguage(value: unknown, language: Language): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => inLanguage(item, language));
  if (isReason(value)) return sayReason(value, language);
  return Object.fromEntries(Object.entries(value).map(([key, member]: [string, unknown]) => [key, key === 'because' && isBilingual(member) ? member[language] : inLanguage(member, language)]));
}

function isReason(value: object): value is Reason {
  return 'code' in value && 'message' in value && isBilingual(value.message);
}

function isBilingual(value: unknown): value is Bilingual {
  return typeof value === 'object' && value !== null && 'it' in value && 'en' in value;
}
