/** May be kept by anyone for five minutes: it holds nothing of a body or a person, and no token is asked for. */
export const PUBLIC_CACHE = { 'Cache-Control': 'public, max-age=300' } as const;

/** May be kept by who asked, for an hour: it is computed from the question alone, in the language asked for. */
export const COMPUTED_CACHE = { 'Cache-Control': 'private, max-age=3600' } as const;

/** May be kept by anyone for good: under its address it never changes. */
export const IMMUTABLE_CACHE = { 'Cache-Control': 'public, max-age=31536000, immutable' } as const;
