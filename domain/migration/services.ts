import type { Bilingual } from '../shared/bilingual.ts';

/** The catalogue's first services, as data: the light track, which depends on nothing and moves no data. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

export interface ServicePlan {
  readonly id: string;
  readonly title: Bilingual;
  /** JSON Schema of the parameters that a request of this plan may give; they enter events, so no free text. */
  readonly parameters: JsonObject;
}

/** A thing that a person does by hand; it can be done when those named in `after` are done. */
export interface WorkItemTemplate {
  readonly id: string;
  readonly title: Bilingual;
  readonly after: readonly string[];
}

export interface ManualFulfilment {
  readonly kind: 'MANUAL';
  readonly workItems: readonly WorkItemTemplate[];
}

export interface Service {
  readonly id: string;
  /** Counts up with every change; a migration pins the one it was opened with. */
  readonly version: number;
  readonly title: Bilingual;
  readonly description: Bilingual;
  /** File of the users' own papers that names the service. */
  readonly source: string;
  readonly track: 'LIGHT';
  readonly plans: readonly ServicePlan[];
  readonly dependsOn: readonly string[];
  /** Personal data that the Agency handles on the member's behalf (art. 28 GDPR). */
  readonly personalData: 'NONE' | 'COMMON' | 'SPECIAL';
  readonly fulfilment: ManualFulfilment;
  readonly cost: { readonly kind: 'FREE' };
  readonly active: boolean;
}

const STANDARD: ServicePlan = {
  id: 'standard',
  title: { it: 'Standard', en: 'Standard' },
  parameters: { type: 'object', properties: {}, additionalProperties: false },
};

const RTD_COMMUNITY: Service = {
  id: 'RTD_COMMUNITY',
  version: 1,
  title: {
    it: 'Community dei Responsabili per la Transizione Digitale',
    en: 'Community of the digital transition officers',
  },
  description: {
    it: 'Comunità stabile degli RTD dei comuni: condivisione di buone pratiche, bandi e opportunità, consultazioni comuni.',
    en: 'Stable community of the RTDs of the comuni: good practices, calls for funding and opportunities shared, joint consultations.',
  },
  source: '001_0d1162094e511a40.txt',
  track: 'LIGHT',
  plans: [STANDARD],
  dependsOn: [],
  // The office contacts of an RTD are public on IPA; nothing else is handled for the member.
  personalData: 'NONE',
  fulfilment: {
    kind: 'MANUAL',
    workItems: [
      { id: 'enrol-rtd', title: { it: "Iscrivere l'RTD alla community", en: 'Enrol the RTD in the community' }, after: [] },
      {
        id: 'first-meeting',
        title: { it: "Tenere il primo incontro con l'RTD", en: 'Hold the first meeting with the RTD' },
        after: ['enrol-rtd'],
      },
    ],
  },
  cost: { kind: 'FREE' },
  active: true,
};

const TRAINING: Service = {
  id: 'TRAINING',
  version: 1,
  title: { it: 'Formazione sulle competenze digitali', en: 'Training in digital skills' },
  description: {
    it: 'Corsi per il personale del comune: strumenti di lavoro, accessibilità, intelligenza artificiale, Syllabus.',
    en: "Courses for the comune's staff: working tools, accessibility, artificial intelligence, Syllabus.",
  },
  source: '002_a2e25662b90904ff.txt',
  track: 'LIGHT',
  plans: [STANDARD],
  dependsOn: [],
  personalData: 'COMMON',
  fulfilment: {
    kind: 'MANUAL',
    workItems: [
      { id: 'analyse-needs', title: { it: 'Analizzare le esigenze formative', en: 'Analyse the training needs' }, after: [] },
      { id: 'plan-courses', title: { it: 'Pianificare i corsi', en: 'Plan the courses' }, after: ['analyse-needs'] },
      { id: 'first-course', title: { it: 'Tenere il primo corso', en: 'Hold the first course' }, after: ['plan-courses'] },
    ],
  },
  cost: { kind: 'FREE' },
  active: true,
};

export const LIGHT_SERVICES: readonly Service[] = [RTD_COMMUNITY, TRAINING];

/** The service of that id as the catalogue stands now, or undefined. */
export function findService(id: string): Service | undefined {
  return LIGHT_SERVICES.find((service) => service.id === id);
}
