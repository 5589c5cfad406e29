import { loadConfig, requireSignOn } from './config.ts';
import { errorText } from './embedded/errors.ts';
import { projectPrograms } from './embedded/programs.ts';
import { Supervisor } from './embedded/supervisor.ts';
import { connectionOptions } from './engine/connect.ts';
import { diagnoseTemporal } from './engine/diagnose.ts';

/** One Ctrl-C arrives twice under npm, from the terminal and from npm itself: the second is not yet impatience. */
const SAME_GESTURE_MS = 1000;

/** `npm start`: the whole system in the foreground, until it is told to stop. */
async function main(): Promise<void> {
  const config = loadConfig();
  requireSignOn(config);
  const supervisor = new Supervisor({ config, programs: projectPrograms(), reachTemporal: connectionOptions, explainTemporal: diagnoseTemporal, say });
  stopOnSignals(supervisor);
  try {
    const url = await supervisor.start();
    say(`Associa is ready at ${url}/ (data in ${config.home}); Ctrl-C stops it`);
  } catch (error) {
    if (isStopping) return; // The signal's own stop is under way and ends the process.
    console.error(errorText(error));
    await supervisor.stop();
    process.exit(1);
  }
}

let isStopping = false;

function stopOnSignals(supervisor: Supervisor): void {
  let firstAt = 0;
  const onSignal = (): void => {
    if (isStopping) {
      if (Date.now() - firstAt > SAME_GESTURE_MS) supervisor.hurry();
      return;
    }
    isStopping = true;
    firstAt = Date.now();
    say('Stopping (a second Ctrl-C hurries) …');
    void supervisor.stop().then(() => {
      say('Stopped');
      process.exit(0);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

function say(line: string): void {
  console.log(line);
}

// The reader of our lines may go away before us (`npm start | head`): that is no reason to leave children behind.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

main().catch((error: unknown) => {
  console.error(errorText(error));
  process.exit(1);
});
