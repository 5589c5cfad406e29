import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { FAILURE_CONVERTER, PAYLOAD_CONVERTER } from './data-converter.ts';

export interface WorkflowBundle {
  readonly code: string;
  /** Hex SHA-256 of the code as it runs, without its source map: names the bundle that ran a history. */
  readonly hash: string;
}

/**
 * The SDK takes a stack trace for every promise a workflow makes, to answer `__stack_trace`: with the default of ten
 * frames that is a fifth of the sandbox's time. Two name the place (docs/adr/0006).
 */
const STACK_FRAMES = 'Error.stackTraceLimit = 2;\n';

/** Builds the one artefact of the project: the deterministic zone as Temporal runs it, the same code in every folder. */
export async function buildBundle(): Promise<WorkflowBundle> {
  const bundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    workflowInterceptorModules: [fileURLToPath(new URL('../workflows/recording.ts', import.meta.url))],
    failureConverterPath: FAILURE_CONVERTER,
    payloadConverterPath: PAYLOAD_CONVERTER,
    logger: { log: () => undefined, trace: () => undefined, debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const code = STACK_FRAMES + bundle.code;
  return { code, hash: hashOf(code) };
}

/** Hex SHA-256 of a bundle's code, as `WorkflowBundle.hash` has it. */
export function hashOf(code: string): string {
  return createHash('sha256').update(withoutSourceMap(code)).digest('hex');
}

const EMPTY_MAP = Buffer.from(JSON.stringify({ version: 3, sources: [], names: [], mappings: '', file: 'workflows.js' })).toString('base64');

/** Code that was kept without its source map, as the SDK takes it: it insists on one. The hash stays the same. */
export function runnable(code: string): string {
  return `${code}//# sourceMappingURL=data:application/json;base64,${EMPTY_MAP}`;
}

/** The map names the folder it was built in (the SDK's generated entry is in it); what runs does not. */
export function withoutSourceMap(code: string): string {
  const map = code.lastIndexOf('//# sourceMappingURL=');
  return map === -1 ? code : code.slice(0, map);
}
