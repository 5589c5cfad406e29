import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf, startConsole, XSS, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

describe('a view of the territory', () => {
  test.each([{ script: true, person: 'operator-1' }, { script: false, person: 'operator-2' }])('is saved under a name, chosen, renamed and removed (script: $script)', async ({ script, person }) => {
    const { page, context, complaints } = await site.open(person, { script });
    const faults = async (): Promise<readonly string[]> => {
      const found: string[] = [];
      // What looks at a page is a script itself.
      for (const width of script ? [320, 1280] : []) {
        await page.setViewportSize({ width, height: 800 });
        found.push(...await faultsOf(page));
      }
      return found;
    };
    await page.goto(`${site.url}/territorio`);
    // There is nothing to save of a list without filters.
    expect(await page.getByText('Salva questi filtri come vista').count()).toBe(0);
    await page.getByLabel('Nome o codice').fill('prova');
    await page.getByLabel('Fase').selectOption('NONE');
    await page.getByRole('button', { name: 'Filtra' }).click();
    await page.goto(`${page.url()}&ordine=population&verso=giu`);
    await page.getByText('Salva questi filtri come vista').click();
    await page.getByRole('button', { name: 'Salva', exact: true }).click();
    const field = page.getByLabel('Nome della vista');
    expect([await field.getAttribute('aria-invalid'), await page.locator('#vista-errore').innerText()]).toEqual(['true', 'Indicate un nome con almeno una lettera o una cifra, di 60 caratteri al massimo.']);
    expect(await faults()).toEqual([]);
    await field.fill('Ancora da avviare, più grandi');
    await page.getByRole('button', { name: 'Salva', exact: true }).dblclick();
    const chosen = page.getByRole('region', { name: 'Viste salvate' }).getByRole('link', { name: 'Ancora da avviare, più grandi' });
    expect(await chosen.getAttribute('aria-current')).toBe('true');
    expect(await faults()).toEqual([]);

    await page.goto(`${site.url}/territorio`);
    expect(await chosen.getAttribute('aria-current')).toBe(null);
    await chosen.click();
    expect(new URL(page.url()).search).toBe('?q=prova&fase=NONE&ordine=population&verso=giu');
    expect(await page.getByRole('row').nth(1).innerText()).toContain('4.010');

    await page.getByRole('link', { name: 'Rinomina o elimina le viste' }).click();
    expect(await page.getByRole('row').nth(1).innerText()).toContain('«prova», Nessuna pratica, ordinato per popolazione ↓');
    await page.getByLabel('Nuovo nome: Ancora da avviare, più grandi').fill(XSS);
    await page.getByRole('button', { name: /^Rinomina ?: Ancora da avviare, più grandi$/ }).click();
    expect(await page.getByRole('status').innerText()).toBe('Vista rinominata.');
    expect(await page.getByRole('rowheader').innerText()).toBe(XSS);
    await page.getByLabel('Nuovo nome').fill('***');
    await page.getByRole('button', { name: /^Rinomina/ }).click();
    expect(await page.getByLabel('Nuovo nome').inputValue()).toBe('***');
    expect(await page.getByRole('alert').innerText()).toContain('almeno una lettera o una cifra');
    expect(await faults()).toEqual([]);

    // Two of one name there cannot be.
    await page.goto(`${site.url}/territorio?q=x`);
    await page.getByText('Salva questi filtri come vista').click();
    await page.getByLabel('Nome della vista').fill('Altra');
    await page.getByRole('button', { name: 'Salva', exact: true }).click();
    await page.goto(`${site.url}/territorio/viste`);
    await page.getByLabel('Nuovo nome: Altra').fill(XSS);
    await page.getByRole('button', { name: /^Rinomina ?: Altra$/ }).click();
    expect(await page.getByRole('alert').innerText()).toBe("C'è già una vista con questo nome.");
    await page.goto(`${site.url}/territorio/viste`);
    expect(await faults()).toEqual([]);
    for (let left = 2; left > 0; left -= 1) {
      await page.getByRole('button', { name: /^Elimina/ }).first().click();
      expect(await page.getByRole('status').innerText()).toBe('Vista eliminata.');
    }
    expect(await page.getByRole('main').innerText()).toContain('Nessuna vista salvata');
    expect(await faults()).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is of the person who saved it, and a form of another session changes nothing', async () => {
    const one = await site.open('operator-1');
    await one.page.goto(`${site.url}/territorio?q=mia`);
    await one.page.getByText('Salva questi filtri come vista').click();
    await one.page.getByLabel('Nome della vista').fill('Mia');
    await one.page.getByRole('button', { name: 'Salva', exact: true }).click();
    const two = await site.open('operator-2');
    await two.page.goto(`${site.url}/territorio`);
    expect(await two.page.getByRole('region', { name: 'Viste salvate' }).innerText()).not.toContain('Mia');
    const answer = await two.page.request.post(`${site.url}/territorio/viste/mia/elimina`, { form: { csrf: 'x' }, headers: { origin: site.url } });
    expect(answer.status()).toBe(403);
    await one.page.reload();
    expect(await one.page.getByRole('link', { name: 'Mia', exact: true }).count()).toBe(1);
    await one.context.close();
    await two.context.close();
  });
});
