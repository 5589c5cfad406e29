import type { Context } from '../../../api/context.ts';
import { checkedCommand, specOf } from '../../../api/cases/checked-command.ts';
import { draftSchemaOf, saverOf } from '../../../api/cases/drafts.ts';
import { ADHESION } from '../../../api/cases/kinds.ts';
import { parseData } from '../../../api/http/validation.ts';
import { Problem } from '../../../api/problems.ts';
import type { AdhesionState } from '../../../domain/adhesion/index.ts';
import { recognitionState } from '../../../domain/adhesion/recognition/standing.ts';
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
export async function changeDraft(context: Context, reading: CaseReading, change: (data: DraftData) => DraftData): Promise<void> {
  const { caller, stream } = reading;
  const { drafts } = context.as(caller);
  const schema = draftSchemaOf(specOf(ADHESION, COMMAND).schema);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const standing = await drafts.find(stream, COMMAND);
    const data = parseData(schema, change(standing?.data ?? {}));
    if (await drafts.save(stream, COMMAND, { data, seen: standing?.version ?? null, by: saverOf(caller) }) !== undefined) return sayBegun(context, reading);
  }
  throw Problem.of('DRAFT_CONFLICT');
}

const BEGIN = 'BeginRecognition';

/**
 * Who saves an answer to an invitation works on it: the case hears so, once. What was saved stays saved, whatever became of the case
 * meanwhile (begun by somebody else, withdrawn, not to be reached): it is the member's word, not a condition of the answer.
 */
async function sayBegun(context: Context, { caller, id, at }: CaseReading): Promise<void> {
  // The state comes from the fold of this very process.
  const { recognition } = at.state as AdhesionState;
  if (recognitionState(recognition) !== 'INVITED') return;
  // One id for one invitation: of two that save at the same moment one is recorded.
  const commandId = `begin-${recognition.invitation?.version ?? 0}`;
  try {
    await context.as(caller).way.execute(await checkedCommand(context, {
      kind: ADHESION, id, type: BEGIN, spec: specOf(ADHESION, BEGIN), data: {}, caller, commandId, isFact: false, ifMatch: undefined,
    }));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}
