import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { PROJECT_DIR } from '../../../config.ts';
import { readProjectJson } from '../../../scripts/supply-chain.ts';

const read = (path: string): string => readFileSync(join(PROJECT_DIR, path), 'utf8');

/** What version 0.7 of the standard asks for, with what it has deprecated refused by strictness. */
const Contact = z.strictObject({ name: z.string().min(1), email: z.email().optional(), phone: z.string().optional(), affiliation: z.string().optional() });
const Description = z.strictObject({
  localisedName: z.string().optional(),
  shortDescription: z.string().min(1).max(150),
  longDescription: z.string().min(150).max(10_000),
  features: z.array(z.string().min(1)).min(1),
  documentation: z.url().optional(),
});
const Dependency = z.strictObject({ name: z.string().min(1), versionMin: z.string().optional(), versionMax: z.string().optional(), version: z.string().optional(), optional: z.boolean().optional() });
const PublicCode = z.strictObject({
  publiccodeYmlVersion: z.literal('0.7'),
  name: z.string().min(1),
  url: z.url({ protocol: /^https$/ }),
  softwareVersion: z.string().optional(),
  releaseDate: z.iso.date().optional(),
  platforms: z.array(z.string()).min(1),
  categories: z.array(z.string().regex(/^[a-z-]+$/)).optional(),
  developmentStatus: z.enum(['concept', 'development', 'beta', 'stable', 'obsolete']),
  softwareType: z.enum(['standalone/mobile', 'standalone/iot', 'standalone/desktop', 'standalone/web', 'standalone/backend', 'standalone/other', 'addon', 'library', 'configurationFiles']),
  intendedAudience: z.strictObject({ countries: z.array(z.string().regex(/^[A-Z]{2}$/)).optional(), scope: z.array(z.string()).optional() }).optional(),
  description: z.record(z.string().regex(/^[a-z]{2}$/), Description).refine((given) => Object.keys(given).length > 0),
  legal: z.strictObject({ license: z.string().min(1), mainCopyrightOwner: z.string().optional() }),
  maintenance: z.discriminatedUnion('type', [
    z.strictObject({ type: z.enum(['internal', 'community']), contacts: z.array(Contact).min(1) }),
    z.strictObject({ type: z.literal('contract'), contractors: z.array(z.strictObject({ name: z.string(), until: z.iso.date(), email: z.email().optional(), website: z.url().optional() })).min(1), contacts: z.array(Contact).optional() }),
    z.strictObject({ type: z.literal('none') }),
  ]),
  localisation: z.strictObject({ localisationReady: z.boolean(), availableLanguages: z.array(z.string().regex(/^[a-z]{2}$/)).min(1) }),
  dependsOn: z.strictObject({ open: z.array(Dependency).optional(), proprietary: z.array(Dependency).optional(), hardware: z.array(Dependency).optional() }).optional(),
  organisation: z.strictObject({ uri: z.string().min(1), name: z.string().optional() }).optional(),
  supports: z.array(z.strictObject({ id: z.string() })).optional(),
});

describe('publiccode.yml', () => {
  const given = parse(read('publiccode.yml')) as Record<string, unknown>;

  it('has what version 0.7 asks for, and nothing deprecated', () => {
    expect(PublicCode.safeParse(given).error).toBeUndefined();
  });

  it('is about this version under this licence', () => {
    const { version, license } = readProjectJson('package.json') as { version: string; license: string };
    expect(given).toMatchObject({ softwareVersion: version, legal: { license } });
  });

  it.each([
    ['the section of Italy', { it: { conforme: {} } }], ['an owner of the repository', { legal: { license: 'EUPL-1.2', repoOwner: 'x' } }],
    ['a contract without contractors', { maintenance: { type: 'contract', contacts: [{ name: 'x' }] } }], ['a country in lower case', { intendedAudience: { countries: ['it'] } }],
    ['an organisation without uri', { organisation: { name: 'x' } }],
    ['a long short description', { description: { it: { shortDescription: 'x'.repeat(151), longDescription: 'x'.repeat(150), features: ['x'] } } }],
  ])('would be refused with %s', (_what, change) => {
    expect(PublicCode.safeParse({ ...given, ...change }).success).toBe(false);
  });
});

describe('the glossary', () => {
  const rows = read('docs/glossary.md').split('\n').filter((line) => line.startsWith('| ')).slice(2)
    .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim().replaceAll('`', '')))
    .map(([italian = '', english = '', identifier = '', file = '']) => ({ italian, english, identifier, file }));

  it('has every term in both languages, once', () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(({ italian, english }) => italian === '' || english === '')).toEqual([]);
    expect(new Set(rows.map(({ italian }) => italian)).size).toBe(rows.length);
  });

  it.each(rows.filter(({ identifier }) => identifier !== ''))('$italian is $identifier in $file', ({ identifier, file }) => {
    expect(existsSync(join(PROJECT_DIR, file)), file).toBe(true);
    expect(read(file)).toMatch(new RegExp(`\\b${identifier}\\b`));
  });
});

it('the licence of the project stands where REUSE looks for it, and that of each other part', () => {
  expect(read('LICENSES/EUPL-1.2.txt')).toBe(read('LICENSE'));
  const named = [...read('REUSE.toml').matchAll(/SPDX-License-Identifier = "([^"]+)"/g)].map(([, id]) => id);
  expect(named).toEqual(['EUPL-1.2', 'CC-BY-4.0']);
  for (const id of named) expect(existsSync(join(PROJECT_DIR, 'LICENSES', `${id}.txt`)), id).toBe(true);
});

it('the changelog has a section for the version of package.json, and one for what is not released', () => {
  const versions = [...read('CHANGELOG.md').matchAll(/^## \[([^\]]+)\](?: - (\d{4}-\d\d-\d\d))?$/gm)];
  expect(versions[0]?.[1]).toBe('Unreleased');
  const { version } = readProjectJson('package.json') as { version: string };
  expect(versions.find(([, name]) => name === version)?.[2]).toMatch(/^\d{4}/);
});
