import { readFileSync } from 'node:fs';
import { adhesion, type AdhesionEvent, type AdhesionState } from '../../../domain/adhesion/index.ts';
import type { EventBody } from '../../../domain/shared/process.ts';

/** Runs of one case, as the worker of 0.1.0 left them, from the first to the last. */
const RUNS = [3, 2, 1] as const;

interface History {
  readonly events: readonly { readonly markerRecordedEventAttributes?: { readonly details?: { readonly result?: { readonly payloads?: readonly { readonly data: string }[] } } } }[];
}

/** The events that the store answered to the appends of those runs. */
export function recordedEvents(): readonly AdhesionEvent[] {
  return RUNS.flatMap((run) => {
    const { events }: History = JSON.parse(readFileSync(new URL(`../../golden/histories/adhesion.0.1.0.${run}.json`, import.meta.url), 'utf8'));
    return events.flatMap(({ markerRecordedEventAttributes: marker }) => (marker?.details?.result?.payloads ?? []).flatMap(({ data }) => {
      const answer: { readonly outcome?: string; readonly events?: readonly AdhesionEvent[] } | null = JSON.parse(Buffer.from(data, 'base64').toString());
      return answer?.outcome === 'STORED' ? (answer.events ?? []).map(({ type, data: facts }) => ({ type, data: facts }) as AdhesionEvent) : [];
    }));
  });
}

/** The state that those events leave, by the code of today. */
export function folded(events: readonly EventBody[]): AdhesionState {
  return (events as readonly AdhesionEvent[]).reduce((state, event) => adhesion.evolve(state, event), adhesion.initial());
}
