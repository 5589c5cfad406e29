import { proxySinks, workflowInfo, type Sinks, type WorkflowInterceptors } from '@temporalio/workflow';

export { deciding } from './deciding.ts';

/** What a run asked of Temporal in one activation, as it goes to the server: `at` is the length of the history that it had read. */
export interface RecordedActivation {
  readonly at: number;
  readonly commands: readonly object[];
}

export interface RecordingSinks extends Sinks {
  recording: { activation(recorded: RecordedActivation): void };
}

/** Set before the bundle by who replays to compare (`audit/deep-replay`); absent where cases run. */
declare const associaRecords: true | undefined;

const { recording } = proxySinks<RecordingSinks>();

/**
 * In every bundle from here on, so that each can be made to tell, years later, all that it asked: Temporal's own replay
 * says "OK" to changed arguments, timeouts, options and results. Costs nothing where nobody listens.
 */
export const interceptors = (): WorkflowInterceptors => (typeof associaRecords === 'undefined' ? {} : {
  internals: [{
    concludeActivation(input, next) {
      if (input.commands.length > 0) recording.activation({ at: workflowInfo().historyLength, commands: input.commands });
      return next(input);
    },
  }],
});
