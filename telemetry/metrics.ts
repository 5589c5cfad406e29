import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** What this process tells Prometheus. Labels are routes, codes and types of the tables: never an id, so that their number is bounded. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

/** From a page that is read at once to a command that waits its whole deadline. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const httpSeconds = new Histogram({
  name: 'associa_http_request_duration_seconds', help: 'Requests by route and status', labelNames: ['method', 'route', 'status'] as const, buckets: SECONDS, registers: [registry],
});

export const commandSeconds = new Histogram({
  name: 'associa_command_duration_seconds', help: 'Commands sent to a case, from the sending to the answer', labelNames: ['process'] as const, buckets: SECONDS, registers: [registry],
});

export const commandOutcomes = new Counter({
  name: 'associa_commands_total', help: 'Commands sent to a case by type and outcome (DONE, UNKNOWN, UNAVAILABLE or the code of the refusal)',
  labelNames: ['process', 'command', 'outcome'] as const, registers: [registry],
});
