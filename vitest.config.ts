import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Layers that mostly wait, for timeouts of what was killed: two begin first, one in the middle, so that other files always fill the time beside them. */
const WAITING_FIRST = ['crash', 'e2e'];
const WAITING_LATER = ['embedded'];

class WaitingSpread extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const of = (layers: readonly string[]): TestSpecification[] => sorted.filter(({ project }) => layers.includes(project.name));
    const others = sorted.filter(({ project }) => ![...WAITING_FIRST, ...WAITING_LATER].includes(project.name));
    const third = Math.ceil(others.length / 3);
    return [...of(WAITING_FIRST), ...others.slice(0, third), ...of(WAITING_LATER), ...others.slice(third)];
  }
}

/** One project a layer; what needs PostgreSQL or Temporal gets them, real, from the global setup. */
const layer = (name: string, include: string[], options: { servers?: boolean; timeout?: number; alone?: boolean } = {}) => ({
  test: {
    name,
    include,
    testTimeout: options.timeout ?? 20_000,
    hookTimeout: 90_000,
    // To load the modules anew for each file takes a third of a small file's time.
    isolate: options.alone === true,
    ...(options.servers === true ? { globalSetup: ['test/support/global-setup.ts'] } : {}),
  },
});

export default defineConfig({
  test: {
    // One more than the cores of a small machine: about half of a file's time is waiting.
    maxWorkers: 3,
    sequence: { sequencer: WaitingSpread },
    projects: [
      layer('unit', ['test/domain/**/*.test.ts', 'test/unit/**/*.test.ts', 'test/brokers/**/*.test.ts'], { timeout: 60_000 }),
      layer('store', ['test/store/**/*.test.ts'], { servers: true, timeout: 60_000 }),
      // Against a broker elsewhere (`npm run broker:conformance`) it needs no server of ours.
      layer('broker', ['test/broker/**/*.test.ts'], { servers: process.env['BROKER_CONFORMANCE_URL'] === undefined, timeout: 60_000 }),
      layer('shell', ['test/shell/**/*.test.ts'], { servers: true, timeout: 120_000 }),
      // Only by `npm run fuzz`.
      layer('fuzz', ['test/fuzz/**/*.test.ts'], { servers: true }),
      layer('api', ['test/api/**/*.test.ts'], { servers: true, timeout: 60_000 }),
      layer('console', ['test/console/**/*.test.ts'], { servers: true, timeout: 60_000 }),
      layer('embedded', ['test/embedded/**/*.test.ts'], { timeout: 120_000, alone: true }),
      layer('crash', ['test/crash/**/*.test.ts'], { servers: true, alone: true, timeout: 180_000 }),
      layer('e2e', ['test/e2e/**/*.test.ts'], { servers: true, alone: true, timeout: 240_000 }),
    ],
  },
});
