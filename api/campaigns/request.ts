import { z } from 'zod';
import { DEFAULT_PACE, MAX_PACE, MAX_TARGETS, type CampaignAction, type Pace } from '../../domain/campaign/terms.ts';
import type { AdhesionCommands } from '../../domain/adhesion/commands.ts';
import { says } from '../../domain/shared/says.ts';
import type { Caller } from '../auth/verify.ts';
import { specOf } from '../cases/checked-command.ts';
import { ADHESION, type CommandSpec } from '../cases/kinds.ts';
import { checkRole } from '../cases/request.ts';
import { parseData } from '../http/validation.ts';
import { Problem } from '../problems.ts';

/** Rows of a list of comuni: more is a mistake, whatever the country. */
export const MAX_ROWS = 100_000;
/** A list of so many rows, with names. */
export const MAX_REQUEST_BYTES = 8 * 1024 * 1024;

const service = z.string().max(50).regex(/^[A-Z][A-Z0-9_]*$/, says('deve essere un servizio del catalogo, ad esempio TRAINING', 'must be a service of the catalogue, like TRAINING'));
const ONE_WAY = says('deve indicare i destinatari in un solo modo: bodies, csv o filter', 'must name the targets in one way: bodies, csv or filter');

export const CampaignFilter = z.strictObject({
  q: z.string().trim().min(1).max(100).optional().describe('Part of the name or of a code'),
  phase: z.enum(['RECOGNITION', 'DESIGN', 'IMPLEMENTATION', 'MANAGEMENT', 'EXITING', 'CLOSED']).optional().describe('Phase of the adhesion'),
  waitingFor: z.enum(['OPERATOR', 'MEMBER', 'PROVIDER', 'CLOCK']).optional().describe('Whose turn it is'),
  late: z.boolean().optional().describe('Whether the window is past'),
  service: service.optional().describe('With a migration of this service'),
}).describe('The filters of the list of adhesions; empty: all. To open adhesions: all comuni, of which q names some');

export const CampaignRequest = z.strictObject({
  name: z.string().trim().min(1).max(100).describe('A title, which stands in the records for good: no names of persons'),
  select: z.strictObject({
    bodies: z.array(z.string().max(100)).max(MAX_ROWS).optional().describe('IPA codes of comuni, each once'),
    csv: z.string().max(MAX_REQUEST_BYTES).optional().meta({ contentMediaType: 'text/csv' }).describe('A table of comuni, with the header `body` and in that column their IPA codes; a column `name` beside it is for people'),
    filter: CampaignFilter.optional(),
  }).refine(({ bodies, csv, filter }) => [bodies, csv, filter].filter((way) => way !== undefined).length === 1, ONE_WAY),
  action: z.strictObject({
    kind: z.enum(['OPEN_ADHESION', 'COMMAND', 'REQUEST_MIGRATION', 'ARCHIVE']),
    command: z.strictObject({ type: z.string().min(1).max(60), data: z.record(z.string().max(100), z.unknown()) }).optional().describe('Of COMMAND: a command of an adhesion, as POST …/commands takes it'),
    service: service.optional().describe('Of REQUEST_MIGRATION'),
    plan: z.string().min(1).max(100).optional().describe('Of REQUEST_MIGRATION: the first of the service where none is said'),
    parameters: z.record(z.string().min(1).max(100), z.unknown()).optional().describe('Of REQUEST_MIGRATION: by the JSON Schema of the plan'),
  }),
  pace: z.strictObject({
    perMinute: z.int().min(1).max(MAX_PACE.perMinute).default(DEFAULT_PACE.perMinute).describe('Acts that begin in any sixty seconds, at most'),
    parallel: z.int().min(1).max(MAX_PACE.parallel).default(DEFAULT_PACE.parallel).describe('Acts under way at once, at most'),
  }).optional(),
  stopAfter: z.int().min(1).max(MAX_TARGETS).optional().describe('Failures after which it stops by itself; none: never'),
  dryRun: z.boolean().optional().describe('Only the preview: nothing is started or written'),
});

export type CampaignRequest = z.output<typeof CampaignRequest>;

/** An act that the edge has checked, as far as it is the same for all targets. */
export interface CheckedAction {
  readonly action: CampaignAction;
  /** The command that is sent to each adhesion; null where adhesions are opened, or archived. */
  readonly command: { readonly type: string; readonly spec: CommandSpec; readonly data: Readonly<Record<string, unknown>> } | null;
}

/** Those that name one fact of one case. */
const OF_ONE_CASE: ReadonlySet<string> = new Set(['CorrectFact', 'WithdrawFact']);

/** Checks the act itself: its members, who may send its command, its data. Throws Problem. */
export function checkAction({ kind, command, service: wanted, plan, parameters }: CampaignRequest['action'], caller: Caller): CheckedAction {
  for (const [member, value, of] of [['command', command, 'COMMAND'], ['service', wanted, 'REQUEST_MIGRATION'], ['plan', plan, 'REQUEST_MIGRATION'], ['parameters', parameters, 'REQUEST_MIGRATION']] as const) {
    if (value !== undefined && kind !== of) throw wrongMember(member, { it: `${member} si indica solo con ${of}.`, en: `${member} is for ${of} only.` });
  }
  if (kind === 'OPEN_ADHESION' || kind === 'ARCHIVE') return { action: { kind }, command: null };
  if (kind === 'REQUEST_MIGRATION') {
    if (wanted === undefined) throw wrongMember('service', { it: 'Manca il servizio da richiedere.', en: 'The service to request is missing.' });
    const data = { service: wanted, ...(plan === undefined ? {} : { plan }), ...(parameters === undefined ? {} : { parameters }) };
    return { action: { kind, ...data }, command: sent('RequestMigration', data, caller) };
  }
  if (command === undefined) throw wrongMember('command', { it: 'Manca il comando da inviare.', en: 'The command to send is missing.' });
  if (OF_ONE_CASE.has(command.type)) {
    throw wrongMember('command.type', { it: `${command.type} riguarda un fatto di una sola pratica.`, en: `${command.type} is about a fact of one case.` });
  }
  return { action: { kind, command }, command: sent(command.type, command.data, caller) };
}

/** The pace that is asked for, or the usual one. */
export function paceOf({ pace = DEFAULT_PACE }: CampaignRequest): Pace {
  return pace;
}

function sent(type: string, data: Readonly<Record<string, unknown>>, caller: Caller): CheckedAction['command'] {
  const spec = specOf(ADHESION, type);
  checkRole(type, spec, caller);
  parseData(spec.schema, data, type === 'RequestMigration' ? 'action' : 'action.command.data');
  return { type, spec, data };
}

function wrongMember(member: string, message: { readonly it: string; readonly en: string }): Problem {
  return Problem.validation([{ code: 'NOT_VALID', message, path: `action.${member}` }]);
}

/** Where the free texts of a command stand in the start of a campaign that sends it. */
export function textsOfAction({ command }: CheckedAction): readonly string[] {
  return command === null || command.type === REQUEST ? [] : command.spec.freeText.map((path) => `action.command.data.${path}`);
}

const REQUEST: keyof typeof AdhesionCommands = 'RequestMigration';
