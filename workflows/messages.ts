import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { StampedCommand } from '../domain/shared/store.ts';
import type { CaseSnapshot } from './case-port.ts';

/** Input of a case's run. The first run has no snapshot and loads its stream from the store. */
export interface CaseInput {
  readonly stream: string;
  readonly snapshot?: CaseSnapshot;
  /** Commands after which a run continues as new, whatever Temporal suggests; for tests and small limits. */
  readonly continueAfter?: number;
}

/** A command with what its sender had seen: a validator that stands before it lets it pass, so that the handler catches up. */
export interface CommandMessage {
  readonly command: StampedCommand;
  readonly seenVersion: number;
  /** Versions the sender insists on (If-Match): decided on no other, whoever else writes meanwhile. */
  readonly ifVersion?: readonly number[];
}

/** The version of the case after the command and what was due then. */
export interface CommandAnswer {
  readonly version: number;
}

/** An Update, since a person decides and needs the refusal now. */
export const executeUpdate = defineUpdate<CommandAnswer, [CommandMessage]>('execute');
/** A Signal, since a fact may not be lost while worker or database is away; refused later it becomes an event. */
export const factSignal = defineSignal<[CommandMessage]>('fact');
/** The store may be ahead of this run: look. */
export const catchUpSignal = defineSignal('catchUp');
/**
 * Always refused, with the version of the run in the refusal (VERSION_IS), and so in no history. Not a Query: of a run that is in no cache Temporal's SDK answers one on
 * all that came in so far, also what no task has begun for, and lets the run act on it by the clock of the task before (`history_update.rs` of its core).
 */
export const versionUpdate = defineUpdate<never>('version');

/** Failure type that tells the version of a run; without one, the run is about to load. */
export const VERSION_IS = 'VERSION_IS';
/** Failure type of an Update that met a run about to continue as new: the sender tries again. */
export const CASE_CONTINUING = 'CASE_CONTINUING';
/** Failure type of an Update, and alarm for a Signal, that somebody without our keys sent. */
export const MESSAGE_FORGED = 'MESSAGE_FORGED';
