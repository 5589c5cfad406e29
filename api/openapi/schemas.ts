import { z } from 'zod';
import { BODY_CODE, isBodyCode } from '../../domain/shared/body-code.ts';
import { says } from '../../domain/shared/says.ts';
import { ServiceEntry, WORK_ROLES } from '../../domain/catalogue/schemas.ts';
import { constitutionDetail, constitutionLine } from './constitution-schemas.ts';
import { Applications, Sites } from '../../domain/adhesion/recognition/schemas/inventory.ts';

/**
 * Shapes of answers, for the document. They are not run on what is sent (tests compare the two); what comes in is checked by the schemas of the routes and of the commands.
 */
export type Documented = z.ZodType;

export const int32 = (least: number, most = 2_147_483_647) => z.int().min(least).max(most).meta({ format: 'int32' });
export const version = int32(0).describe('Version of the case: the number of its events');
export const ipaCode = z.string().regex(BODY_CODE).refine(isBodyCode).meta({ examples: ['c_a010'] }).describe('IPA code of a body');
export const instant = z.string().max(35).meta({ format: 'date-time' });
export const day = z.string().max(10).meta({ format: 'date' });
export const code = z.string().max(60).regex(/^[A-Z][A-Z0-9_]*$/);
const text = z.string().max(4000);
export const digest = z.string().regex(/^[0-9a-f]{64}$/);
export const commandId = z.string().max(300).describe('Id of the command: the Idempotency-Key, or what the engine chose');
export const list = <Item extends z.ZodType>(item: Item, most = 100) => z.array(item).max(most);

export const Reason = z.object({
  code, message: text.describe('In words'), path: z.string().max(300).optional().describe("Place in the request's data"),
}).meta({ id: 'Reason' });

export const Problem = z.looseObject({
  type: z.string().max(200).meta({ format: 'uri' }).describe('Names the kind of problem'),
  title: z.string().max(200).describe('In Italian, or in English by Accept-Language'),
  status: int32(400, 599),
  detail: text,
  instance: z.string().max(2000).describe('Path of the request'),
  code: code.describe('Stable code'),
  reasons: list(Reason).optional(),
}).meta({ id: 'Problem', description: 'What went wrong (RFC 9457)' });

export const Status = z.looseObject({
  type: z.string().max(200).meta({ format: 'uri' }), title: z.string().max(200), status: int32(200, 599), detail: text,
  checks: z.object({ database: z.boolean(), temporal: z.boolean(), worker: z.boolean() }),
}).meta({ id: 'Status', description: 'Health of the service (AgID)' });

export const Actor = z.object({
  subject: z.string().max(100).describe('A random or derived id, never a name'),
  role: z.enum(['operator', 'member', 'auditor', 'engine']),
  body: z.string().max(30).nullable(),
}).meta({ id: 'Actor' });

export const Event = z.object({
  version, type: z.string().max(60), schemaVersion: int32(1), data: z.looseObject({}), actor: Actor, recordedAt: instant, effectiveOn: day.nullable(),
  commandId, record: z.string().max(80_000).describe('Base64 of the bytes that are hashed'), hash: digest, prevHash: digest.nullable(),
}).meta({ id: 'Event', description: 'A stored event' });

export const CloudEvent = z.looseObject({
  specversion: z.literal('1.0'), id: z.string().max(120).describe('Stream and version'), source: z.string().max(120).meta({ format: 'uri-reference' }),
  type: z.string().max(100), subject: z.string().max(100).describe('Id of the case'), time: instant, datacontenttype: z.literal('application/json'),
  data: z.looseObject({ version, type: z.string().max(60), schemaVersion: int32(1), data: z.looseObject({}), actor: Actor, effectiveOn: day.nullable(), commandId, hash: digest }),
}).meta({ id: 'CloudEvent', description: 'An event of a case (CloudEvents 1.0)' });

export const Webhook = z.object({
  id: z.string().max(64), url: z.string().max(1_000).nullable(), types: list(z.string().max(60)), local: z.boolean(), state: z.enum(['ACTIVE', 'PAUSED']),
  pausedFor: z.enum(['ASKED', 'GONE', 'EXHAUSTED']).nullable().describe('Asked for, answered 410, or tried for three days'), cursor: z.string().max(60).describe('Last event that was received'),
  failures: int32(0).describe('In a row'),
  lastAttempt: z.object({ at: instant, status: int32(0, 999).nullable(), error: z.enum(['UNREACHABLE', 'TIMEOUT', 'ADDRESS_REFUSED']).nullable() }).nullable(),
  nextAttemptAt: instant.nullable(), createdAt: instant,
}).meta({ id: 'Webhook', description: 'A program that is told of events' });

/** Of the letters and digits of a view's title. */
export const VIEW_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const ViewFilter = z.strictObject({
  q: z.string().max(100).default('').describe('Name or code'),
  phase: z.enum(['ANY', 'NONE', 'RECOGNITION', 'DESIGN', 'IMPLEMENTATION', 'MANAGEMENT', 'EXITING', 'CLOSED']).default('ANY').describe('NONE: those without a case'),
  waitingFor: z.enum(['ANY', 'OPERATOR', 'MEMBER', 'PROVIDER', 'CLOCK']).default('ANY'),
  late: z.boolean().nullable().default(null),
  sort: z.enum(['name', 'population', 'phase']).default('name'),
  descending: z.boolean().default(false),
}).meta({ id: 'ViewFilter', description: 'What the list of comuni is filtered and sorted by' });

export const SavedView = z.object({ name: z.string().max(60).regex(VIEW_NAME), title: z.string().max(60), filter: ViewFilter }).meta({ id: 'SavedView', description: 'A filter of the list of comuni under a name' });

export const Visit = z.object({ cursor: z.string().max(60).nullable().describe('Position of the feed; null: not said yet'), readAt: instant.nullable() })
  .meta({ id: 'Visit', description: 'Up to where somebody has read the events' });

export const CalendarFeed = z.object({ id: z.string().max(64), createdAt: instant, expiresAt: instant }).meta({ id: 'CalendarFeed', description: 'A private address of a calendar, without the address' });

export const RecordedRead = z.object({
  readAt: instant, reader: Actor, kind: z.enum(['READ', 'EXPORT', 'LIST']), case: z.string().max(120).describe('Stream of the case that was read'),
  route: z.string().max(120).nullable().describe('What was read; null for a list'), item: z.string().max(300).nullable().describe('The text, document, run or command that was read'),
}).meta({ id: 'RecordedRead', description: 'A reading of a case by an operator or auditor' });

const SearchGroup = z.enum(['BODY', 'CASE', 'ACT', 'EVENT', 'COMMAND', 'DIGEST']);
export const SearchResult = z.object({
  items: list(z.object({
    group: SearchGroup.describe('By what it was found'), body: ipaCode, name: z.string().max(100).describe('Name of the comune'),
    case: z.string().max(100).nullable().describe('Id of the case; null for a comune without one'), process: z.enum(['adhesion', 'migration']).nullable(),
    version: version.nullable().describe('Version of the event that was found'), type: z.string().max(60).nullable().describe('Type of the event or command'),
    at: instant.nullable().describe('When it was recorded'), documentId: z.string().max(60).nullable().describe('The document of that digest'),
  }), 1000),
  more: list(SearchGroup).describe('Groups of which there is more than is shown'),
}).meta({ id: 'SearchResult', description: 'What a search found, group by group' });

const InventoryRef = z.looseObject({ documentId: z.string().max(60), digest, count: int32(0) }).meta({ id: 'InventoryRef' });
const Parked = z.looseObject({ commandId, type: z.string().max(60), receivedAt: instant, code }).meta({ id: 'ParkedFact' });
const Waiting = z.object({
  who: z.enum(['OPERATOR', 'MEMBER', 'PROVIDER', 'CLOCK']), what: z.string().max(100), since: instant, dueOn: day.nullable(), dueAt: instant.optional().describe('Where hours count: when it is due, on the day dueOn'), reasons: list(Reason),
}).meta({ id: 'Waiting' });
const Timer = z.looseObject({ key: z.string().max(100), at: instant }).meta({ id: 'Timer' });

const view = {
  id: z.string().max(100), workflowId: z.string().max(120), body: ipaCode, version, parked: list(Parked), waitingFor: list(Waiting), timers: list(Timer), late: z.boolean(),
};

const Score = z.object({
  scoringVersion: z.string().max(20), total: int32(0), max: int32(0),
  lines: list(z.object({ code, points: int32(0), max: int32(0), because: text.describe('What gave the points, in the language of the answer') })),
}).meta({ id: 'ReadinessScore', description: 'How ready the comune is, and what gave each point' });
const Recognition = z.looseObject({
  state: z.enum(['NOT_STARTED', 'INVITED', 'IN_PROGRESS', 'SUBMITTED', 'RETURNED', 'VALIDATED', 'STALE']),
  valid: z.boolean().describe('Whether services of the full track may be planned'),
  dueOn: day.nullable(), submittedOn: day.nullable(), validatedOn: day.nullable(),
  staleOn: day.nullable().describe('First day on which the validation does not count any more'),
  score: Score.nullable(),
  inventories: z.looseObject({ applications: InventoryRef, sites: InventoryRef }).nullable(),
}).meta({ id: 'Recognition' });

export const Adhesion = z.looseObject({
  ...view,
  phase: z.enum(['RECOGNITION', 'DESIGN', 'IMPLEMENTATION', 'MANAGEMENT', 'EXITING', 'CLOSED']),
  deliberation: z.looseObject({ state: z.string().max(40), executivity: z.enum(['NONE', 'PENDING', 'IMMEDIATE', 'EXECUTIVE']), attempt: int32(0) }),
  convention: z.looseObject({ state: z.string().max(40) }),
  dpa: z.looseObject({ state: z.string().max(40) }),
  referents: list(z.looseObject({ appointmentId: z.string().max(20), role: z.string().max(40), state: z.string().max(40), subject: z.string().max(64) }), 1000),
  recognition: Recognition,
  migrations: list(z.looseObject({ id: z.string().max(100), service: z.string().max(50), state: z.string().max(40) }), 1000),
  policies: z.looseObject({}),
}).meta({ id: 'Adhesion', description: 'The adhesion of a comune as readers see it' });

export const Migration = z.looseObject({
  ...view,
  adhesion: z.string().max(100), service: z.string().max(50), plan: z.string().max(100), catalogueVersion: int32(1), state: z.string().max(40),
  gates: list(z.looseObject({ gate: z.string().max(60), open: z.boolean(), reasons: list(Reason) })),
}).meta({ id: 'Migration', description: 'The migration of a service as readers see it' });

export const WorkOrder = z.object({
  migration: z.string().max(100).describe('Id of the migration'), adhesion: z.string().max(100), body: ipaCode, service: z.string().max(50),
  workItem: z.string().max(100).describe('Id of the work item'), title: z.object({ it: z.string().max(200), en: z.string().max(200) }),
  role: z.enum(WORK_ROLES).describe('Who does it'), since: instant.describe('Since when it can be done'),
  dueOn: day.nullable().describe('Day by which it is to be done; null: none'), overdue: z.boolean().describe('Whether that day is past'),
}).meta({ id: 'WorkOrder', description: 'A work item of a migration that can be done now' });

const WhyRule = z.looseObject({
  code: code.describe('Which rule'), message: text.describe('In words'), law: z.string().max(100).nullable().describe('Article; null where the policies of the case or an agreement say it'),
  value: z.unknown().describe('What it gives, computed again from its inputs'), agrees: z.boolean().describe('Whether that is the value'),
  inputs: list(z.looseObject({
    field: z.string().max(300), value: z.unknown(), since: version.describe('Version of the event after which it had this value'),
    rule: z.looseObject({}).nullable().describe('How it was computed itself, in the same form'),
  })),
}).meta({ id: 'WhyRule', description: 'How a value is computed, and from what' });

export const Why = z.object({
  field: z.string().max(300), version, value: z.unknown().describe('At that version'),
  chain: list(z.object({
    before: z.unknown(), after: z.unknown(),
    event: z.object({
      id: z.string().max(140), version, type: z.string().max(60), recordedAt: instant, effectiveOn: day.nullable(), position: int32(1).describe('In the order of the store'), hash: digest,
      corrects: version.nullable().describe('Version of the event that it takes back'),
    }),
    command: z.object({ id: commandId, type: z.string().max(60) }), actor: Actor,
    parked: z.object({ id: commandId, type: z.string().max(60), actor: Actor, version }).nullable().describe('The fact that waited for its turn, and was applied with this command'),
    timer: z.object({ key: z.string().max(100), at: instant, setBy: version.describe('Version of the event since which it stood so') }).nullable().describe('The timer that brought it'),
    toldBy: z.string().max(140).nullable().describe('Event of another case that told of it'), reasons: list(Reason).describe('What the act of a campaign was refused with'),
    acts: z.object({ numbers: list(z.object({ field: z.string().max(60), value: z.string().max(100) })), digests: list(digest) }).describe('Numbers of acts and digests of documents that the event names'),
    basis: z.looseObject({ policyVersion: z.string().max(20), calendarVersion: z.string().max(20) }).nullable().describe('Versions that the dates of the event were computed by'),
    rule: WhyRule.nullable().describe('How the value is computed; null: it is not, or from nothing else that is shown'),
  })).describe('Newest first; empty where the field never had a value'),
  nextCursor: z.string().max(200).nullable(),
}).meta({ id: 'Why', description: 'The events that made a field what it is' });

export const AllowedCommands = z.object({
  version,
  items: list(z.object({
    command: z.string().max(60), allowed: z.boolean(), reasons: list(Reason), schema: z.looseObject({}).describe('JSON Schema of the data'),
  })),
}).meta({ id: 'AllowedCommands' });

export const CommandState = z.object({
  commandId, state: z.enum(['PENDING', 'DONE', 'REFUSED']), code: code.optional(), version: version.optional(), events: list(Event, 1000).optional(),
}).meta({ id: 'CommandState' });

const Counts = z.object({ total: int32(0), done: int32(0), failed: int32(0), skipped: int32(0), pending: int32(0) })
  .meta({ id: 'CampaignCounts', description: 'They add up to total; pending: not done, failed or skipped yet' });
const campaignLine = {
  id: z.string().max(100), workflowId: z.string().max(120), name: z.string().max(100), state: z.enum(['PREPARING', 'RUNNING', 'PAUSED', 'STOPPED', 'COMPLETED', 'CANCELLED']), version,
  action: z.looseObject({ kind: z.enum(['OPEN_ADHESION', 'COMMAND', 'REQUEST_MIGRATION', 'ARCHIVE']) }), select: z.looseObject({}).describe('How the targets were chosen'),
  pace: z.object({ perMinute: int32(1), parallel: int32(1) }), stopAfter: int32(1).nullable().describe('Failures after which it stops by itself'), failures: int32(0).describe('Since it was started, resumed or tried again'),
  startedBy: z.string().max(100), preparedAt: instant, counts: Counts, underWay: int32(0), parked: list(z.looseObject({})), waitingFor: list(Waiting), timers: list(Timer), late: z.boolean(),
};
export const CampaignLine = z.object(campaignLine).meta({ id: 'CampaignLine', description: 'A campaign without its items' });
export const Campaign = z.object({
  ...campaignLine,
  items: list(z.object({
    body: ipaCode, state: z.enum(['PENDING', 'UNDER_WAY', 'DONE', 'FAILED', 'SKIPPED']), code: code.optional().describe('Why it was skipped, or failed'),
    adhesion: z.string().max(100).optional().describe('Id of the adhesion'),
  }), 10_000),
}).meta({ id: 'Campaign', description: 'One act on many cases' });
export const CampaignPreview = z.looseObject({
  id: z.string().max(100).optional().describe('Of a dry run there is none'), state: z.string().max(20), counts: Counts,
  preview: list(z.object({ body: ipaCode, allowed: z.boolean(), reasons: list(Reason) }), 10_000).describe('What the process would say of the act on each target, now'),
}).meta({ id: 'CampaignPreview', description: 'The targets of a campaign, each with what stands in its way' });

const constitutionShown = { id: z.string().max(100), workflowId: z.string().max(120), version, ...constitutionLine, parked: list(Parked), waitingFor: list(Waiting), timers: list(Timer), late: z.boolean() };
export const ConstitutionLine = z.object(constitutionShown).meta({ id: 'ConstitutionLine', description: 'A constitution without its acts and comuni' });
export const Constitution = z.object({ ...constitutionShown, ...constitutionDetail }).meta({ id: 'Constitution', description: "The Agency's own path to its constitution, plan and actual" });

/** A case as readers see it, by its kind. */
export const VIEWS = { adhesion: Adhesion, migration: Migration, campaign: Campaign, constitution: Constitution } as const;

export const commandAnswer = (name: keyof typeof VIEWS) => z.object({
  commandId, version, events: list(Event, 1000), [name]: VIEWS[name],
});

export const Runs = z.object({
  items: list(z.object({
    runId: z.uuid(), startedAt: instant, closedAt: instant.optional(), state: z.string().max(40), bundleHash: digest.optional(), archived: z.boolean(),
  }), 100_000),
}).meta({ id: 'Runs' });

export const History = z.looseObject({}).meta({ id: 'History', description: "A run's history as Temporal's own tools read it" });

export const Document = z.object({
  id: z.string().max(60), sha256: digest, mediaType: z.string().max(100), size: int32(1),
}).meta({ id: 'Document' });

export const ListedDocument = Document.extend({
  name: z.string().max(200).nullable().describe('As its sender called it, where that was said'), addedAt: instant, addedBy: z.enum(['operator', 'member']).nullable().describe('The role that sent it'),
}).meta({ id: 'ListedDocument' });

export const DraftData = z.looseObject({}).meta({ id: 'DraftData', description: "The command's data as far as they are filled in: what is there is of its type, nothing must be" });

export const Draft = z.object({
  command: z.string().max(60), version: int32(1).describe('Counts up with every save; the ETag'), data: DraftData, savedAt: instant, savedBy: z.enum(['operator', 'member']),
}).meta({ id: 'Draft', description: 'A command that is still being filled in: no event, and no evidence' });

export const Inventory = z.object({
  id: z.string().max(60), inventory: z.enum(['applications', 'sites']), records: z.union([Applications, Sites]),
}).meta({ id: 'Inventory', description: 'An inventory of a recognition, as it was submitted' });

export const FreeText = z.object({ id: z.string().max(60), text }).meta({ id: 'FreeText' });

export const Subject = z.object({
  id: z.string().max(64), body: z.string().max(30), name: z.string().max(200), email: z.string().max(254), phone: z.string().max(30).optional(),
}).meta({ id: 'Subject', description: 'A person; personal data, erasable' });

export const Erasure = z.object({
  id: z.string().max(64), kind: z.enum(['SUBJECT', 'TEXT', 'DOCUMENT']), body: z.string().max(30), erasedAt: instant,
  erasedBy: z.object({ subject: z.string().max(100), role: z.string().max(20), body: z.string().max(30) }),
  backupsUntil: day.nullable().describe('The day on which the last backup that holds it falls out; null: erased by a version that did not say'),
}).meta({ id: 'Erasure', description: 'Receipt of an erasure: what stays of it' });

const service = code.max(50).describe('Name of the service');
export const Service = z.looseObject({ service, version: int32(1).describe('Counts up with every change; the ETag'), ...ServiceEntry.shape }).meta({ id: 'Service', description: 'A service of the catalogue' });

const madeBy = (says: string) => z.string().max(100).nullable().describe(`${says}: a random or derived id; null: nobody`);
export const ServiceVersion = Service.extend({
  changedAt: instant.nullable().describe('When this version was made; null: it was shipped'), changedBy: madeBy('Who made or approved it'), preparedBy: madeBy('Who prepared it, where two persons made it'),
}).meta({ id: 'ServiceVersion', description: 'A version of a service of the catalogue, and who made it when' });

export const Preparation = z.object({
  service, entry: ServiceEntry, by: z.string().max(100).describe('Who prepared it: a random or derived id'), at: instant, preparedAt: int32(1).describe('Version of the journal; the ETag'),
}).meta({ id: 'Preparation', description: 'A change of the catalogue that waits for another person' });

/** A page of a list. */
export const page = (item: z.ZodType): Documented => z.object({ items: list(item), nextCursor: z.string().max(200).nullable() });

interface ProblemAnswer {
  readonly description: string;
  readonly content: { readonly 'application/problem+json': { readonly schema: Documented } };
}

/** Answers of problems, by status, for the document. */
export function problems(...statuses: readonly number[]): Record<number, ProblemAnswer> {
  return Object.fromEntries(statuses.map((status) => [status, {
    description: DESCRIPTIONS[status] ?? 'Problem', content: { 'application/problem+json': { schema: Problem } },
  }]));
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request is malformed', 401: 'No valid token', 403: 'Not for this role', 404: 'There is none, or it is not for this body',
  405: 'Another method is wanted', 406: 'No such representation', 409: 'Refused by the process; nothing was written',
  412: 'The case, or the draft, is not at the version that If-Match names', 413: 'The body is too large', 415: 'The media type is not taken', 429: 'Too many requests', 431: 'The address and the header fields are too long, together',
  500: 'Internal error', 503: 'A part of the system is away; Retry-After says when to come back',
};

const base64 = (most: number) => z.string().max(most).regex(/^(?:[A-Za-z0-9+/_-]{4})*(?:[A-Za-z0-9+/_-]{2}==|[A-Za-z0-9+/_-]{3}=)?$/, says('deve essere Base64', 'must be Base64'));
export const Payloads = z.strictObject({
  payloads: list(z.strictObject({
    metadata: z.record(z.string().max(200), base64(4_000)).refine((given) => Object.keys(given).length <= 20).optional(),
    data: base64(1_048_576).optional().describe('Base64'),
  }), 1_000),
}).meta({ id: 'Payloads', description: "Payloads in the JSON of Temporal's own tools" });
