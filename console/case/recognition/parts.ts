import canonicalize from 'canonicalize';
import type { z } from 'zod';
import { specOf } from '../../../api/cases/checked-command.ts';
import { jsonSchemaOf } from '../../../api/cases/json-schema.ts';
import { ADHESION } from '../../../api/cases/kinds.ts';
import { contentTag } from '../../../api/http/conditional.ts';
import type { Draft } from '../../../db/vault/drafts.ts';
import type { InventoryName } from '../../../domain/adhesion/recognition/inventory.ts';
import { Application, Site } from '../../../domain/adhesion/recognition/schemas/inventory.ts';
import { DIMENSIONS, type Dimension } from '../../../domain/adhesion/recognition/terms.ts';
import type { Bilingual } from '../../../domain/shared/bilingual.ts';
import { fieldsOf, type Field } from '../../forms/fields.ts';
import { DIMENSION_WORDS, RECOGNITION } from '../../words/recognition.ts';

export const COMMAND = 'SubmitRecognition';

export type DraftData = Draft['data'];
export type Standing = 'done' | 'partly' | 'empty' | 'optional';

interface PartBase {
  /** In addresses. */
  readonly slug: string;
  readonly title: Bilingual;
  /** What it asks for, in plain words. */
  readonly about: Bilingual;
  readonly fields: readonly Field[];
  standing(data: DraftData): Standing;
}

/** A part that is saved as one. */
export interface Section extends PartBase {
  readonly kind: 'section';
  /** Of one of the eight; null for the last part. */
  readonly dimension: Dimension | null;
  /** Dotted place in the command's data; '' for the whole. */
  readonly place: string;
  read(data: DraftData): DraftData;
  write(data: DraftData, value: DraftData): DraftData;
}

/** A part that is a list, saved record by record. */
export interface Inventory extends PartBase {
  readonly kind: 'inventory';
  readonly name: InventoryName;
  readonly record: z.ZodType<Readonly<Record<string, unknown>> & { readonly code: string }>;
  /** Whose words the fields take. */
  readonly words: 'Application' | 'Site';
  records(data: DraftData): readonly InventoryRecord[];
}

export type InventoryRecord = Readonly<Record<string, unknown>> & { readonly code: string };
export type Part = Section | Inventory;

interface Json {
  readonly properties?: Readonly<Record<string, object>>;
}

const { dimensions, applications, sites, ...conclusion } = (jsonSchemaOf(specOf(ADHESION, COMMAND).schema) as Required<Json>).properties;

/** All parts in the order of the questionnaire. */
export const PARTS: readonly Part[] = [
  ...DIMENSIONS.map(dimensionPart),
  inventoryPart({ name: 'applications', slug: 'elenco-programmi', title: RECOGNITION.applications, about: RECOGNITION.applicationsAbout, words: 'Application', record: Application, least: 1 }),
  inventoryPart({ name: 'sites', slug: 'elenco-sedi', title: RECOGNITION.sites, about: RECOGNITION.sitesAbout, words: 'Site', record: Site, least: 0 }),
  conclusionPart(),
];

/** How many of the eight dimensions are answered in full. */
export function answered(data: DraftData): number {
  return PARTS.filter((part) => part.kind === 'section' && part.dimension !== null && part.standing(data) === 'done').length;
}

/** The part that a place in the command's data is in. */
export function partAt(path: string): Part | undefined {
  return PARTS.find((part) => {
    if (part.kind === 'inventory') return path === part.name || path.startsWith(`${part.name}.`);
    return part.place === '' ? /^(?:resources|signedOffBy)(?:\.|$)/.test(path) : path === part.place || path.startsWith(`${part.place}.`);
  });
}

/** Tells two contents of a part apart, whatever the order of their members. */
export function tagOf(value: unknown): string {
  return value === undefined ? '' : contentTag(canonicalize(value) ?? '').slice(1, -1);
}

/** The draft as the command takes it: nothing answered is no dimension, an empty list no list. */
export function submissionOf(data: DraftData): DraftData {
  return { dimensions: {}, applications: [], sites: [], ...data };
}

function dimensionPart(dimension: Dimension): Section {
  const { slug, title, about } = DIMENSION_WORDS[dimension];
  const schema = (dimensions as Json).properties?.[dimension];
  if (schema === undefined) throw new Error(`The command has no dimension ${dimension}`);
  const read = (data: DraftData) => recordIn(recordIn(data, 'dimensions'), dimension);
  return {
    kind: 'section', dimension, slug, title, about, place: `dimensions.${dimension}`, fields: fieldsOf(schema), read,
    write: (data, value) => {
      const { [dimension]: _before, ...others } = recordIn(data, 'dimensions');
      return { ...data, dimensions: isEmpty(value) ? others : { ...others, [dimension]: value } };
    },
    standing: (data) => {
      const { score, evidence } = read(data);
      return score !== undefined && evidence !== undefined ? 'done' : isEmpty(read(data)) ? 'empty' : 'partly';
    },
  };
}

function conclusionPart(): Section {
  const names = Object.keys(conclusion);
  const read = (data: DraftData) => Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name)));
  return {
    kind: 'section', dimension: null, slug: 'risorse-e-firma', title: RECOGNITION.conclusion, about: RECOGNITION.conclusionAbout, place: '',
    fields: fieldsOf({ properties: conclusion }), read,
    write: (data, value) => ({ ...Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name))), ...value }),
    standing: (data) => (data['signedOffBy'] !== undefined ? 'done' : isEmpty(read(data)) ? 'empty' : 'partly'),
  };
}

interface InventoryParts extends Pick<Inventory, 'name' | 'slug' | 'title' | 'about' | 'words' | 'record'> {
  /** So many records make it complete. */
  readonly least: number;
}

function inventoryPart({ least, ...parts }: InventoryParts): Inventory {
  const list = parts.name === 'applications' ? applications : sites;
  const { items } = list as { readonly items: object };
  // By the draft's schema.
  const records = (data: DraftData) => (data[parts.name] ?? []) as readonly InventoryRecord[];
  return {
    kind: 'inventory', ...parts, fields: fieldsOf(items), records,
    standing: (data) => (records(data).length >= Math.max(1, least) ? 'done' : least === 0 ? 'optional' : 'empty'),
  };
}

function recordIn(data: DraftData, name: string): DraftData {
  // By the draft's schema.
  return (data[name] ?? {}) as DraftData;
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
