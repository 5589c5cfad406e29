import { benchCodec } from './codec.ts';
import { benchCommands } from './commands.ts';
import { benchDomain } from './domain.ts';
import { benchFairness } from './fairness.ts';
import { benchPages } from './pages.ts';
import { benchProvable } from './provable.ts';
import { benchReplay } from './replay.ts';
import { benchScale } from './scale.ts';
import { benchVerify } from './verify.ts';

const BENCHMARKS: Readonly<Record<string, () => Promise<void>>> = {
  domain: benchDomain, codec: benchCodec, commands: benchCommands, fairness: benchFairness, pages: benchPages, provable: benchProvable, verify: benchVerify, replay: benchReplay, scale: benchScale,
};

/** `npm run bench` measures all, `npm run bench -- domain` (or another name) one of them. */
const [only] = process.argv.slice(2);
if (only !== undefined && !Object.hasOwn(BENCHMARKS, only)) throw new Error(`There is no benchmark ${only}: ${Object.keys(BENCHMARKS).join(', ')}, or none for all.`);
for (const [name, bench] of Object.entries(BENCHMARKS)) if (only === undefined || only === name) await bench();
