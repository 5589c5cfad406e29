export const MAX_ADDRESS = 500;
/** An https address with a host, and nobody's name or password in it. */
export const HTTPS_ADDRESS = /^https:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#][!-~]*)?$/;
