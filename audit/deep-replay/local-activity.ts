import type { History } from '@temporalio/common/lib/proto-utils.js';
import { failureOf, valueOf, wholeMillisOf } from './wire.ts';

type HistoryEvent = NonNullable<History['events']>[number];

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
export function localActivityOf({ markerRecordedEventAttributes: marker }: HistoryEvent): LocalActivity | undefined {
  if (marker?.markerName !== 'core_local_activity') return undefined;
  const { seq, activity_id: id, activity_type: type } = dataOf(marker);
  return { seq, id, type, answer: marker.failure ? { failure: failureOf(marker.failure) } : valueOf(marker.details?.['result']?.payloads?.[0]) };
}

/** When a local activity ended by the clock of its run, in milliseconds of the epoch; undefined for any other event. */
export function localActivityEnd({ markerRecordedEventAttributes: marker }: HistoryEvent): number | undefined {
  return marker?.markerName === 'core_local_activity' ? wholeMillisOf(dataOf(marker).complete_time) : undefined;
}

function dataOf(marker: NonNullable<HistoryEvent['markerRecordedEventAttributes']>): MarkerData {
  return valueOf(marker.details?.['data']?.payloads?.[0]) as MarkerData;
}
