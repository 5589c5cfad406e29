import { accepted, refused } from '../../shared/process.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { rule, type RulesOf } from '../rule.ts';
import { outOfTurn } from '../stage.ts';
import type { MigrationStage } from '../stages.ts';
import type { SUSPENSION_COMMANDS } from './catalogue.ts';
import { resumption } from './resuming.ts';

/** Stages that cannot be held up: what is being undone is undone, what has ended has ended. */
const NOT_SUSPENDED: ReadonlySet<MigrationStage> = new Set<MigrationStage>(['ROLLING_BACK', 'RETIRING', 'CLOSED', 'CANCELLED', 'REJECTED']);

const suspend = rule<Command<'Suspend'>['data'], object>({
  ground: (state) => {
    if (NOT_SUSPENDED.has(state.migration.state)) return outOfTurn(state, { it: 'si sospende una migrazione che va avanti.', en: 'a migration that goes on is suspended.' });
    return state.suspension.holds.includes('PARTY') ? refused('ALREADY_SUSPENDED', { it: 'La migrazione è già sospesa.', en: 'The migration is suspended already.' }) : {};
  },
  decide: ({ data: { reasons }, context }) => accepted<MigrationEvent>({ type: 'MigrationSuspended', data: { by: 'PARTY', reasons, services: [], at: context.now } }),
});

const resume = rule<Command<'Resume'>['data'], object>({
  ground: ({ suspension: { holds } }) => {
    if (holds.includes('PARTY')) return {};
    return refused('NOT_SUSPENDED', holds.includes('DEPENDENCY')
      ? { it: 'La migrazione riprende da sé quando i servizi da cui dipende sono di nuovo come le servono.', en: 'The migration resumes by itself once the services that it depends on stand again as it needs them.' }
      : { it: 'La migrazione non è sospesa.', en: 'The migration is not suspended.' });
  },
  decide: ({ state, context }) => accepted(...resumption(state, 'PARTY', context.now)),
});

/** The rule of every command of the suspension. */
export const SUSPENSION_RULES: RulesOf<keyof typeof SUSPENSION_COMMANDS> = { Suspend: suspend, Resume: resume };
