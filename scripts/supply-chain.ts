import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What is looked at of a package in package-lock.json. */
const LockedPackage = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
});
const Lockfile = z.looseObject({ lockfileVersion: z.number(), packages: z.record(z.string(), LockedPackage) });
const Manifest = z.looseObject({ allowScripts: z.record(z.string(), z.boolean()) });

export type Lockfile = z.infer<typeof Lockfile>;

/** Licences under which a part may be distributed with a work under EUPL-1.2. SPDX ids. */
export const COMPATIBLE: ReadonlySet<string> = new Set([
  'MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'MPL-2.0', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'PostgreSQL', 'EUPL-1.2',
]);

/** Packages that were looked at one by one: the licence they are really under, and why it does. */
export const LICENCES_READ: Readonly<Record<string, { readonly licence: string; readonly reason: string }>> = {
  'dom-walk': { licence: 'MIT', reason: 'its package.json names it in the old form (`licenses`); the LICENCE file in it is the MIT licence' },
  unionfs: { licence: 'Unlicense', reason: 'its package.json names none; the LICENSE file in it is the Unlicense' },
  'caniuse-lite': { licence: 'CC-BY-4.0', reason: 'data, not code: a table of browsers for the bundler of workflows; the licence asks for credit, which the SBOM gives' },
};

/** What a lockfile must not have: addresses, packages without a digest, packages that run code at installation without a decision. */
export function lockfileFaults({ packages }: Lockfile, allowScripts: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(packages).filter(([path]) => path !== '').flatMap(([path, { resolved, integrity, inBundle, hasInstallScript }]) => [
    ...(resolved === undefined ? [] : [`${path} names where it was fetched from: ${resolved}`]),
    ...(integrity === undefined && inBundle !== true ? [`${path} has no digest`] : []),
    ...(hasInstallScript === true && allowScripts[nameOf(path)] === undefined ? [`${path} has an install script: decide on it in allowScripts of package.json`] : []),
  ]);
}

/** Packages that are installed for use and whose licence does not go with EUPL-1.2. */
export function licenceFaults({ packages }: Lockfile): string[] {
  const used = usedPackages(packages);
  const stale = Object.keys(LICENCES_READ).filter((name) => !used.some(([path]) => nameOf(path) === name));
  return [
    ...used.flatMap(([path, { license }]) => {
      if (LICENCES_READ[nameOf(path)] !== undefined) return [];
      if (license === undefined) return [`${path} names no licence`];
      return isCompatible(license) ? [] : [`${path} is under ${license}, which is not on the list of licences that go with EUPL-1.2`];
    }),
    ...stale.map((name) => `${name} has an exception for its licence and is not installed any more`),
  ];
}

/** An SPDX expression: of several licences with AND all must do, with OR one. AND binds stronger. */
export function isCompatible(expression: string): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(bare)) return false;
  return bare.split(' OR ').some((choice) => choice.split(' AND ').every((licence) => COMPATIBLE.has(licence.trim())));
}

/** A vulnerability that is known and borne until a day. */
const Exception = z.strictObject({
  package: z.string(),
  /** Like GHSA-xxxx-xxxx-xxxx. */
  advisory: z.string().regex(/^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/),
  reason: z.string().min(20),
  /** Last day on which it is borne. */
  until: z.iso.date(),
});
export const Exceptions = z.array(Exception);
export type Exception = z.infer<typeof Exception>;

const Advisory = z.looseObject({ name: z.string(), url: z.string(), title: z.string(), severity: z.string() });
/** What `npm audit --json` says; a registry without the service says something else. */
export const AuditReport = z.looseObject({
  vulnerabilities: z.record(z.string(), z.looseObject({ via: z.array(z.union([z.string(), Advisory])) })),
});

/** Advisories that nobody decided to bear, exceptions that ran out on the day before today, exceptions for nothing. */
export function auditFaults(report: z.infer<typeof AuditReport>, exceptions: readonly Exception[], today: string): string[] {
  const found = Object.values(report.vulnerabilities).flatMap(({ via }) => via.filter((one) => typeof one !== 'string'));
  const isFor = (exception: Exception, { name, url }: { readonly name: string; readonly url: string }) => exception.package === name && url.endsWith(`/${exception.advisory}`);
  const unexcused = found.filter((advisory) => !exceptions.some((exception) => isFor(exception, advisory)));
  return [
    ...new Set(unexcused.map(({ name, severity, title, url }) => `${name}: ${severity}: ${title} (${url})`)),
    ...exceptions.filter(({ until }) => until < today).map(({ package: name, advisory, until }) => `the exception for ${name} ${advisory} ran out on ${until}`),
    ...exceptions.filter((exception) => !found.some((advisory) => isFor(exception, advisory))).map(({ package: name, advisory }) => `the exception for ${name} ${advisory} is for nothing any more`),
  ];
}

export function readLockfile(): Lockfile {
  return Lockfile.parse(readProjectJson('package-lock.json'));
}

/** What was decided of packages with install scripts. */
export function readAllowScripts(): Readonly<Record<string, boolean>> {
  return Manifest.parse(readProjectJson('package.json')).allowScripts;
}

export function readProjectJson(name: string): unknown {
  return JSON.parse(readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8'));
}

/** Those that are installed for use, by their place in the tree. */
export function usedPackages(packages: Lockfile['packages']): [path: string, Lockfile['packages'][string]][] {
  return Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
}

/** The package of a place in the tree. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
