import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { PortfolioPolicy } from '../domain/portfolio/portfolio.ts';
import { PortfolioPolicyFile } from '../domain/portfolio/schemas.ts';

const FILE = new URL('../data/policies/portfolio.json', import.meta.url);

/** Reads and checks how many cutovers the Agency can carry. Throws an Error that names the file and what is wrong in it. */
export function loadPortfolioPolicy(file: URL = FILE): PortfolioPolicy {
  try {
    return PortfolioPolicyFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`data/policies/portfolio.json: ${cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)}`, { cause });
  }
}
