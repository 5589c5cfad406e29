import type { Bilingual } from '../../domain/shared/bilingual.ts';
import type { ChangeType, Mistake } from '../../domain/territory/territory.ts';
import { pair } from './say.ts';

interface KindWords {
  /** What the bodies are called that it leads from; null: the form does not ask for them. */
  readonly predecessors: Bilingual | null;
  /** What each body is called that it leads to. */
  readonly successor: Bilingual;
  readonly act: Bilingual;
}

const LAW = pair('Legge regionale, come si cita', 'Regional law, as it is cited');
const ACT = pair('Atto, come si cita', 'Act, as it is cited');

/** How the form asks for each kind of change. */
export const KIND_FORMS: Readonly<Record<ChangeType, KindWords>> = {
  BodiesMerged: { predecessors: pair('Codici IPA degli enti che si fondono, uno per riga', 'IPA codes of the bodies that merge, one a line'), successor: pair('Il nuovo ente', 'The new body'), act: LAW },
  BodyIncorporated: { predecessors: pair('Codici IPA degli enti incorporati, uno per riga', 'IPA codes of the bodies that are taken in, one a line'), successor: pair("L'ente che incorpora, com'è da quel giorno", 'The body that takes them in, as it is from that day'), act: LAW },
  BodySplit: { predecessors: pair("Codice IPA dell'ente che si divide", 'IPA code of the body that splits'), successor: pair('Nuovo ente', 'New body'), act: LAW },
  BodyRenamed: { predecessors: null, successor: pair("L'ente, com'è da quel giorno", 'The body, as it is from that day'), act: ACT },
  BodyRegistered: { predecessors: null, successor: pair("L'ente", 'The body'), act: ACT },
};

/** The fields of a change. */
export const CHANGE_FIELDS = {
  on: pair('Primo giorno in cui conta', 'First day on which it counts'),
  ipaCode: pair('Codice IPA', 'IPA code'),
  istatCode: pair('Codice ISTAT', 'ISTAT code'),
  istatHelp: pair('Di un ente che non è un comune, quello del comune della sede', 'Of a body that is no comune, that of the comune of its seat'),
  name: pair('Nome', 'Name'),
  population: pair('Abitanti', 'Inhabitants'),
  bodyType: pair('Tipo di ente', 'Kind of body'),
  reason: pair('Perché', 'Why'),
  basis: pair('Atto che lo dice, come si cita', 'The act that says so, as it is cited'),
} as const;

export const MISTAKE_WORDS: Readonly<Record<Mistake, Bilingual>> = {
  TRANSCRIPTION_ERROR: pair('Errore di trascrizione', 'Error of transcription'), ACT_AMENDED: pair("L'atto è stato rettificato", 'The act was amended'), ACT_ANNULLED: pair("L'atto è stato annullato o revocato", 'The act was annulled or revoked'),
  RECORDED_TWICE: pair('Era già registrata', 'It was recorded already'), NOT_THIS_BODY: pair('Riguarda un altro ente', 'It concerns another body'),
};
