import type { Context } from '../../api/context.ts';
import { specOf } from '../../api/cases/checked-command.ts';
import { ADHESION } from '../../api/cases/kinds.ts';
import { offeredServices } from '../../domain/catalogue/catalogue.ts';
import { DEFAULT_PACE } from '../../domain/campaign/terms.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { formOfCommand, hasForm } from '../case/commands.ts';
import { inputsOf, type Field, type Input } from '../forms/fields.ts';
import type { Choice } from '../forms/form.tsx';
import { dataOf, type Typed } from '../forms/read.ts';
import { CAMPAIGNS } from '../words/campaigns.ts';
import { commandTitle } from '../words/commands.ts';

/** Names of the first step's fields: those of the act's own data have none like them. */
export const CHOICE_FIELDS = ['c.name', 'c.act', 'c.list', 'c.q', 'c.phase', 'c.perMinute', 'c.parallel', 'c.stopAfter'] as const;
export type ChoiceField = (typeof CHOICE_FIELDS)[number];

/** Chosen among what one case has: not the same on many. */
const OF_ONE_CASE: ReadonlySet<Input['kind']> = new Set(['person', 'appointment', 'appointments', 'workItem']);
const OPEN = 'OPEN_ADHESION';
const ARCHIVE = 'ARCHIVE';
const REQUEST = 'RequestMigration:';

export function chosen(typed: Typed, name: ChoiceField): string {
  return typed.get(name)?.[0]?.trim() ?? '';
}

/** What is proposed before anything is typed. */
export const PROPOSED: Typed = new Map([['c.perMinute', [String(DEFAULT_PACE.perMinute)]], ['c.parallel', [String(DEFAULT_PACE.parallel)]]]);

/** The acts that a campaign may do: open adhesions, request a service, and the commands of the Agency that are the same on many cases. */
export async function actsOf({ catalogue }: Context, language: Language): Promise<readonly Choice[]> {
  const commands = Object.keys(ADHESION.commands)
    .filter((type) => type !== 'RequestMigration' && specOf(ADHESION, type).by.includes('operator') && hasForm(type) && inputsOf(formOfCommand(type)).every(({ kind }) => !OF_ONE_CASE.has(kind)));
  const services = offeredServices(await catalogue.current()).filter(({ plans: [first] }) => (first?.parameters.required ?? []).length === 0);
  return [
    { value: OPEN, text: CAMPAIGNS.open[language] },
    ...commands.map((value) => ({ value, text: commandTitle(value)[language] })),
    ...services.map(({ service, title }) => ({ value: `${REQUEST}${service}`, text: `${CAMPAIGNS.request[language]}: ${title[language]}` })),
    { value: ARCHIVE, text: CAMPAIGNS.archive[language] },
  ];
}

/** The command whose data the second step asks for; null for an act that needs none. */
export function commandOf(typed: Typed): string | null {
  const act = chosen(typed, 'c.act');
  return act === OPEN || act === '' || act.startsWith(REQUEST) || !hasForm(act) ? null : act;
}

export function fieldsOfAct(typed: Typed): readonly Field[] {
  const command = commandOf(typed);
  return command === null ? [] : formOfCommand(command);
}

/** The request that the interface takes; what is missing or wrong is for its schema to name. */
export function requestIn(typed: Typed): Readonly<Record<string, unknown>> {
  const [name, list, q, phase, perMinute, parallel, stopAfter] = (['c.name', 'c.list', 'c.q', 'c.phase', 'c.perMinute', 'c.parallel', 'c.stopAfter'] as const).map((field) => chosen(typed, field));
  const filter = { ...(q === '' ? {} : { q }), ...(phase === '' ? {} : { phase }) };
  return {
    name, select: list === undefined || list === '' ? { filter } : { csv: /^body\b/.test(list) ? list : `body\n${list}` }, action: actionIn(typed),
    pace: { perMinute: numberIn(perMinute), parallel: numberIn(parallel) }, ...(stopAfter === undefined || stopAfter === '' ? {} : { stopAfter: numberIn(stopAfter) }),
  };
}

function actionIn(typed: Typed): object {
  const act = chosen(typed, 'c.act');
  if (act.startsWith(REQUEST)) return { kind: 'REQUEST_MIGRATION', service: act.slice(REQUEST.length) };
  const command = commandOf(typed);
  return command === null ? { kind: act } : { kind: 'COMMAND', command: { type: command, data: dataOf(formOfCommand(command), typed) } };
}

/** What is no number stays as it is, for the schema to name it. */
function numberIn(text = ''): number | string {
  return /^\d{1,6}$/.test(text) ? Number(text) : text;
}
