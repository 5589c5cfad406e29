import { Gauge, Registry } from 'prom-client';

/** What the store says of itself at one moment. */
export interface StoreFigures {
  readonly cases: readonly { readonly process: string; readonly phase: string; readonly count: number }[];
  /** Cases whose row in the read model is behind its stream. */
  readonly stale: number;
  readonly alarms: readonly { readonly code: string; readonly count: number }[];
  /** Seconds that the oldest event waits which readers in the global order cannot see yet; more than ten is an alarm. */
  readonly horizonSeconds: number;
}

/** The figures as gauges; undefined: the store did not answer, which is a figure too. */
export function storeMetrics(figures: StoreFigures | undefined): Registry {
  const registry = new Registry();
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) => new Gauge({ name: `associa_${name}`, help, labelNames, registers: [registry] });
  gauge('store_up', '1 when the store answered this scrape').set(figures === undefined ? 0 : 1);
  if (figures === undefined) return registry;
  gauge('store_horizon_seconds', 'Age of the oldest event that readers in the global order cannot see yet').set(figures.horizonSeconds);
  gauge('stale_read_models', 'Cases whose row in the read model is behind its stream').set(figures.stale);
  const cases = gauge('cases', 'Cases by process and phase', 'process', 'phase');
  for (const { process, phase, count } of figures.cases) cases.set({ process, phase }, count);
  const alarms = gauge('alarms', 'Alarms ever raised, by code', 'code');
  for (const { code, count } of figures.alarms) alarms.set({ code }, count);
  return registry;
}
