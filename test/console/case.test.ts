import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADHESION } from '../../api/cases/kinds.ts';
import { PROPOSAL, RECEIPT, type As } from '../api/support.ts';
import { startConsole, type Console } from './console.ts';

const BODY = 'c_z000';
const CASE = `/pratiche/${BODY}-1`;

let site: Console;
beforeAll(async () => {
  site = await startConsole();
  // The first is late: its window is over.
  await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: BODY, policies: { window: { from: '2026-01-01', to: '2026-06-30' } } } });
  await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: 'c_z001' } });
  for (const [as, body] of [['operator', PROPOSAL], [BODY, RECEIPT]] as const satisfies readonly (readonly [As, object])[]) {
    const { status, text } = await site.api.call('POST', `/v1/adhesions/${BODY}-1/commands`, as, { body });
    if (status !== 200) throw new Error(text);
  }
});
afterAll(async () => { await site.stop(); });

/** What stands between a heading and the next of its kind. */
async function under(page: Page, heading: string): Promise<string> {
  const text = await page.getByRole('main').innerText();
  const headings = await page.getByRole('heading', { level: 2 }).allInnerTexts();
  const next = headings[headings.indexOf(heading) + 1];
  return text.slice(text.indexOf(heading), next === undefined ? undefined : text.indexOf(`\n${next}\n`));
}

test.each([{ person: `secretary-${BODY}`, locale: 'it-IT', summary: 'Che cosa non si può ancora registrare, e perché' }, { person: 'operator-1', locale: 'en-GB', summary: 'What may not be recorded yet, and why' }])(
  'says of what may not be recorded yet why, in the words of its reader ($person)', async ({ person, locale, summary }) => {
    const { page, context, complaints } = await site.open(person, { locale });
    await page.goto(`${site.url}${CASE}`);
    const folded = page.locator('details').filter({ hasText: summary });
    await folded.locator('summary').press('Enter');
    const [titles, reasons] = [await folded.locator('dt').allInnerTexts(), await folded.locator('dd').allInnerTexts()];
    expect(titles.length).toBeGreaterThan(5);
    expect([titles.length, reasons.filter((text) => /^\S.*\.$/.test(text)).length]).toEqual([reasons.length, reasons.length]);
    const text = [...titles, ...reasons].join('\n');
    expect(Object.keys(ADHESION.commands).filter((command) => new RegExp(`\\b${command}\\b`).test(text) && command !== 'Cancel')).toEqual([]);
    expect(text.match(/\b[A-Z]+_[A-Z_]+\b/g)).toBeNull();
    expect(complaints).toEqual([]);
    await context.close();
  },
);

test('tells a comune apart what it has to do and what the Agency still has to', async () => {
  const { page, context } = await site.open('secretary-c_z001');
  await page.goto(`${site.url}/pratiche/c_z001-1`);
  expect(await under(page, "Che cosa deve ancora fare l'Agenzia")).toContain("L'Agenzia: Registra l'invio della proposta");
  expect(await under(page, 'Il prossimo passo')).not.toContain("L'Agenzia:");
  await context.close();
  const own = await site.open(`secretary-${BODY}`);
  await own.page.goto(`${site.url}${CASE}`);
  expect(await under(own.page, 'Il prossimo passo')).toContain('I pareri sulla proposta sono stati resi?');
  await own.context.close();
});

test('goes on paper without what is there to be pressed', async () => {
  const { page, context } = await site.open(`secretary-${BODY}`);
  await page.goto(`${site.url}${CASE}`);
  await page.getByRole('link', { name: 'Riepilogo da stampare' }).click();
  const hint = page.getByText('Per stampare o salvare in PDF');
  expect(await hint.isVisible()).toBe(true);
  await page.emulateMedia({ media: 'print' });
  expect([await hint.isVisible(), await page.getByRole('navigation', { name: 'Navigazione principale' }).isVisible(), await page.getByRole('button', { name: 'Esci' }).isVisible()]).toEqual([false, false, false]);
  const text = await page.getByRole('main').innerText();
  for (const part of ['Prova A (c_z000)', 'Inviata per PEC il 2 marzo 2026, ore 9:00.', 'Consegnata il 2 marzo 2026, ore 9:05']) expect(text).toContain(part);
  await context.close();
});

test('counts in the territory by phase, with the share of the people, and among those that are late', async () => {
  const { page, context } = await site.open('auditor');
  await page.goto(`${site.url}/territorio`);
  const counts = await page.locator('.phases li').allInnerTexts();
  // Twelve comuni of 4,000 to 4,011 people, two of which have a case.
  expect(counts.map((text) => text.split('\n').at(-1)?.trim()).filter((text) => text !== '0 · 0%')).toEqual(['10 · 83,4%', '1 · 8,3%', '1 · 8,3%']);
  await page.getByLabel('Ritardo').selectOption({ label: 'Solo in ritardo' });
  await page.getByRole('button', { name: 'Filtra' }).click();
  expect(await page.getByRole('status').innerText()).toContain('1 ');
  expect(await page.getByRole('row').nth(1).innerText()).toMatch(/Prova A[^]*In ritardo/i);
  await context.close();
});

test('is found by part of the name of its comune and by its id, by who may see it', async () => {
  for (const [person, q, found] of [['operator-1', 'ova a', true], ['operator-1', `${BODY}-1`, true], [`secretary-${BODY}`, `ADHESION/${BODY}-1`, true], ['secretary-c_z001', `${BODY}-1`, false], ['secretary-c_z001', 'prova a', false]] as const) {
    const { page, context } = await site.open(person);
    await page.goto(`${site.url}/ricerca`);
    await page.getByRole('searchbox').fill(q);
    await page.getByRole('searchbox').press('Enter');
    expect([person, q, await page.getByRole('main').locator(`a[href="${CASE}"]`).count()]).toEqual([person, q, found ? 1 : 0]);
    await context.close();
  }
});
