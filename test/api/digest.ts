/** Digest of a text that nobody reads. */
export const SHA256 = 'ab'.repeat(32);
