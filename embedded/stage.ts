import type { ConnectionOptions } from '@temporalio/client';
import type { Config, TemporalConfig } from '../config.ts';
import type { Child } from './child.ts';

/** The long-lived parts of an instance, in the order in which they start. */
export type ServiceName = 'postgres' | 'temporal' | 'broker' | 'worker' | 'server';

export type Reach = Pick<ConnectionOptions, 'tls'> & { readonly address: string; readonly apiKey?: string };

/** How a Temporal that was given is reached: TLS, API key. The engine knows; the entry point hands it over. */
export type ReachTemporal = (address: string, config: TemporalConfig) => Reach;

/** Why a Temporal that was given is not reached: a sentence that names the variable, where one is known. */
export type ExplainTemporal = (reach: Reach) => Promise<string | undefined>;

/** What a part of the supervisor may use while it puts its own piece up. */
export interface Stage {
  readonly config: Config;
  readonly reachTemporal: ReachTemporal;
  readonly explainTemporal?: ExplainTemporal | undefined;
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
  readonly run: (name: 'migrate' | 'repair' | 'rehearse' | 'register', args: readonly string[], env: NodeJS.ProcessEnv) => Promise<void>;
}
