import { loadConfig } from '../../../config.ts';
import { Supervisor } from '../../../embedded/supervisor.ts';
import { testPrograms } from '../programs.ts';

// A supervisor to be killed, with stand-ins for the project's programs.
const config = loadConfig({ ASSOCIA_HOME: process.argv[2], PORT: '0' });
await new Supervisor({ config, programs: testPrograms(), reachTemporal: (address) => ({ address }), say: () => undefined }).start();
