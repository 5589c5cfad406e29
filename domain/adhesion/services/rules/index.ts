import type { RulesOf } from '../../rule.ts';
import type { SERVICES_COMMANDS, ServicesEngineData } from '../catalogue.ts';
import { noteMigration, requestMigration } from './migrations.ts';

/** The rule of every command of the services. */
export const SERVICES_RULES: RulesOf<keyof typeof SERVICES_COMMANDS | keyof ServicesEngineData> = {
  RequestMigration: requestMigration,
  NoteMigration: noteMigration,
};
