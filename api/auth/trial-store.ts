import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

/** Sign-ons that may be under way at once; beyond it the oldest are forgotten and begin again. */
const MAX_ENTRIES = 5_000;

/**
 * Where the trial provider keeps the sign-ons under way: in memory. Who is signed on stands in PostgreSQL; a restart
 * costs no more than a second click to who was just about to sign on.
 */
export function trialStore(): (model: string) => Adapter {
  const entries = new Map<string, Entry>();
  const find = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    if (entry === undefined || entry.expiresAt > Date.now()) return entry?.payload;
    entries.delete(key);
    return undefined;
  };
  const findBy = (model: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
    for (const key of entries.keys()) {
      const payload = key.startsWith(`${model} `) ? find(key) : undefined;
      if (payload !== undefined && matches(payload)) return payload;
    }
    return undefined;
  };
  return (model) => ({
    async upsert(id, payload, expiresIn = 0) {
      const key = `${model} ${id}`;
      entries.delete(key);
      for (const oldest of entries.keys()) {
        if (entries.size < MAX_ENTRIES) break;
        entries.delete(oldest);
      }
      entries.set(key, { payload, expiresAt: Date.now() + expiresIn * 1000 });
    },
    async find(id) { return find(`${model} ${id}`); },
    async findByUid(uid) { return findBy(model, (payload) => payload.uid === uid); },
    async findByUserCode(code) { return findBy(model, (payload) => payload.userCode === code); },
    async consume(id) {
      const payload = find(`${model} ${id}`);
      if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) { entries.delete(`${model} ${id}`); },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  });
}
