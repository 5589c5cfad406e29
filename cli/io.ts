import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { loadConfig, type Config } from '../config.ts';
import { CannotRun } from './outcome.ts';

/** What a command has of the world outside: tests give their own. */
export interface Io {
  /** What was asked for. */
  readonly out: (content: string) => void;
  /** Sentences about it. */
  readonly err: (content: string) => void;
  readonly stdin: () => Promise<string>;
  /** Where long work draws its bar; null when nobody watches. */
  readonly terminal: NodeJS.WriteStream | null;
  /** Throws ConfigError. */
  readonly config: () => Config;
}

/** The io of the running process. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', answerLostOutput);
  return {
    out: (content) => void process.stdout.write(content),
    err: (content) => void process.stderr.write(content),
    stdin: () => text(process.stdin),
    terminal: process.stderr.isTTY ? process.stderr : null,
    config: () => loadConfig(),
  };
}

/** A reader that goes away (`associa … | head`) has what it wanted; a full disk has lost what was asked for. */
function answerLostOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`The output could not be written: ${error.message}\n`);
  process.once('exit', () => { process.exitCode = 2; });
}

/** An argument that may stand elsewhere: `@path` is a file, `-` standard input. Throws CannotRun when it can't be read. */
export async function readArgument(io: Io, argument: string): Promise<string> {
  if (argument === '-') return io.stdin();
  if (!argument.startsWith('@')) return argument;
  const path = argument.slice(1);
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new CannotRun(`The file ${path} can't be read; after @ comes the path of a readable file.`);
  }
}
