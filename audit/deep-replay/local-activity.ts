import type { History } from '@temporalio/common/lib/proto-utils.js';
import { failureOf, valueOf, wholeMillisOf } from './wire.ts';

type HistoryEvent = NonNullable<History['events']>[number];
type Marker = NonNullable<HistoryEvent['markerRecordedEventAttributes']>;

/** What a local activity's marker says: it stands in the history at its end. */
export interface LocalActivity {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly answer: unknown;
}

interface MarkerData {
  readonly seq: number;
  readonly activity_id: string;
  readonly activity_type: string;
  readonly complete_time: { readonly seconds: number; readonly nanos: number } | null;
}

/** That of a marker; undefined for any other event. */
export function localActivityOf(event: HistoryEvent): LocalActivity | undefined {
  const marker = markerOf(event);
  if (marker === undefined) return undefined;
  const { seq, activity_id: id, activity_type: type } = dataOf(marker);
  return { seq, id, type, answer: marker.failure ? { failure: failureOf(marker.failure) } : valueOf(marker.details?.['result']?.payloads?.[0]) };
}

/** When a local activity ended by the clock of its run, in milliseconds of the epoch; undefined for one that moved no clock, as a cancelled one, and any other event. */
export function localActivityEnd(event: HistoryEvent): number | undefined {
  const marker = markerOf(event);
  const end = marker === undefined ? null : dataOf(marker).complete_time;
  return end === null ? undefined : wholeMillisOf(end);
}

function markerOf({ markerRecordedEventAttributes: marker }: HistoryEvent): Marker | undefined {
  return marker?.markerName === 'core_local_activity' ? marker : undefined;
}

function dataOf(marker: Marker): MarkerData {
  return valueOf(marker.details?.['data']?.payloads?.[0]) as MarkerData;
}
