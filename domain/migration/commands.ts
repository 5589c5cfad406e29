import { z } from 'zod';
import type { Offer } from '../catalogue/offer.ts';
import { says } from '../shared/says.ts';
import type { TextRef } from '../shared/text-ref.ts';
import { COMMAND_ROLES } from './roles.ts';

const id = z.string().min(1).max(100);
const freeText = z.string().trim().min(1).max(4000);
const scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()]);
const MAX_PARAMETERS = 50;

export const OpenMigration = z.strictObject({
  id: id.describe('Id of the migration, e.g. c_a010-1.TRAINING'),
  adhesion: id.describe('Id of the adhesion that it belongs to'),
  body: id.describe('IPA code of the member'),
  service: id.describe('Service of the catalogue'),
  plan: id.describe('Plan of that service'),
  parameters: z.record(z.string().min(1).max(100), z.union([scalar, z.array(scalar).max(MAX_PARAMETERS)]))
    .refine((parameters) => Object.keys(parameters).length <= MAX_PARAMETERS, says(`può avere al massimo ${MAX_PARAMETERS} parametri`, `must have at most ${MAX_PARAMETERS} parameters`))
    .describe("Parameters by the plan's JSON Schema"),
}).describe('Opens a migration; told by the adhesion');

export const CompleteWorkItem = z.strictObject({
  workItemId: id.describe('Id of the work item'),
  completedOn: z.iso.date().describe('Day on which the work was done'),
  note: freeText.optional().describe('Remarks'),
}).describe('Records that a work item was done; the last one makes the service operate');

export const Cancel = z.strictObject({
  reasons: freeText.describe('Why the request is given up'),
}).describe('Gives up a migration that does not operate yet');

export const CloseMigration = z.strictObject({
  closedOn: z.iso.date().describe('Day on which the migration was closed'),
}).describe('Closes the migration of a service in operation');

/** Each command with its outer schema, who may send it, and the paths of free text that the edge puts beside. */
export const MigrationCommands = {
  OpenMigration: { schema: OpenMigration, by: COMMAND_ROLES.OpenMigration, freeText: [] },
  CompleteWorkItem: { schema: CompleteWorkItem, by: COMMAND_ROLES.CompleteWorkItem, freeText: ['note'] },
  Cancel: { schema: Cancel, by: COMMAND_ROLES.Cancel, freeText: ['reasons'] },
  CloseMigration: { schema: CloseMigration, by: COMMAND_ROLES.CloseMigration, freeText: [] },
} as const;

/** What the process receives: the outer data, free texts replaced by references; an opening with what the adhesion's request kept of the catalogue. */
export type MigrationCommand = { [Type in keyof typeof MigrationCommands]: Received<Type> }[keyof typeof MigrationCommands];

interface Received<Type extends keyof typeof MigrationCommands> {
  readonly type: Type;
  readonly data: Readonly<TextsBeside<
    z.output<(typeof MigrationCommands)[Type]['schema']>,
    (typeof MigrationCommands)[Type]['freeText'][number]
  >> & (Type extends 'OpenMigration' ? { readonly offered?: Offer | undefined } : unknown);
}

type TextsBeside<Data, Path> = {
  [Key in keyof Data]: Key extends Path ? TextRef | Extract<Data[Key], undefined> : Data[Key];
};
