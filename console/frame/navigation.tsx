import type { VNode } from 'preact';
import { FRAME } from '../words/frame.ts';
import type { SignedOn, Visit } from './visit.ts';

/** Which entry of the navigation a page is under. */
export type Section = 'today' | 'territory' | 'work-orders' | 'portfolio' | 'catalogue' | 'campaigns' | 'constitution' | 'forecast' | 'brokers' | 'incidents' | 'search';

interface Entry {
  readonly section: Section;
  readonly href: string;
  readonly word: keyof typeof FRAME;
  /** For Agency and auditors only. */
  readonly staff?: true;
  /** Stands in the menu of the services, where that is worth one. */
  readonly ofServices?: true;
}

/** In the order of the pages: what one comes for daily first. */
const ENTRIES: readonly Entry[] = [
  { section: 'today', href: '/', word: 'today' },
  { section: 'territory', href: '/territorio', word: 'territory', staff: true },
  { section: 'constitution', href: '/costituzione', word: 'constitution', staff: true },
  { section: 'forecast', href: '/previsione', word: 'forecast', staff: true },
  { section: 'work-orders', href: '/attivita', word: 'workOrders' },
  { section: 'portfolio', href: '/portafoglio', word: 'portfolio', ofServices: true },
  { section: 'catalogue', href: '/catalogo', word: 'catalogue', ofServices: true },
  { section: 'campaigns', href: '/campagne', word: 'campaigns', staff: true, ofServices: true },
  { section: 'brokers', href: '/broker', word: 'brokers', staff: true, ofServices: true },
  { section: 'incidents', href: '/incidenti', word: 'incidents', staff: true, ofServices: true },
  { section: 'search', href: '/ricerca', word: 'search' },
];

/** Up to so many entries of the services stand beside the others. */
const MOST_BESIDE = 2;

/** The main navigation of who is signed on. The menu needs no script, and says closed on which of its pages one is. */
export function Navigation({ visit: { language, person }, section }: { readonly visit: Visit; readonly section: Section | undefined }): VNode | null {
  if (person === null) return null;
  const entries = entriesOf(person.role);
  const services = entries.filter(({ ofServices }) => ofServices === true);
  const menu = services.length > MOST_BESIDE ? services : [];
  const here = menu.find((entry) => entry.section === section);
  const link = (entry: Entry): VNode => <li key={entry.href}><a href={entry.href} aria-current={section === entry.section ? 'page' : undefined}>{FRAME[entry.word][language]}</a></li>;
  return (
    <nav class="console-nav" aria-label={FRAME.nav[language]}>
      <div class="container">
        <ul>
          {entries.map((entry) => {
            if (!menu.includes(entry)) return link(entry);
            return entry === menu[0] ? (
              <li key="services">
                <details>
                  <summary class={here === undefined ? undefined : 'here'}>{FRAME.services[language]}{here === undefined ? '' : `: ${FRAME[here.word][language]}`}</summary>
                  <ul>{menu.map(link)}</ul>
                </details>
              </li>
            ) : null;
          })}
        </ul>
      </div>
    </nav>
  );
}

function entriesOf(role: SignedOn['role']): readonly Entry[] {
  return ENTRIES.filter(({ staff }) => staff !== true || role !== 'member');
}
