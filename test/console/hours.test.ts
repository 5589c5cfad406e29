import { afterAll, beforeAll, expect, test } from 'vitest';
import { SHA256 } from '../api/digest.ts';
import { startConsole, type Console } from './console.ts';
import { fillCase } from './pages.ts';

/** What is due by the hour is late by the hour, not once its day is over. */
const BODY = 'c_z000';
let site: Console;
const send = async (as: 'operator' | typeof BODY, type: string, data: object): Promise<void> => {
  const { status, text } = await site.api.call('POST', `/v1/adhesions/${BODY}-1/commands`, as, { body: { type, data } });
  if (status !== 200) throw new Error(text);
};
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString().replace(/\.\d+Z$/, 'Z');
const DAY_MINUTES = 24 * 60;

beforeAll(async () => {
  site = await startConsole();
  await fillCase(site.api, BODY);
  const { body: person } = await site.api.call('POST', '/v1/subjects', 'operator', { body: { body: BODY, name: 'Dora Po', email: 'dpo@example.org' } });
  await send(BODY, 'AppointReferent', { role: 'DPO', subject: String(person['id']), actNo: '9/2026', actOn: '2026-02-18' });
  await send('operator', 'DraftDpa', { sha256: SHA256 });
  await send(BODY, 'SignDpa', { sha256: SHA256, signedAt: '2026-02-19T10:00:00+01:00' });
  await send('operator', 'CountersignDpa', { sha256: SHA256, signedAt: '2026-02-20T10:00:00+01:00', inForceOn: '2026-02-21' });
  // The Agency has 24 hours to tell the comune: they were over a minute ago, and are over in an hour.
  await send('operator', 'ReportBreach', { breachNo: '1/2026', awareBy: 'PROCESSOR', awareAt: minutesAgo(DAY_MINUTES + 1) });
  await send('operator', 'ReportBreach', { breachNo: '2/2026', awareBy: 'PROCESSOR', awareAt: minutesAgo(DAY_MINUTES - 60) });
  // The comune has 72 hours: over a minute ago.
  await send(BODY, 'ReportBreach', { breachNo: '3/2026', awareBy: 'CONTROLLER', awareAt: minutesAgo(3 * DAY_MINUTES + 1) });
  await send(BODY, 'ReportBreach', { breachNo: '4/2026', awareBy: 'CONTROLLER', awareAt: minutesAgo(3 * DAY_MINUTES - 60) });
}, 120_000);
afterAll(async () => { await site.stop(); });

test('the first page of an operator marks what is late by the hour, and says the hour', async () => {
  const { page, context } = await site.open('operator-1');
  const told = (await page.locator('tr[id$=NotifyBreachToMember] [data-label=Termine], tr[id$=NotifyBreachToMember] td:nth-child(3)').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
  expect(told).toEqual([expect.stringMatching(/^\d.* ore \d{1,2}:\d\d Termine trascorso$/), expect.stringMatching(/^\d.* ore \d{1,2}:\d\d$/)]);
  await page.goto(`${site.url}/pratiche/${BODY}-1`);
  const sheet = (no: string) => page.locator('.sheet').filter({ hasText: `violazione ${no}` });
  expect(await sheet('1/2026').innerText()).toContain('Termine trascorso');
  expect(await sheet('2/2026').innerText()).not.toContain('Termine trascorso');
  await context.close();
});

test('so does that of the comune, what is late first', async () => {
  const { page, context } = await site.open(`secretary-${BODY}`);
  const sheets = (await page.locator('.sheet').filter({ hasText: 'Garante' }).allInnerTexts()).map((text) => [/violazione (\d)/.exec(text)?.[1], text.includes('Termine trascorso'), /ore \d{1,2}:\d\d/.test(text)]);
  expect(sheets).toEqual([['3', true, true], ['4', false, true]]);
  await context.close();
});
