import type { Engine } from '../engine/engine.ts';
import type { Runs } from '../engine/runs.ts';

/** What the interface asks of the engine; the tests of its bad days give others. */
export type EnginePort = Pick<Engine, 'execute' | 'submitFact' | 'catchUp' | 'version' | 'health'>;
export type RunsPort = Pick<Runs, 'list' | 'history' | 'holds' | 'isKnown' | 'decode' | 'fetch' | 'idleRoutines'>;
