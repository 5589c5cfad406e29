import { spawnSync } from 'node:child_process';
import { PROJECT_DIR } from '../config.ts';

/** `npm run broker:conformance [-- <url>]`: the conformance suite, against a broker elsewhere or against the reference broker. */
const [url] = process.argv.slice(2);
if (url !== undefined && !/^https?:\/\/[^/]+:[^/]*@/.test(url)) {
  console.error('Give the address with user name and password: npm run broker:conformance -- https://user:password@broker.example.org');
  process.exit(2);
}
const { status } = spawnSync(process.execPath, ['node_modules/.bin/vitest', 'run', '--project', 'broker', '--reporter', 'verbose', 'test/broker/conformance'], {
  cwd: PROJECT_DIR, stdio: 'inherit', env: { ...process.env, ...(url === undefined ? {} : { BROKER_CONFORMANCE_URL: url }) },
});
process.exit(status ?? 1);
