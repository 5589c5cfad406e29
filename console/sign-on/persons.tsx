import type { VNode } from 'preact';
import type { TrialPerson } from '../../api/auth/trial-persons.ts';
import { ROLE_NAMES } from '../words/frame.ts';

/** Of a territory of more people those that were searched for are shown. */
const MOST_PERSONS = 200;

/** The trial's page on which one says who one is. It speaks Italian only: the names of its controls are fixed for programs. */
export function PersonsPage({ path, wanted, persons }: { readonly path: string; readonly wanted: string; readonly persons: readonly TrialPerson[] }): VNode {
  return (
    <>
      <p class="notice warn"><strong>Ambiente di prova.</strong> Qui chiunque entra come chi vuole, senza password. Non inserire dati veri.</p>
      <form method="get" action={path} role="search">
        <div class="field"><label for="q">Cerca un comune</label><input id="q" name="q" type="search" maxLength={100} value={wanted} /></div>
        <button type="submit" class="btn btn-outline-primary">Cerca</button>
      </form>
      <h2>Scegli chi sei</h2>
      <p role="status">{persons.length} persone{wanted === '' ? '' : ` per «${wanted}»`}{persons.length > MOST_PERSONS ? `: si vedono le prime ${MOST_PERSONS}, le altre si cercano per comune` : ''}</p>
      <form method="post" action={path}>
        <ul class="persons">
          {persons.slice(0, MOST_PERSONS).map(({ id, role, of, body }) => (
            <li key={id}><button type="submit" name="person" value={id} class="btn btn-outline-primary">{ROLE_NAMES[role].it} <span>{of}{body === undefined ? '' : ` (${body.ipaCode})`}</span></button></li>
          ))}
        </ul>
      </form>
    </>
  );
}
