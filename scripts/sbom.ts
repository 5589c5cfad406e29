import { writeFileSync } from 'node:fs';
import { npm } from './npm.ts';
import { completeSbom, validateSbom } from './sbom-parts.ts';

/** `npm run sbom [file]`: the parts of the project as CycloneDX JSON, to the file or to stdout. */
const { status, stdout, stderr } = npm('sbom', '--sbom-format', 'cyclonedx', '--package-lock-only');
if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`);
const sbom = completeSbom(stdout);
const fault = await validateSbom(sbom);
if (fault !== null) throw new Error(`The SBOM breaks the schema of CycloneDX: ${fault}`);
const [file] = process.argv.slice(2);
if (file === undefined) process.stdout.write(sbom);
else writeFileSync(file, sbom);
