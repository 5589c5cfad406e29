import type { Finding } from '../report.ts';
import type { Cause, Weight } from './cause.ts';

export interface Example {
  readonly stream: string;
  readonly runId: string;
  readonly message: string;
}

/** Runs that do not replay for one and the same cause. */
export interface Group extends Finding {
  readonly code: Weight;
  readonly cause: Cause;
  readonly runs: number;
  /** How many of them are under way. */
  readonly open: number;
  /** The first. */
  readonly examples: readonly Example[];
}

const EXAMPLES = 3;
const HEAVIEST_FIRST: readonly Weight[] = ['CANNOT_GO_ON', 'ASKS_OTHERWISE', 'OPTIONS_DIFFER'];

/** Gathers runs by their cause. */
export class Groups {
  private readonly groups = new Map<string, Group>();

  add(cause: Cause, open: boolean, example: Example): void {
    this.merge({ code: cause.code, message: titleOf(cause), stream: example.stream, cause, runs: 1, open: open ? 1 : 0, examples: [example] });
  }

  /** Takes those of a part of the work. */
  merge(group: Group): void {
    const key = JSON.stringify(Object.values(group.cause));
    const known = this.groups.get(key);
    this.groups.set(key, known === undefined ? group : {
      ...known, runs: known.runs + group.runs, open: known.open + group.open, examples: [...known.examples, ...group.examples].slice(0, EXAMPLES),
    });
  }

  /** The heaviest first, then those of the most runs under way, then of the most runs. */
  get all(): Group[] {
    return [...this.groups.values()].toSorted((a, b) => HEAVIEST_FIRST.indexOf(a.code) - HEAVIEST_FIRST.indexOf(b.code) || b.open - a.open || b.runs - a.runs);
  }
}

function titleOf({ workflowType, command, field, recorded, replayed }: Cause): string {
  if (command === '') return `${workflowType} ${field}`;
  if (field === 'presence') return `${workflowType}, ${command}: ${recorded === '' ? 'the bundle asks for it, the histories do not' : 'the histories have it, the bundle does not ask for it'}`;
  return `${workflowType}, ${command}, ${field}${recorded === replayed ? '' : `: ${recorded === '' ? '' : `the histories have ${recorded}, `}the bundle ${replayed}`}`;
}
