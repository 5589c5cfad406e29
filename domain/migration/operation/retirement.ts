import { firstRefusal, notBefore, notInFuture, recordedForGood } from '../../adhesion/checks.ts';
import { accepted, refused, type Refused } from '../../shared/process.ts';
import { lastCall, mayStand, standingBindings } from '../changes/standing.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { needsFault } from '../gates/index.ts';
import { rule } from '../rule.ts';
import { outOfTurn, stageFault } from '../stage.ts';
import { isFull, type FullMigration, type OpenedMigration } from '../state.ts';
import { brokerNeeds } from './needs.ts';
import { holdsData, isServing, owesData } from './standing.ts';

/** The next call that takes down what stands at the broker, once the data are returned; null: none, or one is under way. */
export function brokerStep(state: FullMigration): { readonly operation: 'UNBIND' | 'DEPROVISION'; readonly binding?: number } | null {
  const { migration, provisioning: { calls } } = state;
  if (migration.state !== 'RETIRING' || owesData(state) || !mayStand(state)) return null;
  // A change that was under way comes to its end first: nobody knows yet what it leaves.
  if (calls.some((call) => call.state === 'PENDING')) return null;
  const unbinds = standingBindings(state).map((binding) => ({ binding, call: lastCall(state, 'UNBIND', binding) }));
  const next = unbinds.find(({ call }) => call === undefined);
  if (next !== undefined) return { operation: 'UNBIND', ...(next.binding === 1 ? {} : { binding: next.binding }) };
  const isUnbound = unbinds.every(({ call }) => call?.state === 'DONE' || call?.state === 'SKIPPED');
  return isUnbound && lastCall(state, 'DEPROVISION') === undefined ? { operation: 'DEPROVISION' } : null;
}

/** A service in use that the member or the Agency gives up, also one that is held up or whose migration is closed; that of a member that has left retires by itself. */
export const retireService = rule<Command<'RetireService'>['data'], object>({
  ground: (state) => (isFull(state) && isServing(state) ? {} : outOfTurn(state, { it: 'si rinuncia a un servizio in esercizio.', en: 'a service in use is given up.' })),
  check: ({ decidedOn }, context) => notInFuture(context, { decidedOn }),
  decide: ({ state, data: { decidedOn, reasons }, context }) => notBefore(decidedOn, 'decidedOn', state.operation.hypercare?.startedAt ?? null, CUTOVER)
    ?? accepted<MigrationEvent>({ type: 'ServiceGivenUp', data: { decidedOn, reasons, at: context.now }, effectiveOn: decidedOn }),
});

const CUTOVER = { it: 'la messa in esercizio', en: 'the cutover' };
const IN_RETIREMENT = { it: "dati e certificati si registrano durante l'uscita.", en: 'data and certificates are recorded while the service retires.' };

export const returnData = rule<Command<'ReturnData'>['data'], object>({
  ground: (state) => stageFault(state, ['RETIRING'], IN_RETIREMENT) ?? noData(state) ?? (state.operation.returned === null ? {} : recordedForGood({ it: 'La restituzione dei dati', en: 'The return of the data' })),
  check: ({ returnedOn, receipt }, context) => notInFuture(context, { returnedOn, 'receipt.receivedOn': receipt.receivedOn }),
  decide: ({ state, data: { returnedOn, format, receipt }, context }) => firstRefusal(
    notBefore(returnedOn, 'returnedOn', state.operation.hypercare?.startedAt ?? null, CUTOVER),
    notBefore(receipt.receivedOn, 'receipt.receivedOn', returnedOn, { it: 'la restituzione', en: 'the return' }),
  ) ?? accepted<MigrationEvent>({ type: 'DataReturned', data: { returnedOn, format, receipt, at: context.now }, effectiveOn: returnedOn }),
});

/** After the return, and once nothing stands at a broker any more. */
export const certifyDeletion = rule<Command<'CertifyDeletion'>['data'], { readonly returnedOn: string }>({
  ground: (state) => stageFault(state, ['RETIRING'], IN_RETIREMENT) ?? noData(state) ?? (state.operation.deletion === null ? null : recordedForGood({ it: 'Il certificato di cancellazione', en: 'The certificate of deletion' })) ?? returnedOf(state),
  check: ({ deletedOn }, context) => notInFuture(context, { deletedOn }),
  decide: ({ ground: { returnedOn }, data: { deletedOn, certificateSha256 }, context }) => notBefore(deletedOn, 'deletedOn', returnedOn, { it: 'la restituzione dei dati', en: 'the return of the data' })
    ?? accepted<MigrationEvent>({ type: 'DeletionCertified', data: { deletedOn, certificateSha256, at: context.now }, effectiveOn: deletedOn }),
});

function noData(state: OpenedMigration): Refused | null {
  return isFull(state) && holdsData(state) ? null : refused('NO_DATA', { it: 'Questo servizio non ha dati da restituire.', en: 'This service holds no data to return.' });
}

function returnedOf(state: OpenedMigration) {
  const { returned } = state.operation;
  if (returned === null || !isFull(state)) {
    return refused('DATA_NOT_RETURNED', { it: 'Prima di cancellarli si restituiscono i dati (ReturnData).', en: 'The data are returned before they are deleted (ReturnData).' });
  }
  return needsFault('BROKER_INSTANCE_STANDS', { it: 'Presso il broker il servizio esiste ancora.', en: 'The service still stands at its broker.' }, brokerNeeds(state)) ?? { returnedOn: returned.returnedOn };
}
