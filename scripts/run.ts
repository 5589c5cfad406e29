import { spawnSync } from 'node:child_process';
import { COMPILE_CACHE, PROJECT_DIR } from '../config.ts';

/** One step of a script: a tool of node_modules run on the pinned Node, its output shown. */
export interface Step {
  readonly name: string;
  /** Tool in node_modules/.bin and its arguments. */
  readonly run: readonly [tool: string, ...args: string[]];
  readonly env?: NodeJS.ProcessEnv;
}

const CHECKS: readonly Step[] = [
  { name: 'types', run: ['tsc', '--noEmit'] },
  { name: 'lint and fence', run: ['oxlint', '--type-aware', '--quiet'] },
  { name: 'directions of the layers', run: ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', '.'] },
  { name: 'unused code', run: ['knip'] },
  { name: 'lockfile and licences', run: ['tsx', 'scripts/packages.ts'] },
];

/** Types, lint, layer directions, unused code: what needs no server. Gives the names of the steps that failed. */
export function runChecks(): string[] {
  return CHECKS.filter((step) => !runStep(step)).map((step) => step.name);
}

/** Runs a step and says how long it took; true when it passed. */
export function runStep({ name, run: [tool, ...args], env = {} }: Step): boolean {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [`${PROJECT_DIR}/node_modules/.bin/${tool}`, ...args], { cwd: PROJECT_DIR, env: { ...COMPILE_CACHE, ...process.env, ...env }, stdio: 'inherit' });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  return status === 0;
}
