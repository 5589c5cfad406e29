import { addDays, type CivilDate } from '../../domain/shared/civil-date.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import type { Forecast, GateForecast, Outlook } from '../../simulation/forecast/forecast.ts';
import type { StepModel } from '../../simulation/forecast/model.ts';
import type { Bodies } from '../bodies.ts';

/** Days between two points of a curve. */
const STEP = 7;
/** Comuni that decide, at most; who changes nothing is not among them. */
const MOST_DECISIVE = 50;

/** A forecast as the interface gives it. */
export function answerOf({ question, runs, standing, model, outlook, shifted }: Forecast, bodies: Bodies, language: Language) {
  const { asOf, days, seed } = question;
  const outlookIn = (one: Outlook) => ({
    plan: one.path.plan, threshold: one.path.threshold, required: one.required,
    gates: one.gates.map((gate) => gateIn(gate, asOf)),
    decisive: {
      on: one.decisive.on, met: one.decisive.met,
      comuni: one.decisive.comuni.filter(({ difference }) => difference > 0).slice(0, MOST_DECISIVE)
        .map(({ difference, ...comune }) => ({ name: bodies.find(comune.body)?.name ?? comune.body, ...comune, difference: Math.round(difference * 10_000) / 10_000 })),
    },
  });
  return {
    asOf, until: addDays(asOf, days), seed, runs, runsAsked: question.runs, error: Math.round((1.96 * 0.5 * 10_000) / Math.sqrt(runs)) / 10_000,
    comuni: { in: standing.IN, onTheirWay: standing.ON_ITS_WAY, out: standing.OUT },
    steps: Object.values(model).map((step) => stepIn(step, language)),
    ...outlookIn(outlook),
    shifted: shifted === null ? null : outlookIn(shifted),
  };
}
export type ForecastAnswer = ReturnType<typeof answerOf>;

function gateIn({ curve, ...gate }: GateForecast, asOf: CivilDate) {
  const points = curve.flatMap((probability, day) => (day % STEP === 0 || day === curve.length - 1 ? [{ on: addDays(asOf, day), probability: Math.round(probability * 10_000) / 10_000 }] : []));
  return { ...gate, curve: points };
}

function stepIn({ step, by, records, prior: { source, ...days } }: StepModel, language: Language) {
  const at = (share: number): number | null => records[Math.max(0, Math.ceil(share * records.length) - 1)] ?? null;
  return { step, by, records: records.length, recorded: records.length === 0 ? null : { p10: at(0.1), median: at(0.5), p90: at(0.9) }, prior: { ...days, source: source[language] } };
}
