import type { Language } from '../../domain/shared/bilingual.ts';

/** Who looks at a page, and how: what the frame around every page shows. */
export interface Visit {
  readonly language: Language;
  /** Path and query of the page, for the switch of the language. */
  readonly path: string;
  /** Null: nobody is signed on. */
  readonly person: SignedOn | null;
  /** Other origins that forms of the page may lead to: the provider's sign-off. */
  readonly formTargets: readonly string[];
}

export interface SignedOn {
  readonly role: 'operator' | 'member' | 'auditor';
  /** The comune of a member; null for the others. */
  readonly bodyName: string | null;
  /** Token that forms of the session carry. */
  readonly csrf: string;
}
