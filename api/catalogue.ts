import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { shippedCatalogue, type Catalogue } from '../domain/catalogue/catalogue.ts';
import { ServiceEntry, type Service } from '../domain/catalogue/schemas.ts';

const FOLDER = new URL('../data/catalogue/', import.meta.url);
const Shipped = z.looseObject({ service: z.string(), version: z.int().min(1) });

/**
 * Reads and checks the services that the project ships: `<SERVICE>.json` is the first version, `<SERVICE>.2.json` what a later
 * release made of it, and so on. Throws an Error that names the file and what is wrong in it; or the cycle of the
 * dependencies, or the service depended on that there is not.
 */
export function loadCatalogue(folder: URL = FOLDER): Catalogue {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json')).toSorted();
  return shippedCatalogue(files.map((file) => read(new URL(file, folder), file)));
}

function read(path: URL, file: string): Service {
  try {
    const { service, version, ...entry } = Shipped.parse(JSON.parse(readFileSync(path, 'utf8')));
    const named = version === 1 ? `${service}.json` : `${service}.${version}.json`;
    if (file !== named) throw new Error(`it says version ${version} of the service ${service}, whose file is ${named}`);
    return { service, version, ...ServiceEntry.parse(entry) };
  } catch (cause) {
    throw new Error(`data/catalogue/${file}: ${cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)}`, { cause });
  }
}
