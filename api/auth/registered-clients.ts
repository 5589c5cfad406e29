import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Adapter, AdapterPayload } from 'oidc-provider';

/** What is kept of clients that were registered: themselves, and the tokens by which each is changed and removed. */
const MODELS = ['Client', 'RegistrationAccessToken'];
/** Beyond it nothing more is registered: whoever registers them removes what is not used. */
const MOST_ENTRIES = 2_000;

/**
 * Where the trial provider keeps the clients that were registered at it: in a file of the keys folder, for its owner only, since it holds
 * their secrets. They outlive a restart, unlike sign-ons under way, which `otherwise` keeps.
 */
export function withRegisteredClients(file: string, otherwise: (model: string) => Adapter): (model: string) => Adapter {
  const entries = new Map(existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, AdapterPayload>) : []);
  const save = (): void => {
    const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`;
    writeFileSync(draft, JSON.stringify(Object.fromEntries(entries)), { mode: 0o600, flush: true });
    renameSync(draft, file);
  };
  return (model) => {
    if (!MODELS.includes(model)) return otherwise(model);
    const keyOf = (id: string): string => `${model} ${id}`;
    return {
      async upsert(id, payload) {
        if (entries.size >= MOST_ENTRIES && !entries.has(keyOf(id))) throw new Error('too many clients are registered');
        entries.set(keyOf(id), payload);
        save();
      },
      async find(id) { return entries.get(keyOf(id)); },
      async findByUid() { return undefined; },
      async findByUserCode() { return undefined; },
      async consume() { /* Neither is used up. */ },
      async destroy(id) { if (entries.delete(keyOf(id))) save(); },
      async revokeByGrantId() { /* Neither belongs to a grant. */ },
    };
  };
}
