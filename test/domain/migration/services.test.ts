import { describe, expect, test } from 'vitest';
import { findService, LIGHT_SERVICES } from '../../../domain/migration/index.ts';

describe('the light services', () => {
  test('are the two of the first catalogue, found by their id', () => {
    expect(LIGHT_SERVICES.map(({ id }) => id)).toStrictEqual(['RTD_COMMUNITY', 'TRAINING']);
    expect(findService('TRAINING')?.id).toBe('TRAINING');
    expect(findService('FIBRE')).toBeUndefined();
  });

  test.each(LIGHT_SERVICES)('$id can be requested with the standard plan and brought to its end', ({ plans, dependsOn, track, active, fulfilment }) => {
    expect({ plans: plans.map(({ id }) => id), dependsOn, track, active })
      .toStrictEqual({ plans: ['standard'], dependsOn: [], track: 'LIGHT', active: true });
    const ids = fulfilment.workItems.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
    // Each item follows only items before it in the list: there is always one whose turn it is.
    for (const [index, { after }] of fulfilment.workItems.entries()) expect(ids.slice(0, index)).toEqual(expect.arrayContaining([...after]));
  });
});
