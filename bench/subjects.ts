import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Actor } from '../domain/shared/actor.ts';
import { addDays, civilDateOf } from '../domain/shared/civil-date.ts';
import type { CommandBody } from '../domain/shared/process.ts';
import type { Engine } from '../engine/engine.ts';
import { touchUpdate, type bareWorkflow, type storingWorkflow } from './plain-workflows.ts';
import type { Subject } from './measure.ts';

export const OPERATOR: Actor = { subject: 'bench', role: 'operator', body: 'agency' };
const TEXT = 'ab'.repeat(32);

interface Step {
  readonly by: 'operator' | 'member';
  readonly command: CommandBody;
}

/** The deliberation of a council that publishes today, so that the last step arms the durable timer of executivity. */
export function deliberationSteps(): readonly Step[] {
  const today = civilDateOf(new Date().toISOString());
  const at = (days: number): string => `${addDays(today, days)}T09:00:00Z`;
  const opinion = (kind: string) => ({ by: 'member' as const, command: { type: 'RecordOpinion', data: { kind, outcome: 'FAVOURABLE', givenOn: addDays(today, -35) } } });
  return [
    { by: 'operator', command: { type: 'SendProposal', data: { template: { id: 'bench', version: 1, sha256: TEXT }, sentAt: at(-40) } } },
    { by: 'member', command: { type: 'ConfirmReceipt', data: { deliveredAt: at(-40) } } },
    opinion('TECHNICAL'), opinion('ACCOUNTING'), opinion('AUDITORS'),
    { by: 'member', command: { type: 'ConveneCouncil', data: { call: 1, urgency: 'ORDINARY', noticeDeliveredAt: at(-15), sessionAt: at(-5) } } },
    { by: 'member', command: { type: 'RecordSession', data: {
      organ: 'COUNCIL', heldOn: addDays(today, -5), outcome: 'VOTED', resolutionNo: '1/2026', councillorsPresent: 23, mayorPresent: true,
      votes: { for: 20, against: 2, abstained: 2 }, textSha256: TEXT,
    } } },
    { by: 'member', command: { type: 'RecordPublication', data: { noticeBoardNo: '1/2026', firstDay: today } } },
  ];
}

/** The data that open an adhesion. */
export function opening(body: string): object {
  return { id: `${body}-1`, body, istatCode: '015002', name: 'Abbiategrasso', population: 32_425 };
}

/** Commands of real adhesions: decided, stored with their events and the read model, answered. */
export function ownCommands(engine: Engine, run: string): Subject {
  const path = deliberationSteps();
  let count = 0;
  const send = async (stream: string, { type, data }: CommandBody, actor: Actor, seen: number): Promise<void> => {
    const answer = await engine.execute(stream, { id: randomUUID(), type, data, actor, receivedAt: new Date().toISOString(), requestHash: null }, seen);
    if (answer.outcome !== 'DONE') throw new Error(`${type}: ${JSON.stringify(answer)}`);
  };
  return {
    name: 'our command',
    steps: path.length,
    async open() {
      count += 1;
      const body = `c_b${run}${count}`;
      await send(`adhesion/${body}-1`, { type: 'OpenAdhesion', data: opening(body) }, OPERATOR, 0);
      return `adhesion/${body}-1`;
    },
    async send(stream, step) {
      const chosen = path[step];
      if (chosen === undefined) throw new RangeError(`There is no step ${step}`);
      const body = stream.slice('adhesion/'.length, stream.lastIndexOf('-'));
      await send(stream, chosen.command, chosen.by === 'operator' ? OPERATOR : { subject: 'bench', role: 'member', body }, step + 1);
    },
  };
}

/** An Update that stores nothing: that only answers, or that runs one empty local activity first. */
export function plainUpdates(client: Client, taskQueue: string, stepsEach: number, workflow: typeof bareWorkflow | typeof storingWorkflow): Subject {
  return {
    name: workflow.name,
    steps: stepsEach,
    async open() {
      const workflowId = `plain/${randomUUID()}`;
      const handle = await client.workflow.start(workflow, { workflowId, taskQueue, args: [], workflowTaskTimeout: '4 s' });
      await handle.executeUpdate(touchUpdate, { args: [0] });
      return workflowId;
    },
    async send(workflowId, step) {
      await client.workflow.getHandle(workflowId).executeUpdate(touchUpdate, { args: [step], updateId: randomUUID() });
    },
  };
}
