import type { VNode } from 'preact';
import type { Language } from '../../domain/shared/bilingual.ts';
import { CASE, SENDING } from '../words/case.ts';

/** In a form that names persons: adds one who is missing to the case at an address, and comes back. After the buttons of the form, which Enter presses. */
export function AddPerson({ casePath, action, language }: { readonly casePath: string; readonly action: string; readonly language: Language }): VNode {
  const to = `${casePath}/persone?${new URLSearchParams({ da: action.slice(action.startsWith(`${casePath}/`) ? casePath.length + 1 : 1) }).toString()}`;
  return (
    <p class="small">
      {SENDING.noPersons[language]} <button type="submit" name="step" value="person" formAction={to} class="btn btn-outline-primary btn-sm">{CASE.addPerson[language]}</button>
    </p>
  );
}
