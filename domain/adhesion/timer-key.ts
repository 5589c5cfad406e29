/** Key of a timer whose date was set `count` times: a date that was set again has a timer of its own, since one fires once. */
export function timerKey(name: string, count: number): string {
  return count > 1 ? `${name}-${count}` : name;
}
