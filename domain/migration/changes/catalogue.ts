import type { CommandEntry } from '../command-entry.ts';

/** Commands that change what a broker provisioned while the service operates. */
export const CHANGES_COMMANDS = {
  UpdateService: { by: ['operator'], freeText: [] },
  RevertUpdate: { by: ['operator'], freeText: ['reasons'] },
  RotateCredentials: { by: ['operator', 'member'], freeText: [] },
  RevokeFormerCredentials: { by: ['operator', 'member'], freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;
