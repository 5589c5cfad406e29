import { Gauge, Registry } from 'prom-client';

/** How long nothing has come of each routine, as gauges; none: Temporal did not answer. */
export function routineMetrics(idle: readonly { readonly routine: string; readonly seconds: number }[]): Registry {
  const registry = new Registry();
  const gauge = new Gauge({ name: 'associa_routine_idle_seconds', help: 'Seconds since a routine last came to its end', labelNames: ['routine'], registers: [registry] });
  for (const { routine, seconds } of idle) gauge.set({ routine }, seconds);
  return registry;
}
