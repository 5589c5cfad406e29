import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** CPU seconds used so far by this process and by the given ones with their children (Linux). */
export function cpuSeconds(pids: readonly number[]): number {
  const { user, system } = process.cpuUsage();
  const wanted = new Set(pids);
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(name);
    if (stat !== null && (wanted.has(Number(name)) || wanted.has(stat.parent))) ticks += stat.ticks;
  }
  return (user + system) / 1e6 + ticks / TICKS_PER_SECOND;
}

function readStat(pid: string): { parent: number; ticks: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields after the name in parentheses: state, ppid, … utime is the 12th and stime the 13th of them.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return null;
  }
}
