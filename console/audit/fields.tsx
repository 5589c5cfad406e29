import type { ComponentChildren, VNode } from 'preact';

/** A labelled control of a form that asks for something: `control` is given the ids that tie it to its help and its error. */
export function Labelled({ id, label, help, error, control }: {
  readonly id: string; readonly label: string; readonly help?: string | undefined; readonly error?: string | undefined;
  readonly control: (tied: Tied) => ComponentChildren;
}): VNode {
  const described = [help === undefined ? [] : [`${id}-help`], error === undefined ? [] : [`${id}-error`]].flat().join(' ');
  return (
    <div class={error === undefined ? 'field' : 'field bad'}>
      <label for={id}>{label}</label>
      {help === undefined ? null : <p class="help" id={`${id}-help`}>{help}</p>}
      {control({ id, 'aria-describedby': described === '' ? undefined : described, 'aria-invalid': error === undefined ? undefined : 'true' })}
      {error === undefined ? null : <p class="error" id={`${id}-error`}>{error}</p>}
    </div>
  );
}

interface Tied {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
}

/** A member of a query that a page was asked with, as text; empty where there is none. */
export function asked(query: unknown, name: string): string {
  const value = typeof query === 'object' && query !== null ? (query as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof value === 'string' ? value.trim() : '';
}
