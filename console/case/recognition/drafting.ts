import type { Context } from '../../../api/context.ts';
import { specOf } from '../../../api/cases/checked-command.ts';
import { draftSchemaOf, saverOf } from '../../../api/cases/drafts.ts';
import { ADHESION } from '../../../api/cases/kinds.ts';
import { parseData } from '../../../api/http/validation.ts';
import { Problem } from '../../../api/problems.ts';
import type { Draft } from '../../../db/vault/drafts.ts';
import type { CaseReading } from '../reading.ts';
import { COMMAND, type DraftData } from './parts.ts';

/** A part that somebody else has saved since the sender of the form looked at it. */
export class PartChanged extends Error {
  override readonly name = 'PartChanged';
  /** What is there now. */
  readonly standing: DraftData | undefined;

  constructor(standing: DraftData | undefined) {
    super('A part of the draft has changed');
    this.standing = standing;
  }
}

/** So often another part was saved at the same moment. */
const TRIES = 10;

export function findDraft(context: Context, { caller, stream }: CaseReading): Promise<Draft | undefined> {
  return context.as(caller).drafts.find(stream, COMMAND);
}

/** Changes the draft as it stands: whoever saves another part at the same time loses nothing. `change` throws what it can't change. */
export async function changeDraft(context: Context, { caller, stream }: CaseReading, change: (data: DraftData) => DraftData): Promise<void> {
  const { drafts } = context.as(caller);
  const schema = draftSchemaOf(specOf(ADHESION, COMMAND).schema);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const standing = await drafts.find(stream, COMMAND);
    const data = parseData(schema, change(standing?.data ?? {}));
    if (await drafts.save(stream, COMMAND, { data, seen: standing?.version ?? null, by: saverOf(caller) }) !== undefined) return;
  }
  throw Problem.of('DRAFT_CONFLICT');
}
