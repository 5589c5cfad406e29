/** One thing that does not hold, named so that a person finds it. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly stream?: string;
  readonly version?: number;
  readonly position?: number;
}

/** What an audit looked at and what it found; `ok` only when nothing was found. */
export interface AuditReport {
  readonly ok: boolean;
  readonly checked: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

export function report(checked: Readonly<Record<string, number>>, findings: readonly Finding[]): AuditReport {
  return { ok: findings.length === 0, checked, findings };
}

const MOST = 100;

/** Findings, of each code the first; what is wrong everywhere fills no memory. */
export class FirstFindings {
  private readonly found: Finding[] = [];
  private readonly counts = new Map<string, number>();

  add(finding: Finding): void {
    const count = (this.counts.get(finding.code) ?? 0) + 1;
    this.counts.set(finding.code, count);
    if (count <= MOST) this.found.push(finding);
  }

  get all(): Finding[] {
    const more = [...this.counts].filter(([, count]) => count > MOST);
    return [...this.found, ...more.map(([code, count]) => ({ code, message: `And ${count - MOST} more of these.` }))];
  }
}
