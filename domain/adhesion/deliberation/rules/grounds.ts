import type { Bilingual } from '../../../shared/bilingual.ts';

/** What facts of the deliberation may not precede, with the article. */
export const ADOPTION: Bilingual = { it: "l'adozione della delibera", en: 'the adoption' };
export const FIRST_DAY: Bilingual = { it: 'il primo giorno di pubblicazione', en: 'the first day of publication' };
export const READY: Bilingual = { it: 'la ricezione della proposta e i pareri', en: 'the receipt and the opinions' };
export const RECEIPT: Bilingual = { it: 'la ricezione della proposta', en: 'the receipt of the proposal' };
export const SESSION_BEFORE: Bilingual = { it: 'la seduta precedente', en: 'the session before' };
