import type { ConnectionOptions } from '@temporalio/client';
import type { Config, TemporalConfig } from '../config.ts';
import type { Child } from './child.ts';

/** The long-lived parts of an instance, in the order in which they start. */
export type ServiceName = 'postgres' | 'temporal' | 'worker' | 'server';

/** How a Temporal that was given is reached: TLS, API key. The engine knows; the entry point hands it over. */
export type ReachTemporal = (address: string, config: TemporalConfig) => ConnectionOptions;

/** What a part of the supervisor may use while it puts its own piece up. */
export interface Stage {
  readonly config: Config;
  readonly reachTemporal: ReachTemporal;
  /** A line for the person at the terminal. */
  readonly say: (line: string) => void;
  /** Where a part's log goes. */
  readonly logFile: (name: string) => string;
  /** Starts a service and starts it again when it dies; `onStarted` hears of every start. */
  readonly keep: <Started extends Child>(
    name: ServiceName,
    start: () => Promise<Started>,
    onStarted?: (started: Started) => void,
  ) => Promise<void>;
  /** Runs a program that does one thing and ends. */
  readonly run: (name: 'migrate' | 'repair' | 'rehearse', args: readonly string[], env: NodeJS.ProcessEnv) => Promise<void>;
}
