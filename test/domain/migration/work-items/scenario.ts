import type { Offer } from '../../../../domain/catalogue/offer.ts';
import type { MigrationCommand, MigrationEvent } from '../../../../domain/migration/index.ts';
import { OPEN, REQUESTED, TEXT, type AnyEvent } from '../scenario.ts';

const bilingual = (it: string, en: string) => ({ it, en });

/** A service with all that a work item may say: two that can begin at once, one of a supplier, and one without a word. */
export const OFFERED = {
  version: 3, track: 'LIGHT', active: true, plans: ['standard'],
  fulfilment: {
    kind: 'MANUAL',
    workItems: [
      {
        id: 'survey', title: bilingual('Sopralluogo', 'Survey'), after: [], dueWorkingDays: 5, evidence: 'DOCUMENT',
        checklist: [
          { id: 'entry', title: bilingual("Punto d'ingresso", 'Point of entry') }, { id: 'power', title: bilingual('Alimentazione', 'Power') },
          { id: 'backup', title: bilingual('Linea di riserva', 'Backup line'), optional: true },
        ],
      },
      { id: 'rooms', title: bilingual('Preparare i locali', 'Prepare the rooms'), after: [], role: 'MEMBER', dueWorkingDays: 10, evidence: 'NOTE' },
      { id: 'lay', title: bilingual('Posare la tratta', 'Lay the line'), after: ['survey'], role: 'PROVIDER', dueWorkingDays: 3, undo: bilingual('Liberare le fibre', 'Free the fibres') },
      { id: 'hand-over', title: bilingual('Consegnare', 'Hand over'), after: ['rooms', 'lay'] },
    ],
  },
} as const satisfies Offer;

const { workItems } = OFFERED.fulfilment;
export const AT = '2026-07-01T08:00:00Z';
export const SHA = 'a'.repeat(64);

/** Opens a migration of it. */
export const OPEN_IT = { type: 'OpenMigration', data: { ...OPEN.data, offered: OFFERED } } as const satisfies MigrationCommand;

export const ASKED = { ...REQUESTED, data: { ...REQUESTED.data, catalogueVersion: 3 } } as const satisfies MigrationEvent;
export const BEGUN = { type: 'ProvisioningStarted', data: { workItems: [...workItems], at: AT } } as const satisfies MigrationEvent;
/** Five and ten working days after Wednesday, 1 July. */
export const SCHEDULED = scheduled(AT, ['survey', '2026-07-08'], ['rooms', '2026-07-15']);
export const SURVEYED = {
  type: 'WorkItemCompleted',
  data: { workItemId: 'survey', completedOn: '2026-07-03', note: null, checked: ['entry', 'power'], evidence: [{ sha256: SHA, documentId: null }], at: '2026-07-06T09:00:00Z' },
  effectiveOn: '2026-07-03',
} as const satisfies MigrationEvent;
/** Three working days after Monday, 6 July, on which it was recorded. */
export const LAY_SCHEDULED = scheduled('2026-07-06T09:00:00Z', ['lay', '2026-07-09']);
export const ROOMS_READY = {
  type: 'WorkItemCompleted', data: { workItemId: 'rooms', completedOn: '2026-07-03', note: TEXT, at: '2026-07-06T10:00:00Z' }, effectiveOn: '2026-07-03',
} as const satisfies MigrationEvent;
export const LAID = {
  type: 'WorkItemCompleted', data: { workItemId: 'lay', completedOn: '2026-07-08', note: null, at: '2026-07-08T09:00:00Z' }, effectiveOn: '2026-07-08',
} as const satisfies MigrationEvent;
export const SURVEY_LATE = {
  type: 'WorkItemOverdue', data: { workItemId: 'survey', role: 'OPERATOR', dueOn: '2026-07-08', at: '2026-07-08T22:00:00Z' },
} as const satisfies MigrationEvent;

export const WORKING: readonly AnyEvent[] = [ASKED, BEGUN, SCHEDULED];

export function scheduled(at: string, ...items: readonly (readonly [workItemId: string, dueOn: string])[]) {
  return {
    type: 'WorkItemsScheduled',
    data: { items: items.map(([workItemId, dueOn]) => ({ workItemId, dueOn })), basis: { calendarVersion: '2026.1', istatCode: null }, at },
  } as const satisfies MigrationEvent;
}
