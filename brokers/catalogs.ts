import { Catalog } from '../osb/catalog.ts';
import { CATALOG_PATH } from '../osb/paths.ts';
import type { BrokerClient, BrokerTarget } from './client.ts';
import type { BrokerPolicy } from './policy.ts';
import { failure, judge, type Failure } from './verdict.ts';

interface Kept {
  readonly catalog: Catalog;
  readonly etag: string | undefined;
  readonly askedAt: number;
}

export type CatalogAnswer = { readonly kind: 'CATALOG'; readonly catalog: Catalog } | { readonly kind: 'FAILED'; readonly failure: Failure };

/** Catalogues of brokers, kept while they are fresh and asked for by their ETag afterwards. */
export class Catalogs {
  private readonly client: BrokerClient;
  private readonly policy: BrokerPolicy;
  private readonly kept = new Map<string, Kept>();

  constructor(client: BrokerClient, policy: BrokerPolicy) {
    this.client = client;
    this.policy = policy;
  }

  /** As it is known, where it was asked for just now. */
  async get(target: BrokerTarget, signal?: AbortSignal): Promise<CatalogAnswer> {
    const kept = this.kept.get(keyOf(target));
    return kept !== undefined && Date.now() - kept.askedAt < this.policy.catalogFreshMs ? { kind: 'CATALOG', catalog: kept.catalog } : this.fetch(target, signal);
  }

  /** As it was last heard, however long ago; undefined: never. */
  lastHeard(target: BrokerTarget): Catalog | undefined {
    return this.kept.get(keyOf(target))?.catalog;
  }

  /** As the broker says now: anew, or that it is as it was. */
  async fetch(target: BrokerTarget, signal?: AbortSignal): Promise<CatalogAnswer> {
    const key = keyOf(target);
    const kept = this.kept.get(key);
    const reply = await this.client.send(target, { method: 'GET', path: CATALOG_PATH, ifNoneMatch: kept?.etag }, signal);
    if (reply.kind === 'ANSWER' && reply.status === 304 && kept !== undefined) {
      this.kept.set(key, { ...kept, askedAt: Date.now() });
      return { kind: 'CATALOG', catalog: kept.catalog };
    }
    const verdict = judge('READ', reply, Catalog);
    if (verdict.kind === 'FAILED') return verdict;
    if (verdict.kind !== 'DONE' || verdict.body === undefined) return { kind: 'FAILED', failure: failure({ code: 'BROKER_RESPONSE_INVALID', status: reply.kind === 'ANSWER' ? reply.status : null }) };
    this.kept.set(key, { catalog: verdict.body, etag: reply.kind === 'ANSWER' ? reply.etag : undefined, askedAt: Date.now() });
    return { kind: 'CATALOG', catalog: verdict.body };
  }
}

/** A broker that moved, or is signed on to otherwise, is another one. */
function keyOf({ name, url, username }: BrokerTarget): string {
  return JSON.stringify([name, url, username]);
}
