import type { Command } from 'commander';
import { z } from 'zod';
import type { Io } from './io.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { DoesNotHold } from './outcome.ts';
import { readAnswer } from './problems.ts';
import { listAll, Server } from './server.ts';
import { table, wallTime } from './text.ts';

const Incident = z.object({
  id: z.string(), state: z.string(),
  effects: z.array(z.object({ key: z.string(), state: z.string(), code: z.string().nullable(), since: z.string() })),
  defects: z.array(z.object({ defectNo: z.string(), reportedAt: z.string() })),
  overdue: z.array(z.object({ who: z.string(), what: z.string(), dueOn: z.string() })),
});
type Incident = z.output<typeof Incident>;

const upper = z.string().transform((text) => text.toUpperCase());

/** `incidents`: what is wrong with migrations now. It does not hold while something is. */
export function addIncidents(program: Command, io: Io): void {
  program.command('incidents')
    .description('list migrations with a call to a broker that failed or is under way, an open defect of severity 1, something overdue')
    .option('--kind <kind>', 'EFFECT_FAILED, EFFECT_WAITING, SEVERITY_1 or OVERDUE')
    .option('--service <service>', 'only of this service, e.g. FIBRE')
    .addHelpText('after', example('incidents', 'incidents --kind EFFECT_FAILED --json', `migration do c_a010-1.APP_HOSTING RetryEffect --data '{"key":"provision@9"}'`))
    .action(async (_options: unknown, command: Command) => {
      const { kind, service, ...globals } = optionsOf(command, globalOptions.extend({ kind: upper.optional(), service: upper.optional() }));
      const page = await listAll(new Server(io, globals), { path: '/v1/incidents', query: { kind, service } }, globals.json ? z.looseObject({}) : Incident, Number.POSITIVE_INFINITY);
      const rows = globals.json ? [] : page.items.flatMap((item) => rowsOf(readAnswer(Incident, item)));
      if (globals.json) io.out(`${JSON.stringify(page)}\n`);
      else io.out(rows.length === 0 ? 'All is well: no migration has an incident.\n' : table(['migration', 'state', 'what', 'since or due'], rows));
      if (page.items.length > 0) throw new DoesNotHold(`${page.items.length} migrations have an incident.`);
    });
}

function rowsOf({ id, state, effects, defects, overdue }: Incident): readonly (readonly string[])[] {
  return [
    ...effects.map(({ key, state: standing, code, since }) => [id, state, `${key} ${standing}${code === null ? '' : ` ${code}`}`, wallTime(since)]),
    ...defects.map(({ defectNo, reportedAt }) => [id, state, `defect ${defectNo}, severity 1`, wallTime(reportedAt)]),
    ...overdue.map(({ who, what, dueOn }) => [id, state, `${who} ${what} overdue`, dueOn]),
  ];
}
