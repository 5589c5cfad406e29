import { z } from 'zod';
import { isCivilDate } from '../../shared/civil-date.ts';
import { says } from '../../shared/says.ts';
import { isInstant } from '../../shared/instant.ts';
import { FIRST_YEAR, hasSensibleYear, LAST_YEAR, MAX_ACT_NUMBER, SERVICE_ID, SUBJECT_ID } from '../bounds.ts';

const YEAR = says(`deve avere l'anno tra ${FIRST_YEAR} e ${LAST_YEAR}`, `must have its year between ${FIRST_YEAR} and ${LAST_YEAR}`);
const DATE = { ...says('deve essere una data civile AAAA-MM-GG', 'must be a civil date YYYY-MM-DD'), abort: true };
const INSTANT = { ...says('deve essere un istante RFC 3339 con offset, al più in millisecondi', 'must be an instant by RFC 3339 with offset, milliseconds at most'), abort: true };

export const civilDate = z.string().length(10, DATE)
  .refine(isCivilDate, DATE)
  .refine(hasSensibleYear, YEAR)
  .meta({ format: 'date', examples: ['2026-06-25'] });

export const instant = z.string().max(35, INSTANT)
  .refine(isInstant, INSTANT)
  .refine(hasSensibleYear, YEAR)
  .meta({ format: 'date-time', examples: ['2026-06-01T09:30:00+02:00'] });

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, says("deve essere un'impronta SHA-256 in esadecimale minuscolo", 'must be a SHA-256 digest in lower-case hex'))
  .meta({ examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'] });

/** Number of an act, a protocol or a register. */
export const actNumber = z.string().trim().min(1).max(MAX_ACT_NUMBER).meta({ examples: ['42/2026'] });

/** Free text; the edge stores it beside the events. */
export const freeText = z.string().trim().min(1).max(4000);

/** Random id of a person, from `POST /v1/subjects`. */
export const subjectId = z.string().regex(SUBJECT_ID, says("deve essere l'identificativo di una persona, da POST /v1/subjects", 'must be the id of a person, from POST /v1/subjects')).meta({ examples: ['s_4f1c2a'] });

export const headCount = z.int().min(0).max(100).meta({ format: 'int32', examples: [12] });

export const versionNumber = z.int().min(1).max(1_000_000).meta({ format: 'int32', examples: [1] });

export const serviceId = z.string().regex(SERVICE_ID, says('deve essere un servizio del catalogo', 'must be a service of the catalogue')).meta({ examples: ['TRAINING'] });
