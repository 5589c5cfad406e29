import { Problem } from '../../api/problems.ts';
import { ThresholdChoice } from '../../domain/constitution/commands.ts';
import { LEGAL_FORMS } from '../../domain/constitution/legal-form.ts';
import { GATES, PUBLISHED_PLAN, type Gate } from '../../domain/constitution/plan.ts';
import { THRESHOLD_PRESETS } from '../../domain/constitution/threshold.ts';
import { formWords, gateWords } from '../../domain/constitution/words.ts';
import { capital, type Bilingual } from '../../domain/shared/bilingual.ts';
import { sameJson } from '../../domain/shared/same-json.ts';
import type { Field, Input } from '../forms/fields.ts';
import { dataOf, typedOf, type Typed } from '../forms/read.ts';
import { CONSTITUTION as WORDS } from '../words/constitution.ts';

/** A threshold of one's own, beside the presets. */
const OWN = 'OWN';
const MEASURES = ['minMembers', 'minPopulation'] as const;
const both = ({ it, en }: Bilingual): Bilingual => ({ it: capital(it), en: capital(en) });

const input = (kind: Input['kind'], path: string, words: Input['words'], more: Partial<Input> = {}): Input => (
  { kind, path, required: true, options: [], numeric: false, maxLength: undefined, min: undefined, max: undefined, ...(words === undefined ? {} : { words }), ...more });

/** What is asked for before the plan: the threshold and the legal form. */
export const TERMS: readonly Field[] = [
  input('choice', 'threshold', { label: WORDS.thresholdChoice, help: null }, {
    options: [...THRESHOLD_PRESETS, OWN], texts: new Map<string, Bilingual>([...THRESHOLD_PRESETS.map((preset): [string, Bilingual] => [preset, WORDS[preset]]), [OWN, WORDS.own]]),
  }),
  ...MEASURES.map((measure) => input('text', measure, { label: WORDS[measure], help: measure === 'minMembers' ? WORDS.minMembersHelp : WORDS.minPopulationHelp }, { required: false, maxLength: 20 })),
  input('choice', 'agencyLegalForm', { label: WORDS.formChoice, help: null }, { options: LEGAL_FORMS, texts: new Map(LEGAL_FORMS.map((form) => [form, both(formWords(form))])) }),
];

/** The periods of the gates. */
export const PLAN: readonly Extract<Field, { kind: 'group' }>[] = GATES.map((gate) => ({
  kind: 'group', path: `plan.${gate}`, required: true, words: { label: gateWords(gate), help: null },
  fields: [input('date', `plan.${gate}.from`, { label: WORDS.from, help: null }), input('date', `plan.${gate}.to`, { label: WORDS.to, help: null })],
}));

export const START_FIELDS: readonly Field[] = [...TERMS, ...PLAN];

/** What the form holds at first: the published programme. */
export const PROPOSED: Typed = new Map([
  ['threshold', ['DEFAULT']], ['agencyLegalForm', ['SPECIAL_CONSORTIUM']], ...PLAN.flatMap((group) => [...typedOf(group.fields, PUBLISHED_PLAN[gateOf(group)])]),
]);

/** The request that a form asks for: of the plan what differs from the published one. Throws Problem for a threshold that is none. */
export function startRequest(typed: Typed): object {
  const { threshold, agencyLegalForm } = dataOf(TERMS, typed);
  const periods = PLAN.map((group) => [gateOf(group), dataOf(group.fields, typed)] as const);
  const plan = Object.fromEntries(periods.filter(([gate, period]) => !sameJson(period, PUBLISHED_PLAN[gate])));
  return { threshold: threshold === OWN ? ownThreshold(typed) : presetAlone(threshold, typed), agencyLegalForm, ...(Object.keys(plan).length === 0 ? {} : { plan }) };
}

/** The field at which a reason of the interface stands: a threshold's at its numbers, a gate's at its last day. */
export function startFieldAt(path: string, typed: Typed): string {
  if (path === 'threshold') return typed.get('threshold')?.at(-1) === OWN ? MEASURES[0] : path;
  return PLAN.some((group) => group.path === path) ? `${path}.to` : path;
}

function gateOf({ path }: (typeof PLAN)[number]): Gate {
  // The paths are made of the gates.
  return path.slice(path.indexOf('.') + 1) as Gate;
}

/** Numbers beside a preset would be passed over in silence. */
function presetAlone(preset: unknown, typed: Typed): unknown {
  const given = MEASURES.filter((measure) => textOf(typed, measure) !== '');
  if (given.length > 0) throw Problem.validation(given.map((path) => ({ code: 'THRESHOLD_NOT_OWN', message: WORDS.notOwn, path })));
  return preset;
}

function ownThreshold(typed: Typed): object {
  const said = Object.fromEntries(MEASURES.map((measure) => [measure, measureOf(textOf(typed, measure))]));
  // Each with another that is right: so it is known which of them is not.
  const wrong = MEASURES.filter((measure) => !ThresholdChoice.safeParse({ minMembers: 1, minPopulation: 1, [measure]: said[measure] }).success);
  if (wrong.length > 0) throw Problem.validation(wrong.map((path) => ({ code: 'NOT_A_MEASURE', message: WORDS.noMeasure, path })));
  return said;
}

/** `60`, `20.000` or `1/3`; what is none of them stays as it is. */
function measureOf(text: string): unknown {
  const { numerator, denominator } = /^(?<numerator>\d{1,9})\s*\/\s*(?<denominator>\d{1,9})$/.exec(text)?.groups ?? {};
  if (numerator !== undefined && denominator !== undefined) return { numerator: Number(numerator), denominator: Number(denominator) };
  return /^(?:\d{1,9}|\d{1,3}(?:[.,]\d{3}){1,2})$/.test(text) ? Number(text.replaceAll(/[.,]/g, '')) : text;
}

function textOf(typed: Typed, path: string): string {
  return (typed.get(path)?.at(-1) ?? '').trim();
}
