interface Line {
  /** Settles when no exclusive work is left. */
  exclusive: Promise<unknown>;
  readonly shared: Set<Promise<unknown>>;
  users: number;
}

/**
 * Lets a command that names the version it saw (If-Match) run alone on its case, as far as this server is concerned:
 * two persons with the same page open can't both be right. The others go side by side, their order is the shell's.
 */
export class Turns {
  private readonly lines = new Map<string, Line>();

  /** Work that minds nobody but the exclusive one. */
  shared<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.inLine(key, async (line) => {
      for (let seen: unknown; seen !== line.exclusive;) {
        seen = line.exclusive;
        await seen;
      }
      const running = work();
      const settled = running.catch(() => undefined);
      line.shared.add(settled);
      return running.finally(() => line.shared.delete(settled));
    });
  }

  /** Work that nothing else of this key runs beside. */
  exclusive<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.inLine(key, (line) => {
      const turn = line.exclusive.then(() => Promise.all(line.shared)).then(work);
      line.exclusive = turn.catch(() => undefined);
      return turn;
    });
  }

  private async inLine<T>(key: string, work: (line: Line) => Promise<T>): Promise<T> {
    const line = this.lines.get(key) ?? { exclusive: Promise.resolve(), shared: new Set(), users: 0 };
    this.lines.set(key, line);
    line.users += 1;
    try {
      return await work(line);
    } finally {
      line.users -= 1;
      if (line.users === 0) this.lines.delete(key);
    }
  }
}
