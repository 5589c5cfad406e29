import { licenceFaults, lockfileFaults, readAllowScripts, readLockfile } from './supply-chain.ts';

/** A step of `npm run check`: the lockfile and the licences of what is installed. */
const lockfile = readLockfile();
const faults = [...lockfileFaults(lockfile, readAllowScripts()), ...licenceFaults(lockfile)];
for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
