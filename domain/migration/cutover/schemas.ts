import type { z } from 'zod';
import type { CUTOVER_COMMANDS } from './catalogue.ts';

/** The schema of every command of this area. */
export const CUTOVER_SCHEMAS = {
} as const satisfies Readonly<Record<keyof typeof CUTOVER_COMMANDS, z.ZodType>>;
