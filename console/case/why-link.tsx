import type { VNode } from 'preact';
import type { AdhesionView } from '../../domain/adhesion/index.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import { placeIn } from '../../domain/shared/places.ts';
import { AREA_OF } from '../audit/differences.ts';
import { entryInWords } from '../audit/values.tsx';
import { POLICY_FIELDS } from '../words/policies.ts';
import { AREA_NAMES, fieldInWords, wordsPath } from '../words/view-fields.ts';
import { WHY } from '../words/why.ts';

/** What stands beside a value: the way to why it is so. */
export type WhyBeside = (field: string) => VNode | null;

/** Links to why values of a case are as they are; of a case as it was, as they were after that event. */
export function whyLinks({ path, view, after, nameOf, language }: {
  readonly path: string; readonly view: object; readonly after?: number | undefined; readonly nameOf?: NameOf | undefined; readonly language: Language;
}): WhyBeside {
  return (field) => <> <a class="why no-print" href={whyPath(path, field, after)}>{WHY.ask[language]}<span class="visually-hidden"> {labelOf(view, field, language, nameOf)}</span></a></>;
}

export function whyPath(path: string, field: string, after?: number): string {
  return `${path}/perche?${new URLSearchParams({ campo: field, ...(after === undefined ? {} : { evento: String(after) }) }).toString()}`;
}

/** The name of a comune, by its IPA code; of other entries undefined. */
export type NameOf = (entry: string) => string | undefined;

/** A place of a view as a person calls it. */
export function labelOf(view: object, field: string, language: Language, nameOf: NameOf = () => undefined): string {
  const policy = Object.hasOwn(POLICY_FIELDS, field) ? POLICY_FIELDS[field]?.[0] : undefined;
  if (policy !== undefined) return `${WHY.rulesOfCase[language]}: ${policy[language === 'it' ? 0 : 1]}`;
  const { members, entries } = placeIn(view, field) ?? { members: [field], entries: [] };
  const path = wordsPath(view, members);
  const label = capital(stateInWords(members, language) ?? fieldInWords(path, language));
  return entries.length === 0 ? label : `${label} (${entries.map((entry) => nameOf(entry) ?? entryInWords(path, entry, language)).join(', ')})`;
}

/** Several parts of a case have a state: whose it is. */
function stateInWords([part = '', member]: readonly string[], language: Language): string | undefined {
  const area = AREA_OF[part as keyof AdhesionView];
  return member !== 'state' || area === null || area === undefined ? undefined : `${AREA_NAMES[area][language === 'it' ? 0 : 1]}, ${fieldInWords('state', language).toLowerCase()}`;
}
