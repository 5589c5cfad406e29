import type { KeptReason } from '../shared/reason.ts';
import type { CampaignEvent } from './events.ts';

/** What acts were refused with, by body: in the preview that was frozen, or when they were done. */
export function refusalsIn(event: { readonly type: string; readonly data: object }): ReadonlyMap<string, readonly KeptReason[]> {
  // Stored events are those of this very process.
  const { type, data } = event as CampaignEvent;
  if (type === 'ActFailed') return new Map([[data.body, data.reasons]]);
  if (type !== 'TargetsFrozen') return new Map();
  return new Map(data.targets.flatMap(({ body, refused }) => (refused === null ? [] : [[body, refused.reasons]])));
}
