import type { Role } from '../domain/shared/actor.ts';
import type { Bilingual, Language } from '../domain/shared/bilingual.ts';
import { sayReason, type Reason } from '../domain/shared/reason.ts';
import { rolesInWords } from '../domain/shared/roles.ts';
import type { Ground } from './auth/grounds.ts';

/** What stands in the tables below, beside the title. */
interface Row extends Bilingual {
  /** Ground of the entry that a request which ends so leaves in the security log; null: none, it is no refusal. */
  readonly ground: Ground | null;
}

/** The one table of what can go wrong at the edge: stable code, status, entry in the security log, title. */
const EDGE = {
  VALIDATION: { status: 400, ground: 'BAD_DATA', it: 'Richiesta non valida', en: 'Invalid request' },
  MALFORMED_JSON: { status: 400, ground: 'BAD_DATA', it: 'JSON non valido', en: 'Malformed JSON' },
  DUPLICATE_KEY: { status: 400, ground: 'MALFORMED', it: 'Chiave JSON ripetuta', en: 'Duplicate JSON key' },
  UNAUTHENTICATED: { status: 401, ground: 'TOKEN_REJECTED', it: 'Autenticazione richiesta', en: 'Authentication required' },
  FORBIDDEN: { status: 403, ground: 'NOT_PERMITTED', it: 'Operazione non permessa a questo ruolo', en: 'Not permitted to this role' },
  BODY_ENDED: { status: 403, ground: 'NOT_PERMITTED', it: 'Ente non più esistente', en: 'The body is no more' },
  SIGN_ON_FAILED: { status: 400, ground: 'SIGN_ON', it: 'Accesso non riuscito', en: 'The sign-on did not succeed' },
  SIGN_ON_REFUSED: { status: 403, ground: 'SIGN_ON', it: "Accesso rifiutato dal servizio di identità", en: 'The identity provider refused the sign-on' },
  ACR_TOO_LOW: { status: 403, ground: 'SIGN_ON', it: 'Livello di autenticazione insufficiente', en: 'The level of authentication is too low' },
  CSRF_REFUSED: { status: 403, ground: 'CSRF', it: 'Richiesta non inviata da questo sito', en: 'The request does not come from this site' },
  NOT_FOUND: { status: 404, ground: 'NOT_THERE', it: 'Risorsa non trovata', en: 'Not found' },
  NOT_SEQUENCED: { status: 404, ground: null, it: 'Non ancora nel registro di trasparenza', en: 'Not yet in the transparency log' },
  TREE_NOT_SIGNED: { status: 404, ground: null, it: 'Nessun albero di questa dimensione è stato firmato', en: 'No tree of this size was signed' },
  CASE_NOT_IN_TREE: { status: 404, ground: null, it: 'In un albero di questa dimensione la pratica non c\'è ancora', en: 'In a tree of this size the case is not there yet' },
  METHOD_NOT_ALLOWED: { status: 405, ground: 'NOT_THERE', it: 'Metodo non ammesso', en: 'Method not allowed' },
  PARAMETERS_INVALID: { status: 400, ground: 'BAD_DATA', it: 'Parametri non conformi al catalogo', en: 'Parameters break the schema of the catalogue' },
  CREDENTIALS_SHOWN: { status: 410, ground: 'NOT_PERMITTED', it: 'Credenziali già mostrate', en: 'The credentials were shown already' },
  REQUEST_TIMEOUT: { status: 408, ground: 'MALFORMED', it: 'Richiesta troppo lenta', en: 'The request came too slowly' },
  VERSION_CONFLICT: { status: 412, ground: null, it: 'La pratica è cambiata nel frattempo', en: 'The case has changed in the meantime' },
  DRAFT_CONFLICT: { status: 412, ground: null, it: 'La bozza è cambiata nel frattempo', en: 'The draft has changed in the meantime' },
  CATALOGUE_CONFLICT: { status: 412, ground: null, it: 'Il servizio è cambiato nel frattempo', en: 'The service has changed in the meantime' },
  PAYLOAD_TOO_LARGE: { status: 413, ground: 'MALFORMED', it: 'Contenuto troppo grande', en: 'Content too large' },
  PAYLOAD_UNREADABLE: { status: 422, ground: 'BAD_DATA', it: 'Contenuto cifrato non leggibile', en: 'Encrypted payload cannot be read' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, ground: 'BAD_TYPE', it: 'Tipo di contenuto non ammesso', en: 'Unsupported media type' },
  TOO_MANY_STREAMS: { status: 429, ground: 'TOO_MUCH', it: 'Troppe connessioni aperte', en: 'Too many open connections' },
  TOO_MANY_REQUESTS: { status: 429, ground: 'TOO_MUCH', it: 'Troppe richieste', en: 'Too many requests' },
  HEADERS_TOO_LARGE: { status: 431, ground: 'MALFORMED', it: 'Intestazioni troppo grandi', en: 'Header fields too large' },
  INTERNAL: { status: 500, ground: null, it: 'Errore interno', en: 'Internal error' },
  ENGINE_UNAVAILABLE: { status: 503, ground: null, it: 'Motore dei processi non raggiungibile', en: 'The workflow engine is away' },
  BROKER_UNREACHABLE: { status: 502, ground: null, it: 'Broker non raggiungibile', en: 'The broker is away' },
  STORE_UNAVAILABLE: { status: 503, ground: null, it: 'Archivio non raggiungibile', en: 'The store is away' },
  OUTCOME_UNKNOWN: { status: 503, ground: null, it: 'Esito non ancora noto', en: 'Outcome not known yet' },
  FORECASTS_BUSY: { status: 503, ground: null, it: 'Altre previsioni sono in corso', en: 'Other forecasts are under way' },
  ISSUER_UNAVAILABLE: { status: 503, ground: null, it: 'Servizio di identità non raggiungibile', en: 'The identity provider is away' },
} as const satisfies Readonly<Record<string, Row & { readonly status: number }>>;

/** Refusals by a process or the store whose title says more than the general one; all are 409. */
const REFUSALS: Readonly<Record<string, Row>> = {
  CONSTITUTION_OPEN: { ground: null, it: 'Un percorso di costituzione è già aperto', en: 'A constitution is open already' },
  ADHESION_OPEN: { ground: null, it: "Un'adesione di questo ente è già aperta", en: 'An adhesion of this body is open already' },
  MIGRATION_OPEN: { ground: null, it: 'Una migrazione di questo servizio è già aperta', en: 'A migration of this service is open already' },
  SERVICE_IN_USE: { ground: null, it: 'Il servizio è già in esercizio', en: 'The service operates already' },
  IDEMPOTENCY_MISMATCH: { ground: 'OTHER_CONTENT', it: 'Chiave di idempotenza usata con altro contenuto', en: 'Idempotency key used with other content' },
  RECORD_TOO_LARGE: { ground: null, it: 'Contenuto oltre il limite di un evento', en: 'Content beyond the limit of a record' },
  VOTES_INCONSISTENT: { ground: null, it: 'Voti impossibili', en: 'Impossible votes' },
  TWO_PERSON_REQUIRED: { ground: 'SAME_PERSON', it: "Serve un'altra persona: chi prepara non approva", en: 'It takes another person: who prepares does not approve' },
  TOO_MANY_VIEWS: { ground: null, it: 'Troppe viste salvate', en: 'Too many saved views' },
  TOO_MANY_FEEDS: { ground: null, it: 'Troppi indirizzi del calendario', en: 'Too many addresses of calendars' },
  DEPENDENCY_CYCLE: { ground: null, it: 'Dipendenze in tondo', en: 'The dependencies go round in a circle' },
  UNKNOWN_DEPENDENCY: { ground: null, it: 'Dipendenza sconosciuta al catalogo', en: 'A dependency that the catalogue does not have' },
  DEPENDENCY_NOT_ACTIVE: { ground: null, it: 'Offerto sopra un servizio che non lo è', en: 'Offered upon a service that is not' },
  GATE_MISSING: { ground: null, it: "Manca il controllo verso l'esercizio", en: 'The gate to operation is missing' },
  PROCESS_UNAVAILABLE: { ground: null, it: 'Nulla può ancora erogare questo servizio', en: 'Nothing can deliver this service yet' },
  TOO_MANY_SERVICES: { ground: null, it: 'Troppi servizi nel catalogo', en: 'Too many services in the catalogue' },
  BROKER_CATALOGUE_MISMATCH: { ground: null, it: 'Il catalogo del broker è un altro', en: "The broker's catalogue is another" },
  SERVICE_TAKEN: { ground: null, it: 'Servizio di un altro broker', en: "Another broker's service" },
  BROKER_IN_USE: { ground: null, it: 'Broker in uso', en: 'The broker is in use' },
  CASE_HALTED: { ground: null, it: 'Pratica sospesa per un controllo tecnico', en: 'The case is halted for a technical check' },
};
const REFUSED: Row = { ground: null, it: 'Rifiutato dal processo', en: 'Refused by the process' };

export type EdgeCode = keyof typeof EDGE;

const RETRY_AFTER_S = 2;

export interface ProblemOptions {
  readonly detail?: Bilingual | undefined;
  readonly reasons?: readonly Reason[] | undefined;
  /** Members beside those of RFC 9457, e.g. `commandId`. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly cause?: unknown;
  /** What was asked for is there, and is another body's: noted in the security log, never told to the caller. */
  readonly ofAnotherBody?: boolean | undefined;
  /** What no program sends by mistake: noted as such in the security log. */
  readonly hostile?: boolean | undefined;
}

/** What a request ends with when it does not succeed. Thrown by routes, answered as problem+json by the error handler. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly options: ProblemOptions;

  private constructor(status: number, code: string, options: ProblemOptions) {
    super(options.detail?.en ?? code, { cause: options.cause });
    this.status = status;
    this.code = code;
    this.options = options;
  }

  /** Why it stands in the security log, by the table and by what is known of this one; null: it does not. */
  get ground(): Ground | null {
    if (this.options.ofAnotherBody === true) return 'OTHER_BODY';
    return this.options.hostile === true ? 'MALFORMED' : rowOf(this.code).ground;
  }

  /** A problem of the edge. A 503 says when to come back. */
  static of(code: EdgeCode, options: ProblemOptions = {}): Problem {
    const { status } = EDGE[code];
    const headers = status === 503 ? { 'Retry-After': String(RETRY_AFTER_S), ...options.headers } : options.headers;
    return new Problem(status, code, { ...options, headers });
  }

  /** A refusal by the process (or by the store on its behalf): nothing was written. 409, unless the code has a status of its own. */
  static refused(code: string, reasons: readonly Reason[]): Problem {
    return new Problem(isEdgeCode(code) ? EDGE[code].status : 409, code, { detail: reasons[0]?.message, reasons });
  }

  /** Who may do it. */
  static forbidden(roles: readonly Role[]): Problem {
    const { it, en } = rolesInWords(roles);
    return Problem.of('FORBIDDEN', { detail: { it: `È riservato a: ${it}.`, en: `It is for: ${en}.` } });
  }

  /** Data that break the schema, with the place of each fault. */
  static validation(reasons: readonly Reason[], options: Pick<ProblemOptions, 'ofAnotherBody'> = {}): Problem {
    return Problem.of('VALIDATION', { detail: reasons[0]?.message, reasons, ...options });
  }
}

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** The body of a problem in the language asked for. */
export function problemBody(problem: Problem, instance: string, language: Language): Record<string, unknown> {
  const { detail, reasons, extra } = problem.options;
  const title = rowOf(problem.code)[language];
  return {
    type: `urn:associa:problem:${problem.code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status: problem.status,
    detail: detail?.[language] ?? title,
    instance,
    code: problem.code,
    ...(reasons === undefined ? {} : { reasons: reasons.map((reason) => sayReason(reason, language)) }),
    ...extra,
  };
}

function rowOf(code: string): Row {
  return isEdgeCode(code) ? EDGE[code] : (REFUSALS[code] ?? REFUSED);
}

function isEdgeCode(code: string): code is EdgeCode {
  return Object.hasOwn(EDGE, code);
}
