import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../api/auth/verify.ts';
import type { CaseKind } from '../../api/cases/kinds.ts';
import type { Context } from '../../api/context.ts';
import type { CaseAt } from '../../db/queries/cases.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import type { Instant } from '../../domain/shared/civil-date.ts';
import type { Waiting } from '../../domain/shared/process.ts';
import type { Choices } from '../forms/form.tsx';
import type { Step } from './timeline.ts';

/** A case of any kind, as the forms of its commands need it. */
export interface FormCase {
  readonly kind: CaseKind;
  readonly id: string;
  readonly stream: string;
  /** Address of its page, under which its forms are. */
  readonly path: string;
  readonly title: Bilingual;
  readonly caller: Caller;
  readonly at: CaseAt;
  readonly now: Instant;
  /** Where the feed stood before the case was read, for forms that follow what comes; null: they do not. */
  readonly position: string | null;
  /** What a state of this case shows: the present one, or the one that a command would lead to. */
  readonly showing: (state: object, language: Language) => Showing;
  /** What the choices of its forms are taken from. */
  readonly choices: (language: Language) => Promise<Choices>;
  /** What the fields of a command's form hold at first, as far as it is known: offered, never sent by itself. */
  readonly suggested?: (command: string) => Readonly<Record<string, string>>;
  /** Stream of the case to whose documents a file of a form is added; unset: its forms take none. */
  readonly documentsOf?: string;
  /** Address of the case to which persons are added; unset: this one. */
  readonly personsAt?: string;
}

export interface Showing {
  readonly steps: readonly Step[];
  readonly waitingFor: readonly Waiting[];
}

/** Reads the case that a path names. Throws Problem NOT_FOUND. */
export type ReadFormCase<Reading extends FormCase> = (context: Context, request: FastifyRequest) => Promise<Reading>;

/** The way back to a case from the pages below it. */
export function crumbsOf({ path, title }: FormCase, language: Language): readonly { readonly href: string; readonly text: string }[] {
  return [{ href: path, text: title[language] }];
}
