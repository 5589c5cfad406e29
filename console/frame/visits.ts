import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FindCaller } from '../../api/auth/caller.ts';
import { sessionIdOf, type Cookies } from '../../api/auth/cookies.ts';
import { formToken } from '../../api/auth/csrf.ts';
import type { Keys } from '../../api/auth/keys.ts';
import type { RelyingParty } from '../../api/auth/relying-party.ts';
import type { Caller } from '../../api/auth/verify.ts';
import type { Bodies } from '../../api/bodies.ts';
import { languageOf } from '../../api/http/language.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import type { SignedOn, Visit } from './visit.ts';

export interface VisitsOptions {
  readonly cookies: () => Cookies;
  readonly keys: Keys;
  readonly bodies: Bodies;
  /** Null: nobody can sign on here by browser. */
  readonly party: RelyingParty | null;
  readonly findCaller: FindCaller;
}

const YEAR_S = 365 * 24 * 3600;

/** What every page needs to know of who asks for it. */
export class Visits {
  private readonly options: VisitsOptions;

  constructor(options: VisitsOptions) {
    this.options = options;
  }

  /** Also of public pages and of requests that failed: there too the frame says who is signed on. */
  async of(request: FastifyRequest): Promise<Visit> {
    const { party, cookies } = this.options;
    const caller = request.caller ?? await this.findSignedOn(request);
    const elsewhere = caller === null ? undefined : await party?.endSessionUrl(`${cookies().origin}/`).catch(() => undefined);
    return {
      // A code of the sign-on is repeated in no address.
      language: this.languageOf(request), path: request.method === 'GET' && !request.url.startsWith('/oidc/callback') ? request.url : '/',
      person: caller === null ? null : this.signedOn(caller, request), formTargets: elsewhere === undefined ? [] : [elsewhere.origin],
    };
  }

  /** Address that browsers use. */
  readonly origin = (): string => this.options.cookies().origin;

  languageOf(request: FastifyRequest): Language {
    const chosen = request.cookies[this.languageCookie()];
    return chosen === 'it' || chosen === 'en' ? chosen : languageOf(request.headers['accept-language']);
  }

  keepLanguage(reply: FastifyReply, language: Language): void {
    reply.setCookie(this.languageCookie(), language, { ...this.options.cookies().options, maxAge: YEAR_S });
  }

  /** Id of the browser's session, which its forms are bound to. */
  sessionId(request: FastifyRequest): string | undefined {
    return sessionIdOf(request, this.options.cookies());
  }

  private languageCookie(): string {
    return `${this.options.cookies().session}-lang`;
  }

  private async findSignedOn(request: FastifyRequest): Promise<Caller | null> {
    if (this.sessionId(request) === undefined) return null;
    // Whoever cannot be known now is shown as nobody: the page itself is what was asked for.
    return this.options.findCaller(request).then(({ caller }) => caller).catch(() => null);
  }

  private signedOn({ role, body }: Caller, request: FastifyRequest): SignedOn {
    const { bodies, keys } = this.options;
    const comune = body === null ? undefined : bodies.find(body);
    const id = this.sessionId(request);
    return { role, bodyName: role !== 'member' ? null : comune === undefined ? body : comune.bodyType === 'COMUNE' ? `Comune di ${comune.name}` : comune.name, csrf: id === undefined ? '' : formToken(keys, id) };
  }
}
