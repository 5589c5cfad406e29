import type { z } from 'zod';
import type { CallerRole } from '../api/auth/tokens.ts';
import { COMMAND_CATALOGUE } from '../domain/adhesion/catalogue.ts';
import { COMMAND_CATALOGUE as MIGRATION_CATALOGUE } from '../domain/migration/catalogue.ts';
import { partsOfCase } from '../domain/shared/body-code.ts';
import { Adhesion, Migration, type CaseView } from './views.ts';

export type CaseKindName = 'adhesion' | 'migration';

/** What differs between the processes that the same commands serve. */
export interface CaseKind {
  readonly name: CaseKindName;
  readonly description: string;
  readonly path: string;
  readonly view: z.ZodType<CaseView>;
  /** For help texts. */
  readonly sample: string;
  readonly sampleField: string;
  readonly sampleCommand: string;
  readonly sampleData: string;
  /** The role whose token a command needs: the operator's where he may send it. */
  readonly roleFor: (command: string) => CallerRole;
}

export const CASE_KINDS: Readonly<Record<CaseKindName, CaseKind>> = {
  adhesion: {
    name: 'adhesion', description: 'adhesions of comuni: start, read, record', path: '/v1/adhesions', view: Adhesion, sample: 'c_a010-1', sampleField: 'deliberation.executiveOn', sampleCommand: 'ConfirmReceipt',
    sampleData: '{"deliveredAt":"2026-07-01T10:00:00+02:00"}',
    roleFor: roleBy(COMMAND_CATALOGUE),
  },
  migration: {
    name: 'migration', description: 'migrations of services: request, read, record', path: '/v1/migrations', view: Migration, sample: 'c_a010-1.TRAINING', sampleField: 'state', sampleCommand: 'CompleteWorkItem',
    sampleData: '{"workItemId":"analyse-needs","completedOn":"2026-09-01"}', roleFor: roleBy(MIGRATION_CATALOGUE),
  },
};

function roleBy(table: Readonly<Record<string, { readonly by: readonly string[] }>>): (command: string) => CallerRole {
  return (command) => {
    const by = Object.hasOwn(table, command) ? table[command]?.by : undefined;
    return by !== undefined && by.includes('member') && !by.includes('operator') ? 'member' : 'operator';
  };
}

/** The body whose case an id names, for a member's token. */
export function bodyOf(id: string): string | undefined {
  return partsOfCase(id)?.body;
}

/** The sentence for a case that is not there, or not for this caller. */
export function missingCase({ name }: { readonly name: string }, id: string): string {
  return `There is no ${name} ${id} that this caller may see: associa ${name} list shows those there are.`;
}

export function casePath({ path }: Pick<CaseKind, 'path'>, id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}
