import type { z } from 'zod';
import type { WithTextRefs } from '../shared/text-ref.ts';
import type { CivilDate } from '../shared/civil-date.ts';
import type { Account } from './account.ts';
import type { ConstitutionCommands } from './commands.ts';
import type { Gate } from './plan.ts';
import type { ConstitutionPolicies } from './policies.ts';
import type { OperatorCommand } from './roles.ts';
import type { Territory } from './threshold.ts';

/** What the interface makes of a request: the policies in full, and the territory of the data. */
export interface StartConstitution {
  readonly id: string;
  readonly policies: ConstitutionPolicies;
  readonly territory: Territory;
}

/** What comes with a command of an operator: free texts are references by then. */
export type OperatorData = { readonly [Type in OperatorCommand]: WithTextRefs<z.infer<(typeof ConstitutionCommands)[Type]['schema']>, 'reasons'> };

export interface CommandData extends OperatorData {
  readonly StartConstitution: StartConstitution;
  /** What an adhesion says of itself at a version of its stream. */
  readonly TakeAccount: { readonly account: Account };
  /** The comuni of the data, where they changed. */
  readonly TakeTerritory: { readonly territory: Territory };
  /** The day of a gate is over. */
  readonly EndGate: { readonly gate: Gate; readonly to: CivilDate };
}

export type ConstitutionCommand = { [Type in keyof CommandData]: { readonly type: Type; readonly data: CommandData[Type] } }[keyof CommandData];
