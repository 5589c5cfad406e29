import { z } from 'zod';
import { readArgument, type Io } from './io.ts';
import { CannotRun } from './outcome.ts';

/** What the options of `campaign run` say of a campaign. */
export interface Said {
  readonly name?: string | undefined;
  readonly command?: string | undefined;
  readonly data?: string | undefined;
  readonly open?: boolean | undefined;
  readonly request?: string | undefined;
  readonly archive?: boolean | undefined;
  readonly perMinute?: number | undefined;
  readonly parallel?: number | undefined;
  readonly stopAfter?: number | undefined;
}

const Json = z.record(z.string(), z.unknown());

/** The request of a campaign from a file: one in JSON as the interface takes it, or a table of comuni with the act in the options. Throws CannotRun. */
export async function requestOf(io: Io, file: string, said: Said): Promise<Readonly<Record<string, unknown>>> {
  const text = await readArgument(io, file === '-' ? '-' : `@${file}`);
  const isJson = text.trimStart().startsWith('{');
  const whole = isJson ? objectIn(text, file) : { name: said.name ?? nameOf(file), select: { csv: text } };
  const action = await actionOf(io, said);
  if (!isJson && action === undefined) throw new CannotRun('A table says for which comuni: give the act, --open, --command SendProposal --data @data.json, --request TRAINING or --archive.');
  const pace = { ...(said.perMinute === undefined ? {} : { perMinute: said.perMinute }), ...(said.parallel === undefined ? {} : { parallel: said.parallel }) };
  return {
    ...whole, ...(said.name === undefined ? {} : { name: said.name }), ...(action === undefined ? {} : { action }),
    ...(Object.keys(pace).length === 0 ? {} : { pace: { ...Json.safeParse(whole['pace']).data, ...pace } }),
    ...(said.stopAfter === undefined ? {} : { stopAfter: said.stopAfter }),
  };
}

async function actionOf(io: Io, { open, command, data = '{}', request, archive }: Said): Promise<object | undefined> {
  const ways = [open === true ? { kind: 'OPEN_ADHESION' } : undefined, command === undefined ? undefined : { kind: 'COMMAND', type: command }, request === undefined ? undefined : { kind: 'REQUEST_MIGRATION', service: request }, archive === true ? { kind: 'ARCHIVE' } : undefined]
    .filter((way) => way !== undefined);
  if (ways.length > 1) throw new CannotRun('A campaign does one act: give --open, --command, --request or --archive.');
  if (command !== undefined) return { kind: 'COMMAND', command: { type: command, data: objectIn(await readArgument(io, data), '--data') } };
  return ways[0];
}

function objectIn(text: string, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CannotRun(`${where} is not JSON (${cause instanceof Error ? cause.message : String(cause)}).`, { cause });
  }
  const parsed = Json.safeParse(value);
  if (!parsed.success || Array.isArray(value)) throw new CannotRun(`${where} is no JSON object.`);
  return parsed.data;
}

/** `avvio` of `liste/avvio.csv`. */
function nameOf(file: string): string {
  return (file.split(/[\\/]/).at(-1) ?? file).replace(/\.[^.]*$/, '').slice(0, 100);
}
