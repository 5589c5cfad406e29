import { fileURLToPath } from 'node:url';
import type { Programs } from '../../embedded/programs.ts';

/** Stand-ins for the project's programs, run by Node as they are. */
export function testPrograms(changes: Partial<Programs> = {}): Programs {
  return { migrate: program('migrate'), repair: program('repair'), rehearse: program('rehearse'), broker: program('broker'), register: program('register'), worker: program('worker'), server: program('server'), ...changes };
}

export function program(name: string): string[] {
  return [fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url))];
}
