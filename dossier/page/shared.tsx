import type { VNode } from 'preact';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import type { Fault } from '../faults.ts';

/** Says a text in the language that was chosen, with values in it. */
export type Say = (pair: Bilingual, values?: Readonly<Record<string, string | number>>) => string;

export function FaultLine({ fault: { code, message, stream, version } }: { readonly fault: Fault }): VNode {
  return <span lang="en"><span class="code">{code}</span>: {message}{stream === undefined ? '' : ` (${stream}, ${version})`}</span>;
}

/** Never by colour alone. */
export function Mark({ good }: { readonly good: boolean }): VNode {
  return <span class={good ? 'mark good' : 'mark bad'} aria-hidden="true">{good ? '✓' : '✗'}</span>;
}
