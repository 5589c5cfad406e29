import { unescape } from 'node:querystring';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from './config.ts';

/** Names of members that are never written, wherever in what is logged they stand. */
const SECRET_NAMES = ['authorization', 'cookie', 'set-cookie', 'password', 'secret', 'clientSecret', 'client_secret', 'apiKey', 'api_key', 'token', 'access_token', 'refresh_token', 'id_token', 'connectionString'];
const DEPTHS = ['', '*.', '*.*.', '*.*.*.'];
const REDACTED = '[redacted]';

/**
 * Lines of JSON on stdout, instants in RFC 3339; never bodies, tokens or anything of a person. Whatever is logged by
 * mistake loses, before it is written, the members above, all that looks like a token, and the given secrets by value.
 */
export function createLogger(level: string, name: string, secrets: readonly string[] = [], destination?: DestinationStream): Logger {
  const options = {
    name, level,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: DEPTHS.flatMap((depth) => SECRET_NAMES.map((member) => (depth === '' ? `["${member}"]` : `${depth.slice(0, -1)}["${member}"]`))), censor: REDACTED },
    hooks: { streamWrite: cleaner(secrets) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** What of the configuration is secret. */
export function secretsOf({ databaseUrl, databaseOwnerUrl, masterKey, temporal, oidc, trialRegistrationToken }: Config): string[] {
  const passwords = [databaseUrl, databaseOwnerUrl].map((url) => (url === null ? '' : new URL(url).password));
  return [...passwords, ...passwords.map(unescape), temporal.apiKey ?? '', oidc.clientSecret ?? '', trialRegistrationToken ?? '', masterKey?.toString('base64') ?? ''];
}

/** A short value may stand in any word: it is no secret that could be told from one. */
const LEAST_SECRET = 6;
/** Bounded, so that a line made for it cannot hold the process up. */
const TOKEN = /\beyJ[\w-]{5,300}\.[\w-]{1,8000}(?:\.[\w-]{0,8000}){1,3}|\bBearer {1,8}[\w.~+/-]{1,16000}=*/g;
const PASSWORD_IN_URL = /(:\/\/[^\s:@/"]*:)[^\s@/"]+@/g;
/** JSON escapes what ends a line; these deceive who reads it in a terminal all the same. They stand inside strings only. */
const DECEPTIVE = /[\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

function cleaner(secrets: readonly string[]): (line: string) => string {
  const values = [...new Set(secrets)].filter((secret) => secret.length >= LEAST_SECRET).map((secret) => JSON.stringify(secret).slice(1, -1));
  return (line) => {
    let clean = line.replaceAll(TOKEN, REDACTED).replaceAll(PASSWORD_IN_URL, `$1${REDACTED}@`);
    for (const value of values) clean = clean.replaceAll(value, REDACTED);
    return clean.replaceAll(DECEPTIVE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  };
}
