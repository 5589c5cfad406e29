import { mismatches } from '../../brokers/mismatches.ts';
import type { Registered } from '../../brokers/register.ts';
import type { Catalog } from '../../osb/catalog.ts';
import type { Reason } from '../../domain/shared/reason.ts';
import type { Context } from '../context.ts';

export type { Contact } from '../../brokers/contacts.ts';
export type { BrokerPreparation, Registered } from '../../brokers/register.ts';

/** What a broker said when it was asked for its catalogue. */
export interface Asked {
  /** Why its catalogue could not be read; null: it was. */
  readonly code: string | null;
  /** What is registered and not in its catalogue. */
  readonly mismatches: readonly Reason[];
  readonly services: Catalog['services'];
}

/** Asks a broker for its catalogue now, and holds it against what is registered. */
export async function askBroker({ brokers, brokerCatalogs }: Context, registered: Registered): Promise<Asked> {
  const answer = await brokerCatalogs.fetch(await brokers.target(registered));
  return answer.kind === 'FAILED'
    ? { code: answer.failure.code, mismatches: [], services: [] }
    : { code: null, mismatches: mismatches(answer.catalog, registered), services: answer.catalog.services };
}
