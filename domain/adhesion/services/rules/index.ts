import type { RulesOf } from '../../rule.ts';
import type { SERVICES_COMMANDS, ServicesEngineData } from '../catalogue.ts';
import { noteMigration, requestMigration } from './migrations.ts';
import { noteCouncilSession, withdrawCouncilSession } from './sessions.ts';

/** The rule of every command of the services. */
export const SERVICES_RULES: RulesOf<keyof typeof SERVICES_COMMANDS | keyof ServicesEngineData> = {
  RequestMigration: requestMigration,
  NoteCouncilSession: noteCouncilSession,
  WithdrawCouncilSession: withdrawCouncilSession,
  NoteMigration: noteMigration,
};
