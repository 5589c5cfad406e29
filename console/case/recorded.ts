import { inventoryIn } from '../../api/cases/inventories.ts';
import type { Context } from '../../api/context.ts';
import { commandThatRecorded } from '../../db/queries/commands.ts';
import type { Texts } from '../../db/vault/texts.ts';
import type { CaseReading } from './reading.ts';

/**
 * The data of the command that recorded an event, as they were sent: texts and inventories in the place of their references, without
 * those that were erased. Undefined where that command was of another type.
 */
export async function recordedData(context: Context, { caller, stream }: CaseReading, version: number, type: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { db, texts } = context.as(caller);
  const command = await commandThatRecorded(db, stream, version);
  const data = command?.type === 'CorrectFact' && 'data' in command.data ? command.data.data : command?.type === type ? command.data : undefined;
  return data === undefined ? undefined : withTexts(texts, stream, data) as Promise<Readonly<Record<string, unknown>>>;
}

async function withTexts(texts: Texts, stream: string, value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((one) => withTexts(texts, stream, one)));
  if (typeof value !== 'object' || value === null) return value;
  if ('textId' in value) return texts.find(stream, String(value.textId));
  if ('documentId' in value) {
    const content = await texts.find(stream, String(value.documentId));
    return content === undefined ? undefined : inventoryIn(content).records;
  }
  const members = await Promise.all(Object.entries(value).map(async ([name, member]) => [name, await withTexts(texts, stream, member)] as const));
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}
