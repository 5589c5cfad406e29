import type { Offer } from '../catalogue/offer.ts';

/** A thing that a person does by hand; it can be done when those named in `after` are done. */
export type WorkItemTemplate = Readonly<Extract<Offer['fulfilment'], { readonly kind: 'MANUAL' }>['workItems'][number]>;

/**
 * What the catalogue said of its first two services when requests did not keep yet what they were decided on. For those
 * requests alone, so it never changes: what is offered today is the catalogue's to say.
 */
const FIRST_OFFERS: ReadonlyMap<string, Offer> = new Map([
  ['RTD_COMMUNITY', {
    version: 1, track: 'LIGHT', active: true, plans: ['standard'],
    fulfilment: {
      kind: 'MANUAL',
      workItems: [
        { id: 'enrol-rtd', title: { it: "Iscrivere l'RTD alla community", en: 'Enrol the RTD in the community' }, after: [] },
        { id: 'first-meeting', title: { it: "Tenere il primo incontro con l'RTD", en: 'Hold the first meeting with the RTD' }, after: ['enrol-rtd'] },
      ],
    },
  }],
  ['TRAINING', {
    version: 1, track: 'LIGHT', active: true, plans: ['standard'],
    fulfilment: {
      kind: 'MANUAL',
      workItems: [
        { id: 'analyse-needs', title: { it: 'Analizzare le esigenze formative', en: 'Analyse the training needs' }, after: [] },
        { id: 'plan-courses', title: { it: 'Pianificare i corsi', en: 'Plan the courses' }, after: ['analyse-needs'] },
        { id: 'first-course', title: { it: 'Tenere il primo corso', en: 'Hold the first course' }, after: ['plan-courses'] },
      ],
    },
  }],
]);

/** What a request was decided on: what it keeps, or what there was before requests kept it. Undefined: no such service. */
export function offerFor({ service, offered }: { readonly service: string; readonly offered?: Offer | undefined }): Offer | undefined {
  return offered ?? FIRST_OFFERS.get(service);
}
