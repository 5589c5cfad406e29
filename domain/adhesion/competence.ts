import type { Bilingual } from '../shared/bilingual.ts';
import type { BodyType } from '../shared/body-types.ts';
import type { Office } from './convention/terms.ts';
import type { OpinionKind, Organ } from './deliberation/terms.ts';

/** How a body of its kind resolves and signs. The opening pins it for a body that is no comune; our reading of the law is ADR 41. */
export interface Competence {
  readonly bodyType: BodyType;
  /** Its own organ, in whose place a commissioner may sit. */
  readonly organ: Exclude<Organ, 'COMMISSIONER'>;
  /** The opinions that come before the resolution (artt. 49 and 239 TUEL). */
  readonly opinions: readonly OpinionKind[];
  /** From when the act can be executed: by its publication on the notice board (artt. 124 and 134 TUEL), or from its adoption, by the statute of the body. */
  readonly executive: 'BY_PUBLICATION' | 'BY_STATUTE';
  /** Who signs for it as its head. */
  readonly head: Extract<Office, 'MAYOR' | 'PRESIDENT' | 'METROPOLITAN_MAYOR'>;
}

const OPINIONS_OF_LOCAL_BODIES = ['TECHNICAL', 'ACCOUNTING', 'AUDITORS'] as const;
const OF_LOCAL_BODIES = { opinions: OPINIONS_OF_LOCAL_BODIES, executive: 'BY_PUBLICATION' } as const;

/** What TUEL says of comuni holds for unions (art. 32 c.4), for metropolitan cities and for consortia of local bodies (artt. 2 c.2, 31); a special company is ruled by its statute (art. 114). */
const COMPETENCES: Readonly<Record<BodyType, Competence>> = {
  COMUNE: { bodyType: 'COMUNE', organ: 'COUNCIL', head: 'MAYOR', ...OF_LOCAL_BODIES },
  UNIONE_DI_COMUNI: { bodyType: 'UNIONE_DI_COMUNI', organ: 'COUNCIL', head: 'PRESIDENT', ...OF_LOCAL_BODIES },
  CITTA_METROPOLITANA: { bodyType: 'CITTA_METROPOLITANA', organ: 'COUNCIL', head: 'METROPOLITAN_MAYOR', ...OF_LOCAL_BODIES },
  CONSORZIO: { bodyType: 'CONSORZIO', organ: 'ASSEMBLY', head: 'PRESIDENT', ...OF_LOCAL_BODIES },
  AZIENDA_SPECIALE: { bodyType: 'AZIENDA_SPECIALE', organ: 'BOARD_OF_DIRECTORS', head: 'PRESIDENT', opinions: [], executive: 'BY_STATUTE' },
};

/** What the opening pins: nothing of a comune, whose competence is that of all cases before other bodies could join. */
export function competencePinned(bodyType: BodyType): { readonly competence?: Competence } {
  return bodyType === 'COMUNE' ? {} : { competence: COMPETENCES[bodyType] };
}

/** A case by what its opening pinned. */
interface Opened {
  readonly opening: { readonly competence?: Competence } | null;
}

/** The competence of the body of a case: pinned, or that of a comune. */
export function competenceOf({ opening }: Opened): Competence {
  return opening?.competence ?? COMPETENCES.COMUNE;
}

/** What its parts are called in a sentence. */
interface OrganWords {
  /** With the article: `il consiglio`. */
  readonly organ: Bilingual;
  /** Its members without who presides: `consiglieri`. */
  readonly members: Bilingual;
}

const ORGAN_WORDS: Readonly<Record<Competence['organ'], OrganWords>> = {
  COUNCIL: { organ: { it: 'il consiglio', en: 'the council' }, members: { it: 'consiglieri', en: 'councillors' } },
  ASSEMBLY: { organ: { it: "l'assemblea", en: 'the assembly' }, members: { it: 'componenti', en: 'members' } },
  BOARD_OF_DIRECTORS: { organ: { it: 'il consiglio di amministrazione', en: 'the board of directors' }, members: { it: 'amministratori', en: 'directors' } },
};

const HEAD_WORDS: Readonly<Record<Competence['head'], Bilingual>> = {
  MAYOR: { it: 'il sindaco', en: 'the mayor' },
  PRESIDENT: { it: 'il presidente', en: 'the president' },
  METROPOLITAN_MAYOR: { it: 'il sindaco metropolitano', en: 'the metropolitan mayor' },
};

/** The words for the organ of the body of a case, its members and who presides. */
export function organWords(state: Opened): OrganWords & { readonly head: Bilingual } {
  const { organ, head } = competenceOf(state);
  return { ...ORGAN_WORDS[organ], head: HEAD_WORDS[head] };
}
