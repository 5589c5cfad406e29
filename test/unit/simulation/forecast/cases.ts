import { PUBLISHED_PLAN } from '../../../../domain/constitution/plan.ts';
import { addDays, addHours, startOfDay, type CivilDate } from '../../../../domain/shared/civil-date.ts';
import type { Actor } from '../../../../domain/shared/actor.ts';
import type { AdhesionCommand } from '../../../../domain/adhesion/index.ts';
import { MemoryShell } from '../../../../simulation/memory-shell.ts';
import type { ForecastBody } from '../../../../simulation/forecast/arrivals.ts';
import type { Question } from '../../../../simulation/forecast/forecast.ts';

const SHA = '7c'.repeat(32);
const AGENCY: Actor = { subject: 's_agency', role: 'operator', body: 'agency' };

/** Where a case of the history stands, by days from its opening; the council meets on the fortieth. */
export interface History {
  readonly openedOn: CivilDate;
  /** Days from the session to the first day on the notice board; null: it is not published yet. */
  readonly publishedAfter: number | null;
  /** The day on which the case stands. */
  readonly until: CivilDate;
}

export const SESSION = 40;

/** A case that went through the real process in memory, as it stands then. */
export async function caseOf(ipaCode: string, population: number, { openedOn, publishedAfter, until }: History): Promise<ForecastBody> {
  const comune = { ipaCode, istatCode: '015002', name: ipaCode, population };
  const stream = `adhesion/${ipaCode}-1`;
  const member: Actor = { subject: 's_secretary', role: 'member', body: ipaCode };
  const shell = new MemoryShell(addHours(startOfDay(openedOn), 9));
  let sent = 0;
  const on = async (day: number, command: AdhesionCommand, actor: Actor): Promise<void> => {
    await shell.advanceTo(addHours(startOfDay(addDays(openedOn, day)), 9));
    const outcome = await shell.execute(stream, `c-${sent += 1}`, command, actor);
    if (outcome.kind !== 'done') throw new Error(`${command.type}: ${outcome.code}`);
  };
  const at = (day: number) => addHours(startOfDay(addDays(openedOn, day)), 8);
  await on(0, { type: 'OpenAdhesion', data: { id: `${ipaCode}-1`, body: ipaCode, istatCode: '015002', name: ipaCode, population } }, AGENCY);
  await on(2, { type: 'SendProposal', data: { template: { id: 't', version: 1, sha256: SHA }, sentAt: at(2) } }, AGENCY);
  await on(3, { type: 'ConfirmReceipt', data: { deliveredAt: at(3) } }, AGENCY);
  for (const [day, kind] of [[8, 'TECHNICAL'], [9, 'ACCOUNTING'], [15, 'AUDITORS']] as const) {
    await on(day, { type: 'RecordOpinion', data: { kind, outcome: 'FAVOURABLE', givenOn: addDays(openedOn, day) } }, member);
  }
  await on(20, { type: 'ConveneCouncil', data: { call: 1, urgency: 'ORDINARY', noticeDeliveredAt: at(20), sessionAt: at(SESSION) } }, member);
  await on(SESSION, {
    type: 'RecordSession', data: { organ: 'COUNCIL', heldOn: addDays(openedOn, SESSION), outcome: 'VOTED', resolutionNo: '1/2026', councillorsPresent: 10, mayorPresent: true, votes: { for: 11, against: 0, abstained: 0 }, textSha256: SHA },
  }, member);
  if (publishedAfter !== null) await on(SESSION + publishedAfter, { type: 'RecordPublication', data: { noticeBoardNo: '1/2026', firstDay: addDays(openedOn, SESSION + publishedAfter) } }, member);
  await shell.advanceTo(addHours(startOfDay(until), 9));
  return { comune, live: { id: `${ipaCode}-1`, version: shell.version(stream), state: shell.state(stream) ?? {} } };
}

export const ASKED: Omit<Question, 'asOf' | 'path'> = { days: 200, seed: 7, runs: 40, on: null };
export const PATH = { plan: PUBLISHED_PLAN, threshold: { minMembers: 1, minPopulation: 0 }, reached: {} };
