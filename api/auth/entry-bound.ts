const WINDOW_MS = 60_000;
/** Entries a minute of all together who prove nothing: addresses are cheap, so their number bounds nothing. */
const UNPROVED_IN_ALL = 10;

/** Entries that were not written, of one subject or (null) of all who proved nothing. */
export type LeftOut = ReadonlyMap<string | null, number>;

/**
 * Keeps a flood of refusals from filling the disk: so many entries a minute for each caller, and ten times as many for all
 * together who prove nothing. The rest is counted, and told when the minute is over. A subject has its own measure, so that
 * nobody else's noise hides it.
 */
export class EntryBound {
  private readonly perMinute: number;
  private readonly tell: (leftOut: LeftOut) => void;
  private readonly written = new Map<string, number>();
  private readonly leftOut = new Map<string | null, number>();
  private unproved = 0;
  private timer: NodeJS.Timeout | undefined;

  /** `perMinute` 0: no bound. */
  constructor(perMinute: number, tell: (leftOut: LeftOut) => void) {
    this.perMinute = perMinute;
    this.tell = tell;
  }

  /** True when an entry of this caller may be written; `subject` null: of who proves nothing, at that address. */
  takes(subject: string | null, address: string): boolean {
    if (this.perMinute === 0) return true;
    this.timer ??= setTimeout(() => { this.endMinute(); }, WINDOW_MS).unref();
    const name = subject === null ? `address ${address}` : `subject ${subject}`;
    const written = this.written.get(name) ?? 0;
    if (written >= this.perMinute || (subject === null && this.unproved >= this.perMinute * UNPROVED_IN_ALL)) {
      this.leftOut.set(subject, (this.leftOut.get(subject) ?? 0) + 1);
      return false;
    }
    this.written.set(name, written + 1);
    if (subject === null) this.unproved += 1;
    return true;
  }

  /** Tells what was left out, and begins anew. */
  endMinute(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.leftOut.size > 0) this.tell(new Map(this.leftOut));
    this.written.clear();
    this.leftOut.clear();
    this.unproved = 0;
  }
}
