import assert from 'node:assert';
import { createContext, Script } from 'node:vm';
import type { Deciding } from '../workflows/deciding.ts';

interface Bundled {
  readonly __TEMPORAL__?: { importInterceptors(): readonly { readonly deciding?: Deciding }[] };
}

/**
 * The rules in a bundle's code, in a sandbox like that of its workflows; null for a bundle from before rules were given out.
 * They are pure: nothing of a workflow runs.
 */
export function rulesIn(code: string): Deciding | null {
  const sandbox: Bundled = createContext({ __webpack_module_cache__: {}, URL, URLSearchParams, TextEncoder, TextDecoder, AbortController, assert, console: {} });
  new Script(code, { filename: 'workflows.js' }).runInContext(sandbox);
  return sandbox.__TEMPORAL__?.importInterceptors().find(({ deciding }) => deciding !== undefined)?.deciding ?? null;
}
