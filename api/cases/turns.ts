interface Line {
  /** Settles when the exclusive work that came last is done. */
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

  /** Work that waits for the exclusive work before it. */
  shared<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.inLine(key, (line) => {
      const turn = line.exclusive.then(work);
      const settled = turn.catch(() => undefined);
      line.shared.add(settled);
      return turn.finally(() => line.shared.delete(settled));
    });
  }

  /** Work that waits for all that came before it. */
  exclusive<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.inLine(key, (line) => {
      const before = [line.exclusive, ...line.shared];
      const turn = Promise.all(before).then(work);
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
