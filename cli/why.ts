import type { Command } from 'commander';
import type { z } from 'zod';
import type { Io } from './io.ts';
import { bodyOf, casePath, missingCase, type CaseKind } from './kinds.ts';
import { example, knownOptions, optionsOf, wholeNumber, withKnown } from './options.ts';
import { Server } from './server.ts';
import { printable, wallTime } from './text.ts';
import { Why, type WhyLink, type WhyRule } from './views.ts';

const whyOptions = knownOptions.extend({ limit: wholeNumber(1, 100).optional() });

/** Why a field of a case is as it is. */
export function addWhy(group: Command, io: Io, kind: Pick<CaseKind, 'path' | 'sample' | 'sampleField'> & { readonly name: string }): void {
  const { name, sample, sampleField } = kind;
  withKnown(group.command('why <id> <field>')
    .description('show the events behind a field of a case: who brought them, by which command, act and rule'))
    .option('--limit <n>', 'most events, the newest; default 50')
    .addHelpText('after', example(`${name} why ${sample} ${sampleField}`, `${name} why ${sample} ${sampleField} --as-of-version 9`))
    .action(async (id: string, field: string, _options: unknown, command: Command) => {
      const { asOfVersion, asOf, asOfEvent, asOfPosition, limit, ...globals } = optionsOf(command, whyOptions);
      const call = {
        path: `${casePath(kind, id)}/why`, query: { field, asOfVersion, asOf, asOfEvent, asOfPosition, limit }, caseBody: bodyOf(id), missing: missingCase(kind, id),
      };
      const server = new Server(io, globals);
      if (globals.json) return io.out(`${(await server.send(call)).text}\n`);
      const why = await server.call(call, Why);
      io.out(whyText(id, why));
      if (why.nextCursor !== null) io.err('There are earlier events: raise --limit, or look at an earlier version.\n');
    });
}

/** A chain as a tree: an event, what stands behind it, and what its value was computed from. */
export function whyText(id: string, { field, version, value, chain }: z.output<typeof Why>): string {
  const head = `${field} of ${id} at version ${version}: ${said(value)}\n`;
  return chain.length === 0 ? `${head}  It never had a value.\n` : [head, ...chain.map(linkText)].join('\n');
}

function linkText({ before, after, event, command, actor, parked, timer, toldBy, reasons, acts, basis, rule }: WhyLink): string {
  const lines = [
    `${event.version}  ${event.type}  ${wallTime(event.recordedAt)}${event.effectiveOn === null ? '' : `, counts from ${event.effectiveOn}`}`,
    `   ${said(before)} -> ${said(after)}`,
    `   by ${actor.role} ${actor.subject}${actor.body === null ? '' : ` (${actor.body})`}, command ${command.type} ${command.id}`,
    ...(event.corrects === null ? [] : [`   corrects event ${event.corrects}`]),
    ...(parked === null ? [] : [`   waited for its turn since event ${parked.version}: ${parked.type} ${parked.id} by ${parked.actor.role} ${parked.actor.subject}`]),
    ...(timer === null ? [] : [`   by the passing of time: ${timer.key}, due ${wallTime(timer.at)}, set by event ${timer.setBy}`]),
    ...(toldBy === null ? [] : [`   told by ${toldBy}`]),
    ...reasons.map(({ code, message }) => `   refused with ${code}: ${message}`),
    ...acts.numbers.map((number) => `   ${number.field} ${number.value}`),
    ...acts.digests.map((digest) => `   document ${digest}`),
    ...(basis === null ? [] : [`   by policies ${basis.policyVersion}, calendar ${basis.calendarVersion}`]),
    ...(rule === null ? [] : ruleLines(rule).map((line) => `   ${line}`)),
    `   position ${event.position}, ${event.id}`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function ruleLines({ code, message, law, value, agrees, inputs }: WhyRule): readonly string[] {
  return [
    `${code}${law === null ? '' : ` (${law})`}: ${message}`,
    agrees ? 'computed again: the same' : `computed again: ${said(value)}, which is NOT the value`,
    ...inputs.flatMap((input, index) => {
      const [mark, bar] = index === inputs.length - 1 ? ['└─', '   '] : ['├─', '│  '];
      return [`${mark} ${input.field} = ${said(input.value)} (event ${input.since})`, ...(input.rule === null ? [] : ruleLines(input.rule).map((line) => `${bar} ${line}`))];
    }),
  ];
}

function said(value: unknown): string {
  return value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
}
