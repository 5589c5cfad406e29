import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/folders.ts';
import { cli, fakeInstance } from './support.ts';

const order = (more: object) => ({ migration: 'c_a010-1.FIBRE', adhesion: 'c_a010-1', body: 'c_a010', service: 'FIBRE', workItem: 'survey-sites', title: { it: 'Sopralluogo', en: 'Survey' }, role: 'OPERATOR', since: '2026-11-01T08:00:00Z', dueOn: '2026-11-20', overdue: true, ...more });

test('work-orders list shows what is to be done, by when and by whom, and hands its filters on', async () => {
  const { env, seen } = await fakeInstance(() => [200, { items: [order({}), order({ workItem: 'prepare-sites', role: 'MEMBER', dueOn: null, overdue: false })], nextCursor: null }]);
  expect(await cli(['work-orders', 'list', '--role', 'operator', '--overdue', '--service', 'fibre', '--body', 'c_a010'], env)).toEqual({
    code: 0, err: '',
    out: 'due                 who       migration       work item      title\n2026-11-20 overdue  OPERATOR  c_a010-1.FIBRE  survey-sites   Survey\nno term             MEMBER    c_a010-1.FIBRE  prepare-sites  Survey\n',
  });
  const asked = new URL(seen[0]?.url ?? '', 'http://x').searchParams;
  expect([asked.get('role'), asked.get('overdue'), asked.get('service'), asked.get('body')]).toEqual(['OPERATOR', 'true', 'FIBRE', 'c_a010']);
});

test('work-orders complete stores the evidence with the adhesion and names it by its digest', async () => {
  const folder = temporaryFolder('evidence');
  const file = join(folder, 'verbale.pdf');
  writeFileSync(file, '%PDF-1.7 verbale');
  const sha256 = createHash('sha256').update('%PDF-1.7 verbale').digest('hex');
  const { env, seen } = await fakeInstance(({ url }) => (url.endsWith('/documents') ? [201, { id: 'doc-1f', sha256, mediaType: 'application/pdf', size: 16 }] : [200, { commandId: 'k', version: 9, events: [] }]));
  const done = await cli(['work-orders', 'complete', 'c_a010-1.FIBRE', 'survey-sites', '--on', '2026-11-20', '--checked', 'entry-points', 'cabinet', '--evidence', file, '--note', 'Fatto'], env);
  expect(done).toEqual({ code: 0, err: '', out: 'survey-sites is done. c_a010-1.FIBRE is at version 9.\n' });
  expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /v1/adhesions/c_a010-1/documents', 'POST /v1/migrations/c_a010-1.FIBRE/commands']);
  expect([seen[0]?.headers['content-type'], seen[0]?.headers['content-disposition'], seen[0]?.body]).toEqual(['application/pdf', "attachment; filename*=UTF-8''verbale.pdf", '%PDF-1.7 verbale']);
  expect(JSON.parse(seen[1]?.body ?? '')).toEqual({
    type: 'CompleteWorkItem', data: { workItemId: 'survey-sites', completedOn: '2026-11-20', checked: ['entry-points', 'cabinet'], evidence: [{ sha256, documentId: 'doc-1f' }], note: 'Fatto' },
  });
  // What cannot be a document is said before anything is sent.
  expect(await cli(['work-orders', 'complete', 'c_a010-1.FIBRE', 'survey-sites', '--on', '2026-11-20', '--evidence', join(folder, 'foto.gif')], env)).toMatchObject({ code: 2, err: expect.stringContaining('is of no type that documents have') as string });
  expect(await cli(['work-orders', 'complete', 'c_a010-1.FIBRE', 'survey-sites', '--on', '2026-11-20', '--evidence', join(folder, 'none.pdf')], env)).toMatchObject({ code: 2, err: expect.stringContaining("can't be read") as string });
  expect(seen).toHaveLength(2);
  rmSync(folder, { recursive: true });
});
