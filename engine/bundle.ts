import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

export interface WorkflowBundle {
  readonly code: string;
  /** Hex SHA-256 of the code: names the bundle that ran a history. */
  readonly hash: string;
}

/** Builds the one artefact of the project: the deterministic zone as Temporal runs it, the same bytes in every folder. */
export async function buildBundle(): Promise<WorkflowBundle> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    logger: { log: () => undefined, trace: () => undefined, debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    webpackConfigHook: (config) => ({
      ...config,
      // The inline source map would hold absolute paths, and the hash would differ by folder.
      output: { ...config.output, devtoolModuleFilenameTemplate: '[resource-path]' },
    }),
  });
  return { code, hash: createHash('sha256').update(code).digest('hex') };
}
