/** Kinds of bodies that may join (domain: "a member may later be another body"). */
export const BODY_TYPES = ['COMUNE', 'UNIONE_DI_COMUNI', 'CITTA_METROPOLITANA', 'CONSORZIO', 'AZIENDA_SPECIALE'] as const;
export type BodyType = (typeof BODY_TYPES)[number];
