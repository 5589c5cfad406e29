import type { Service } from '../../domain/catalogue/schemas.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import { sameJson } from '../../domain/shared/same-json.ts';
import { inputsOf, type Field, type Input } from '../forms/fields.ts';
import { limitWords, parameterWords } from '../words/parameters.ts';

export type Plan = Service['plans'][number];
type Parameter = Plan['parameters']['properties'][string];
type Scalar = Exclude<Parameter, { readonly type: 'array' }>;

/** All plans ask for the same parameters. */
export function areAlike({ plans }: Service): boolean {
  return plans.every(({ parameters }) => sameJson(parameters, plans[0]?.parameters));
}

/** A choice of the plans of a service; `fixed`: it was made on the page before. */
export function planField({ plans }: Service, fixed: boolean): Input {
  return { ...PLAIN, kind: 'choice', path: 'plan', required: true, options: plans.map(({ id }) => id), texts: new Map(plans.map(({ id, title }) => [id, title])), fixed };
}

/** The fields of a plan's parameters, as its JSON Schema describes them. */
export function parameterFields(plan: Plan | undefined): readonly Field[] {
  const { properties = {}, required = [] } = plan?.parameters ?? {};
  const fields = Object.entries(properties).map(([name, parameter]) => parameterField(parameter, name, required.includes(name)));
  return fields.length === 0 ? [] : [{ kind: 'group', path: 'parameters', required: required.length > 0, fields }];
}

/** The field that a place in the command's data belongs to. */
export function placeIn(fields: readonly Field[], place: string): string {
  return inputsOf(fields).find((input) => place === input.path || place.startsWith(`${input.path}.`))?.path ?? place;
}

const PLAIN = { options: [], numeric: false, maxLength: undefined, min: undefined, max: undefined } as const;

function parameterField(parameter: Parameter, name: string, required: boolean): Input {
  const scalar = parameter.type === 'array' ? parameter.items : parameter;
  const { minimum, maximum } = scalar.type === 'integer' || scalar.type === 'number' ? scalar : {};
  const helps = [parameter.description === undefined ? null : parameterWords(parameter.description), limitWords({ minimum, maximum })].filter((help) => help !== null);
  return {
    ...PLAIN, kind: parameter.type === 'array' ? kindOfMany(scalar) : kindOfOne(scalar, required), path: `parameters.${name}`, required, min: minimum, max: maximum,
    options: 'enum' in scalar ? scalar.enum : [], numeric: scalar.type === 'integer' || scalar.type === 'number',
    words: { label: parameterWords(parameter.title ?? name), help: helps.length === 0 ? null : joined(helps) },
  };
}

function kindOfOne(scalar: Scalar, required: boolean): Input['kind'] {
  if (scalar.type === 'string') return 'enum' in scalar ? 'choice' : 'date';
  if (scalar.type === 'boolean') return required ? 'decision' : 'tick';
  return 'number';
}

/** Dates are typed one a line, numbers with commas between. */
function kindOfMany(scalar: Scalar): Input['kind'] {
  return 'enum' in scalar ? 'choices' : 'lines';
}

function joined(helps: readonly Bilingual[]): Bilingual {
  return { it: helps.map(({ it }) => it).join('. '), en: helps.map(({ en }) => en).join('. ') };
}
