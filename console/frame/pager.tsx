import type { VNode } from 'preact';
import type { Language } from '../../domain/shared/bilingual.ts';
import { TERRITORY } from '../words/territory.ts';

export interface PagerParts {
  readonly page: number;
  readonly pages: number;
  /** The address of a page. */
  readonly to: (page: number) => string;
  readonly label: string;
  readonly language: Language;
}

/** Leads through the pages of a list; nothing where there is one. */
export function Pager({ page, pages, to, label, language }: PagerParts): VNode | null {
  if (pages <= 1) return null;
  return (
    <nav class="pager" aria-label={label}>
      {page > 1 ? <a href={to(page - 1)} rel="prev">{TERRITORY.before[language]}</a> : null}
      <span>{TERRITORY.page[language]} {page} {TERRITORY.of[language]} {pages}</span>
      {page < pages ? <a href={to(page + 1)} rel="next">{TERRITORY.after[language]}</a> : null}
    </nav>
  );
}
