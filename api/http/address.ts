import type { Bilingual } from '../../domain/shared/bilingual.ts';
import { Problem } from '../problems.ts';

/**
 * An address that this server is to send to, as far as it says so itself; where it leads is judged when it is connected to. Plain http is for `local` ones only. Throws Problem.
 */
export function checkAddress(url: string, local: boolean): void {
  const { protocol, username, password, hash } = new URL(url);
  if (protocol !== 'https:' && !local) throw refuse('HTTPS_REQUIRED', { it: 'Si invia solo via https.', en: 'It takes an https address: nothing is sent in the clear.' });
  if (username !== '' || password !== '' || hash !== '') throw refuse('ADDRESS_INVALID', { it: "L'indirizzo non contiene utente, password o frammento.", en: 'The address holds no user, password or fragment.' });
}

function refuse(code: string, message: Bilingual): Problem {
  return Problem.validation([{ code, message, path: 'url' }]);
}
