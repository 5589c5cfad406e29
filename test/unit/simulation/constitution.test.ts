import { expect, test } from 'vitest';
import { loadBodies, type Body } from '../../../api/bodies.ts';
import { openingData } from '../../../api/cases/opening.ts';
import type { AdhesionState } from '../../../domain/adhesion/index.ts';
import { accountOf, saysTheSame, viewConstitution, type Account, type ConstitutionState } from '../../../domain/constitution/index.ts';
import { resolveConstitution } from '../../../domain/constitution/policies.ts';
import { presetThreshold } from '../../../domain/constitution/threshold.ts';
import { ENGINE, type Actor } from '../../../domain/shared/actor.ts';
import { addDays, startOfDay, type CivilDate } from '../../../domain/shared/civil-date.ts';
import type { CommandBody } from '../../../domain/shared/process.ts';
import { MemoryShell } from '../../../simulation/memory-shell.ts';
import { accepts, appointed, budget, conference, constituted, published, report, resolved } from '../../domain/constitution/scenario.ts';
import { TEXT_SHA256 } from '../../support/adhesion-path.ts';

const STREAM = 'constitution/agency-1';
const OPERATOR: Actor = { subject: 's-operator', role: 'operator', body: 'agency' };
/** The largest first. */
const COMUNI = loadBodies().all.toSorted((a, b) => b.population - a.population);
const at = (day: CivilDate, hour: string): string => `${day}T${hour}:00+02:00`;

/** Real adhesions of real comuni and the constitution in one shell; what a follower does, a day tells. */
class Territory {
  readonly shell = new MemoryShell('2026-05-20T08:00:00Z');
  private readonly told = new Map<string, Account>();
  private sent = 0;

  async begin(): Promise<void> {
    const territory = { asOf: '2026-05-20', bodies: COMUNI.map(({ ipaCode: body, population }) => ({ body, population })) };
    await this.constitution({ type: 'StartConstitution', data: { id: 'agency-1', policies: resolveConstitution({ threshold: presetThreshold('CONFERENCE_RULE') }), territory } });
    await this.constitution(conference, '2026-05-21');
    await this.until('2026-05-30');
    for (const { ipaCode } of COMUNI) {
      // One size of council for all, so that one set of votes does.
      await this.send(ipaCode, { type: 'OpenAdhesion', data: { ...openingData(`${ipaCode}-1`, this.body(ipaCode), { councillors: 24 }) } });
      await this.send(ipaCode, { type: 'SendProposal', data: { template: { id: 'convenzione-cst', version: 1, sha256: TEXT_SHA256 }, sentAt: at('2026-05-29', '10:00') } });
    }
    for (const { ipaCode } of COMUNI) await this.send(ipaCode, { type: 'ConfirmReceipt', data: { deliveredAt: at('2026-05-29', '10:01') } });
    await this.tell();
  }

  /** These comuni resolve on a day, and publish on the next: executive on the twelfth after the resolution. */
  async resolve(comuni: readonly Body[], heldOn: CivilDate): Promise<void> {
    await this.until(addDays(heldOn, 1));
    for (const { ipaCode } of comuni) {
      const member: Actor = { subject: `s-${ipaCode}`, role: 'member', body: ipaCode };
      const opinions = ['TECHNICAL', 'ACCOUNTING', 'AUDITORS'].map((kind) => ({ type: 'RecordOpinion', data: { kind, outcome: 'FAVOURABLE', givenOn: '2026-06-05' } }));
      for (const command of [
        ...opinions,
        { type: 'ConveneCouncil', data: { call: 1, urgency: 'ORDINARY', noticeDeliveredAt: at(addDays(heldOn, -8), '12:00'), sessionAt: at(heldOn, '20:30') } },
        { type: 'RecordSession', data: { organ: 'COUNCIL', heldOn, outcome: 'VOTED', resolutionNo: '45/2026', councillorsPresent: 20, mayorPresent: true, votes: { for: 16, against: 3, abstained: 2 }, textSha256: TEXT_SHA256 } },
        { type: 'RecordPublication', data: { noticeBoardNo: '9/2026', firstDay: addDays(heldOn, 1) } },
      ]) await this.send(ipaCode, command, member);
    }
    await this.tell();
  }

  async constitution(command: CommandBody, day?: CivilDate): Promise<void> {
    if (day !== undefined) await this.until(addDays(day, 1));
    await this.done(STREAM, command, OPERATOR);
  }

  /** Day by day, as a follower would hear of it. */
  async until(day: CivilDate): Promise<void> {
    for (let today = this.today(); today < day; today = addDays(today, 1)) {
      await this.shell.advanceTo(startOfDay(addDays(today, 1)));
      await this.tell();
    }
  }

  send(ipaCode: string, command: CommandBody, actor: Actor = OPERATOR): Promise<void> {
    return this.done(`adhesion/${ipaCode}-1`, command, actor);
  }

  async tell(): Promise<void> {
    for (const { ipaCode } of COMUNI) {
      const state = this.shell.state(`adhesion/${ipaCode}-1`) as AdhesionState | undefined;
      const account = state === undefined ? null : accountOf(state);
      const before = this.told.get(ipaCode);
      if (account === null || (before !== undefined && saysTheSame(account, before))) continue;
      this.told.set(ipaCode, account);
      await this.shell.submitFact(STREAM, `adhesion/${ipaCode}-1@${account.version}`, { type: 'TakeAccount', data: { account } }, ENGINE);
    }
  }

  get view() {
    return viewConstitution(this.shell.state(STREAM) as ConstitutionState, this.shell.now);
  }

  gate(name: string) {
    return this.view.gates.find(({ gate }) => gate === name);
  }

  private body(ipaCode: string): Body {
    const found = COMUNI.find((one) => one.ipaCode === ipaCode);
    if (found === undefined) throw new Error(ipaCode);
    return found;
  }

  private today(): CivilDate {
    return new Date(Date.parse(this.shell.now) + 2 * 3_600_000).toISOString().slice(0, 10);
  }

  private async done(stream: string, command: CommandBody, actor: Actor): Promise<void> {
    this.sent += 1;
    const outcome = await this.shell.execute(stream, `c-${this.sent}`, command, actor);
    if (outcome.kind === 'refused') throw new Error(`${stream} ${command.type}: ${JSON.stringify(outcome.reasons)}`);
  }
}

test('over all comuni of the data: gates on the right days, a missed one moves nothing, an annulment after the threshold opens the question again', { timeout: 120_000 }, async () => {
  expect(COMUNI.length).toBe(133);
  const territory = new Territory();
  await territory.begin();
  expect(territory.gate('TEMPLATES_SENT')).toMatchObject({ state: 'MET', reachedOn: '2026-05-29' });
  const planned = territory.view.gates.map(({ planned: plan, awaitedBy }) => ({ plan, awaitedBy }));

  await territory.resolve(COMUNI.slice(0, 44), '2026-07-08');
  await territory.until('2026-08-02');
  expect(territory.gate('MUNICIPAL_RESOLUTIONS')).toMatchObject({ state: 'MISSED', inQuestion: true, missedOn: '2026-07-31' });
  expect(territory.view.threshold).toMatchObject({ met: false, executive: { members: 44 }, required: { members: 45 } });
  expect(territory.view.gates.map(({ planned: plan, awaitedBy }) => ({ plan, awaitedBy }))).toEqual(planned);

  await territory.resolve(COMUNI.slice(44, 45), '2026-09-02');
  await territory.until('2026-09-13');
  expect(territory.view.threshold.met).toBe(false);
  await territory.until('2026-09-15');
  expect(territory.view.threshold).toMatchObject({ met: true, metOn: '2026-09-14', executive: { members: 45 } });
  expect(territory.gate('MUNICIPAL_RESOLUTIONS')).toMatchObject({ state: 'LATE', reachedOn: '2026-09-14', delayDays: 45 });

  await territory.constitution(resolved('2026-10-20'), '2026-10-20');
  await territory.constitution(published('2026-10-21'));
  await territory.resolve(COMUNI.slice(45, 65), '2026-11-03');
  await territory.constitution(constituted('2026-11-10'), '2026-11-10');
  await territory.until('2026-11-20');
  const standing = Map.groupBy(territory.view.members, ({ counting }) => counting);
  expect([standing.get('COUNTED')?.length, standing.get('LATE_ADHESION')?.length, standing.get('NONE')?.length]).toEqual([45, 20, 68]);
  expect(territory.view.members.filter(({ late }) => late).length).toBe(133 - 44);

  await territory.constitution(appointed('BOARD_OF_DIRECTORS', '2026-12-10'), '2026-12-14');
  for (const command of [appointed('AUDITOR', '2026-12-10'), accepts('BOARD_OF_DIRECTORS', '2026-12-14'), accepts('AUDITOR', '2026-12-11')]) await territory.constitution(command);
  await territory.constitution(budget('2027-01-25'), '2027-01-29');
  await territory.constitution(report('2027-01-29'));
  expect(territory.view.gates.map(({ reachedOn, state }) => [reachedOn, state])).toEqual([
    ['2026-05-21', 'MET'], ['2026-05-29', 'MET'], ['2026-09-14', 'LATE'], ['2026-10-20', 'MET'], ['2026-11-10', 'MET'], ['2026-12-14', 'MET'], ['2027-01-29', 'MET'],
  ]);
  expect(territory.view).toMatchObject({ state: 'COMPLETED', feesBillable: true });

  await territory.send(COMUNI[3]?.ipaCode ?? '', { type: 'AnnulResolution', data: { actNo: 'TAR 1/2027', on: '2027-01-29', by: 'COURT' } });
  await territory.tell();
  expect(territory.view).toMatchObject({ state: 'UNDER_WAY', threshold: { met: false, executive: { members: 44 } } });
  expect(territory.gate('MUNICIPAL_RESOLUTIONS')).toMatchObject({ state: 'REOPENED', inQuestion: true });
});
