/** Version of the Open Service Broker API that is spoken. */
export const API_VERSION = '2.17';
/** `context.platform`, and the first word of the originating identity. */
export const PLATFORM = 'associa';

export const VERSION_HEADER = 'x-broker-api-version';
export const ORIGINATING_IDENTITY_HEADER = 'x-broker-api-originating-identity';
export const REQUEST_IDENTITY_HEADER = 'x-broker-api-request-identity';

/** Value of X-Broker-API-Originating-Identity: platform, and base64 of a JSON object. */
export function originatingIdentity(pseudonym: string): string {
  return `${PLATFORM} ${Buffer.from(JSON.stringify({ pseudonym })).toString('base64')}`;
}

/** HTTP basic authentication (RFC 7617). */
export function basicAuthorization(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}
