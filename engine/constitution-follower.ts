import type { Logger } from 'pino';
import type { Db } from '../db/client.ts';
import { readAfter } from '../db/event-store/read.ts';
import { Loop, type AfterStep } from '../db/loop.ts';
import { Remembered } from '../db/remembered.ts';
import { casesIn, changedCases, openConstitutions } from '../db/queries/cases.ts';
import { isDatabaseAway } from '../db/unavailable.ts';
import type { AdhesionState } from '../domain/adhesion/index.ts';
import { accountOf, saysTheSame, type Account, type ConstitutionState } from '../domain/constitution/index.ts';
import type { Territory } from '../domain/constitution/threshold.ts';
import { processOf } from '../domain/processes.ts';
import type { CommandBody, TellInput } from '../domain/shared/process.ts';
import { sameJson } from '../domain/shared/same-json.ts';
import { isTemporalAway } from './runs.ts';

const IDLE_MS = 1_000;
/** Rows are stamped by whoever stores them: a clock that is behind by less hides none. */
const OVERLAP_MS = 60_000;
const BATCH = 200;
/** Adhesions of which something was told last. */
const FOLDED = 500;

/** How one process speaks to another: durable once it returns. */
export interface Teller {
  tell(input: TellInput): Promise<void>;
}

/**
 * Tells the constitution what its comuni did, from what the adhesions have on record: they know nothing of it, and their histories stay as
 * they are. A word is named by stream and version of the event, so that it is heard once however often it is said; after a
 * restart only what the constitution does not know is said.
 */
export class ConstitutionFollower {
  private readonly db: Db;
  private readonly teller: Teller;
  private readonly territory: (() => Promise<Territory>) | null;
  private readonly log: Logger;
  private readonly loop = new Loop(() => this.step(), IDLE_MS);
  /** By constitution and adhesion: the state up to which all was told, and the last word; the next one is looked for from there. */
  private readonly folded = new Remembered<{ readonly version: number; readonly state: object; readonly said: Account | null }>(FOLDED);
  /** By constitution: versions of adhesions that were looked at, and when that was. */
  private readonly looked = new Map<string, { since: number; readonly versions: Map<string, number> }>();

  /** `territory` gives the comuni of the data as they are now; null: they are as they were at the start. */
  constructor(db: Db, teller: Teller, territory: (() => Promise<Territory>) | null, log: Logger) {
    this.db = db;
    this.teller = teller;
    this.territory = territory;
    this.log = log;
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async step(): Promise<AfterStep> {
    try {
      await this.follow();
    } catch (error) {
      if (!isDatabaseAway(error) && !isTemporalAway(error)) this.log.error({ err: error }, 'the constitution was not told of its comuni');
    }
    return 'REST';
  }

  /** Tells each constitution that is not given up what it does not know yet. */
  async follow(): Promise<void> {
    for (const { stream, version, state } of await openConstitutions(this.db)) {
      // States come from the fold of that very process.
      const { constitution } = state as ConstitutionState;
      if (constitution === null) continue;
      await this.tellTerritory(stream, version, constitution.territory);
      await this.tellAccounts(stream, constitution.members);
    }
  }

  /** Named by what the constitution knew then: a change that is withdrawn may come again, on the same day. */
  private async tellTerritory(to: string, version: number, known: Territory): Promise<void> {
    const territory = await this.territory?.();
    if (territory === undefined || sameJson(territory.bodies, known.bodies)) return;
    await this.tell(to, { type: 'TakeTerritory', data: { territory } }, `territory/${territory.asOf}@${version}`);
  }

  private async tellAccounts(to: string, members: NonNullable<ConstitutionState['constitution']>['members']): Promise<void> {
    const begun = Date.now();
    const looked = this.looked.get(to) ?? { since: 0, versions: new Map<string, number>() };
    this.looked.set(to, looked);
    const changed = (await changedCases(this.db, 'adhesion', new Date(looked.since))).filter(({ stream, version }) => looked.versions.get(stream) !== version);
    for (let from = 0; from < changed.length; from += BATCH) {
      for (const { stream, version, state } of await casesIn(this.db, changed.slice(from, from + BATCH).map((row) => row.stream))) {
        const account = accountOf(state as AdhesionState);
        const known = account === null ? null : members[account.body]?.account ?? null;
        if (account !== null && isNews(account, known)) await this.tellEach(to, stream, version, known?.adhesion === account.adhesion ? known : null);
        looked.versions.set(stream, version);
      }
    }
    looked.since = begun - OVERLAP_MS;
  }

  /** Every word since the last one that is known, in order: what was executive and is annulled was executive. */
  private async tellEach(to: string, stream: string, upTo: number, known: Account | null): Promise<void> {
    const process = processOf(stream);
    const name = `${to} ${stream}`;
    let { version, state, said } = this.folded.get(name) ?? { version: 0, state: process.initial(), said: known };
    for (let more = true; more && version < upTo;) {
      const page = await readAfter(this.db, stream, version);
      for (const event of page.events) {
        version = event.version;
        state = process.evolve(state, event);
        const account = accountOf(state as AdhesionState);
        if (account === null || version <= (known?.version ?? 0) || !isNews(account, said)) continue;
        await this.tell(to, { type: 'TakeAccount', data: { account } }, `${stream}@${version}`);
        said = account;
      }
      ({ more } = page);
    }
    this.folded.set(name, { version, state, said });
  }

  private tell(to: string, command: CommandBody, commandId: string): Promise<void> {
    return this.teller.tell({ to, command, commandId });
  }
}

/** An account that says something which is not known; nothing is news of an adhesion whose comune has not even got the acts. */
function isNews(account: Account, known: Account | null): boolean {
  if (known === null) return account.receivedOn !== null || account.resolution !== null;
  return account.adhesion !== known.adhesion || !saysTheSame(account, known);
}
