import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedToken } from '../cli/tokens.ts';
import { loadConfig } from '../config.ts';
import { readBroker } from '../embedded/broker.ts';
import { readInstance } from '../embedded/instance.ts';
import { registrationOf } from '../embedded/registration.ts';

/** The broker's own start may take as long. */
const PATIENCE_MS = 30_000;
const BETWEEN_TRIES_MS = 500;

/** Enters the reference broker of the running embedded instance among its brokers, as an operator would. */
async function main(): Promise<void> {
  const config = loadConfig();
  const instance = readInstance(config.home);
  if (instance?.brokerUrl === undefined || instance.brokerUrl === null) throw new Error('no embedded instance with a reference broker runs in this home');
  const token = await embeddedToken(config, instance, { role: 'operator', person: 'npm start', hours: 1 });
  const body = JSON.stringify(registrationOf(readBroker(config.home), instance.brokerUrl));
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(BETWEEN_TRIES_MS)) {
    const response = await fetch(`${instance.url}/v1/brokers`, { method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, body });
    if (response.ok) return;
    const isPassing = response.status >= 500 && Date.now() < deadline;
    if (!isPassing) throw new Error(`POST /v1/brokers answers ${response.status}: ${await response.text()}`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
