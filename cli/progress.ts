import { Presets, SingleBar } from 'cli-progress';
import type { Io } from './io.ts';

export interface ProgressBar {
  /** Without a total (0) it counts. */
  readonly update: (done: number, total?: number) => void;
  readonly stop: () => void;
}

/** A bar of long work on the terminal; nothing where nobody watches. */
export function progressBar(io: Io, what: string): ProgressBar {
  const stream = io.terminal;
  if (stream === null) return { update: () => undefined, stop: () => undefined };
  let bar: SingleBar | null = null;
  return {
    update(done, total = 0) {
      if (bar === null) {
        const format = total === 0 ? `{value} ${what}` : `{bar} {value}/{total} ${what}, {duration_formatted}`;
        bar = new SingleBar({ stream, format, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
        bar.start(total, done);
      }
      bar.update(done);
    },
    stop: () => bar?.stop(),
  };
}
