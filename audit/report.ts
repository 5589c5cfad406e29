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
