import type { Logger } from 'pino';
import type { AccessJournal } from '../db/access-journal.ts';
import type { Db } from '../db/client.ts';
import type { Documents } from '../db/vault/documents.ts';
import type { Subjects } from '../db/vault/subjects.ts';
import type { Texts } from '../db/vault/texts.ts';
import type { Keys } from './auth/keys.ts';
import type { Webhooks } from '../feed/webhooks.ts';
import type { Bodies } from './bodies.ts';
import type { CommandWay } from './cases/command-way.ts';
import type { EnginePort, RunsPort } from './ports.ts';

/** What the routes work with. */
export interface Context {
  readonly db: Db;
  readonly engine: EnginePort;
  readonly runs: RunsPort;
  readonly keys: Keys;
  readonly bodies: Bodies;
  readonly subjects: Subjects;
  readonly texts: Texts;
  readonly documents: Documents;
  readonly reads: AccessJournal;
  readonly webhooks: Webhooks;
  readonly way: CommandWay;
  readonly log: Logger;
}
