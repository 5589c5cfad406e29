import type { Bilingual } from '../../domain/shared/bilingual.ts';
import { sayNumber } from './dates.ts';

/** A JSON Schema has one title, and those of the catalogue are in English: what the parameters that are shipped are called in Italian. */
const ITALIAN: Readonly<Record<string, string>> = {
  'Class of the data (ACN)': 'Classe dei dati (ACN)',
  'E-services': 'E-service',
  Environment: 'Ambiente',
  'Keep the numbers': 'I numeri restano gli stessi',
  Layers: 'Strati informativi',
  Lines: 'Linee telefoniche',
  Mailboxes: 'Caselle PEC',
  'Metres of shelf': 'Metri di scaffale',
  Schemes: 'Sistemi di identità',
  Servers: 'Server',
  Signers: 'Firmatari',
  'Sites to connect': 'Sedi da collegare',
  Trunks: 'Dorsali',
  Users: 'Utenti',
  'What is bought': 'Che cosa si acquista',
};

/** A title of the catalogue's JSON Schema in both languages; one that nobody has translated stays as it is, so that nothing is hidden. */
export function parameterWords(title: string): Bilingual {
  return { it: ITALIAN[title] ?? title, en: title };
}

/** A title without Italian words: a test looks for them. */
export function hasItalian(title: string): boolean {
  return Object.hasOwn(ITALIAN, title);
}

/** `Da 1 a 200`; null: no limit is set. */
export function limitWords({ minimum, maximum }: { readonly minimum?: number | undefined; readonly maximum?: number | undefined }): Bilingual | null {
  if (minimum !== undefined && maximum !== undefined) return { it: `Da ${sayNumber(minimum, 'it')} a ${sayNumber(maximum, 'it')}`, en: `From ${sayNumber(minimum, 'en')} to ${sayNumber(maximum, 'en')}` };
  if (minimum !== undefined) return { it: `Almeno ${sayNumber(minimum, 'it')}`, en: `At least ${sayNumber(minimum, 'en')}` };
  return maximum === undefined ? null : { it: `Al massimo ${sayNumber(maximum, 'it')}`, en: `At most ${sayNumber(maximum, 'en')}` };
}
