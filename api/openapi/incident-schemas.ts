import { z } from 'zod';
import { INCIDENT_KINDS } from '../cases/incidents.ts';
import { instant, ipaCode } from './schemas.ts';

const code = z.string().max(100);
const MOST = 1_000;

export const Incident = z.object({
  id: code.describe('Id of the migration'), adhesion: code, body: ipaCode, service: z.string().max(50), state: z.string().max(40),
  kinds: z.array(z.enum(INCIDENT_KINDS)).min(1).max(INCIDENT_KINDS.length).describe('What is wrong: EFFECT_FAILED and EFFECT_WAITING of calls to a broker, SEVERITY_1 of defects, OVERDUE of whatever is owed'),
  effects: z.array(z.object({
    key: code.describe('For RetryEffect and SkipEffect'), operation: z.string().max(20), state: z.string().max(20).describe('PENDING or FAILED'), code: code.nullable().describe('Why it failed'),
    status: z.int().min(100).max(599).meta({ format: 'int32' }).nullable().describe('HTTP status of the last answer'), since: instant,
  })).max(MOST).describe('Calls to a broker that failed or are under way'),
  defects: z.array(z.object({
    defectNo: z.string().max(50), severity: z.int().min(1).max(3).meta({ format: 'int32' }), state: z.string().max(20).describe('OPEN, or ALARM when it has been for too long'), reportedAt: instant, dueAt: instant.nullable().describe('When it has stood open for too long'),
  })).max(MOST).describe('Open defects of severity 1'),
  overdue: z.array(z.object({ who: z.string().max(20), what: z.string().max(200).describe('A command, or the key of a timer'), dueOn: z.string().max(10).meta({ format: 'date' }) })).max(MOST),
}).meta({ id: 'Incident', description: 'A migration with what is wrong with it' });
