import type { Bilingual } from './bilingual.ts';

/** Kinds of bodies that may join (domain: "a member may later be another body"). */
export const BODY_TYPES = ['COMUNE', 'UNIONE_DI_COMUNI', 'CITTA_METROPOLITANA', 'CONSORZIO', 'AZIENDA_SPECIALE'] as const;
export type BodyType = (typeof BODY_TYPES)[number];

/** What a body of a kind is called. */
export const BODY_TYPE_NAMES: Readonly<Record<BodyType, Bilingual>> = {
  COMUNE: { it: 'comune', en: 'comune' },
  UNIONE_DI_COMUNI: { it: 'unione di comuni', en: 'union of comuni' },
  CITTA_METROPOLITANA: { it: 'città metropolitana', en: 'metropolitan city' },
  CONSORZIO: { it: 'consorzio', en: 'consortium' },
  AZIENDA_SPECIALE: { it: 'azienda speciale', en: 'special company' },
};

/** The organ that resolves on joining, with its article; for other bodies than comuni it is our reading of the law (ADR 41). */
export const COMPETENT_ORGANS: Readonly<Record<BodyType, Bilingual>> = {
  COMUNE: { it: 'il Consiglio comunale (art. 42 c.2 TUEL)', en: 'the council of the comune (art. 42 c.2 TUEL)' },
  UNIONE_DI_COMUNI: { it: "il Consiglio dell'unione (artt. 32 e 42 c.2 TUEL)", en: 'the council of the union (artt. 32 and 42 c.2 TUEL)' },
  CITTA_METROPOLITANA: { it: 'il Consiglio metropolitano (art. 1 c.8 L. 56/2014)', en: 'the metropolitan council (art. 1 c.8 L. 56/2014)' },
  CONSORZIO: { it: "l'Assemblea del consorzio (art. 31 c.4 TUEL)", en: 'the assembly of the consortium (art. 31 c.4 TUEL)' },
  AZIENDA_SPECIALE: { it: "il Consiglio di amministrazione dell'azienda (art. 114 c.3 TUEL)", en: 'the board of directors of the company (art. 114 c.3 TUEL)' },
};
