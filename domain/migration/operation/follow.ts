import type { Context } from '../../shared/process.ts';
import type { MigrationEvent } from '../events.ts';
import type { FullMigration } from '../state.ts';
import { brokerStep } from './retirement.ts';

/** What stands at a broker is taken down once the data of a retiring service are returned. */
export function followOperation(state: FullMigration, { now }: Context): readonly MigrationEvent[] {
  const step = brokerStep(state);
  return step === null ? [] : [{ type: 'BrokerCallStarted', data: { ...step, at: now } }];
}
