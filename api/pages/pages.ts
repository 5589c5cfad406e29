/** Of routes for browsers: no part of the interface that programs are told of. */
export const HIDDEN = { schema: { hide: true } } as const;

/** A path of this service to return to; whatever else was asked for, the first page. */
export function ownPath(wanted: string | null): string {
  return wanted !== null && wanted.length <= 500 && /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(wanted) ? wanted : '/';
}
