import { z } from 'zod';
import { GATES } from '../../domain/constitution/plan.ts';
import { MEASURED } from '../../simulation/forecast/readings.ts';
import { ipaCode } from './schemas.ts';

/** Shapes of a forecast, for the document. */

const day = z.string().max(10).meta({ format: 'date' });
const int32 = (least: number, most = 2_147_483_647) => z.int().min(least).max(most).meta({ format: 'int32' });
const part = z.number().min(0).max(1).meta({ format: 'double' });
const Estimate = z.object({ probability: part, low: part, high: part }).meta({ id: 'Estimate', description: 'Share of the runs, with the interval of 95 % of the Monte Carlo error (Wilson)' });
const Measure = z.union([int32(0), z.object({ numerator: int32(1), denominator: int32(1) })]);

const GateForecast = z.object({
  gate: z.enum(GATES), plannedTo: day.describe('End of its period in the plan'), reachedOn: day.nullable().describe('Null: it is ahead'),
  onTime: Estimate, byHorizon: Estimate,
  earliest: day.nullable(), p10: day.nullable().describe('Day by which it is reached in a tenth of the runs; null: later than is looked ahead'), median: day.nullable(), p90: day.nullable(), latest: day.nullable(),
  curve: z.array(z.object({ on: day, probability: part.describe('That it is reached by the end of this day') })).max(200),
}).meta({ id: 'GateForecast', description: 'A gate of the path with the probability of its days' });

const Decisive = z.object({
  body: ipaCode, name: z.string().max(100), population: int32(1), itself: Estimate.describe('That its own resolution is executive by the day'),
  ifIn: Estimate.describe('That the threshold is met by the day if it is'), ifNot: Estimate.describe('And if it is not'), difference: part,
}).meta({ id: 'DecisiveComune', description: 'A comune on its way, with what the threshold is like with it and without' });

const Outlook = {
  plan: z.record(z.string().max(40), z.object({ from: day, to: day })).describe('Period of each gate'),
  threshold: z.object({ minMembers: Measure, minPopulation: Measure }), required: z.object({ members: int32(0), population: int32(0) }).describe('The same in whole comuni and inhabitants'),
  gates: z.array(GateForecast).max(GATES.length),
  decisive: z.object({ on: day, met: Estimate.describe('That the threshold is met by the end of this day'), comuni: z.array(Decisive).max(50).describe('Who moves it most first; who does not is left out') }),
} as const;

export const Forecast = z.object({
  asOf: day, until: day.describe('Last day that was looked at'), seed: int32(0), runs: int32(1).describe('Runs that were done'),
  runsAsked: int32(1).describe('More than were done where the time was over'), error: part.describe('Half of the widest interval of 95 % by so many runs'),
  comuni: z.object({ in: int32(0).describe('Resolution executive'), onTheirWay: int32(0), out: int32(0).describe('Closed, or the resolution suspended, revoked or annulled: not counted on') }),
  steps: z.array(z.object({
    step: z.enum(MEASURED), by: z.enum(['RECORDS', 'PRIOR']).describe('PRIOR: too few are on record'), records: int32(0).describe('Finished steps on record'),
    recorded: z.object({ p10: int32(0), median: int32(0), p90: int32(0) }).nullable().describe('Days'),
    prior: z.object({ least: int32(0), usual: int32(0), most: int32(0), source: z.string().max(300) }).describe('Days in a triangle, and on what ground'),
  })).max(MEASURED.length),
  ...Outlook,
  shifted: z.object(Outlook).nullable().describe('The same runs, changed as asked; null: nothing was'),
}).meta({ id: 'Forecast', description: "What becomes of the Agency's path from where the cases stand" });
