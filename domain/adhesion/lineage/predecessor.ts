import { civilDateOf } from '../../shared/civil-date.ts';
import type { AdhesionEvent } from '../events.ts';
import type { OpenedCase } from '../state.ts';
import type { FactToTake } from './catalogue.ts';

/** An open case of a body that ends, with its events. */
export interface Predecessor {
  readonly state: OpenedCase;
  /** Hash of its last record. */
  readonly hash: string;
  readonly events: readonly (AdhesionEvent & { readonly version: number; readonly recordedAt: string })[];
}

/** With its own day, and else that on which it was said: it counts from then in the successor's case too. */
export function factOf(adhesion: string, { type, data, effectiveOn, version, recordedAt }: Predecessor['events'][number]): FactToTake {
  const { origin: _earlier, ...own } = data;
  const said = 'at' in data && typeof data.at === 'string' ? data.at : recordedAt;
  const isCorrection = type === 'FactCorrected';
  return { adhesion, version, type, data: own, ...(effectiveOn === undefined ? (isCorrection ? {} : { effectiveOn: civilDateOf(said) }) : { effectiveOn }) };
}
