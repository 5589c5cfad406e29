import { pino, type Logger } from 'pino';

/** Lines of JSON on stdout, instants in RFC 3339; never bodies, tokens or anything of a person. */
export function createLogger(level: string, name: string): Logger {
  return pino({ name, level, timestamp: () => `,"time":"${new Date().toISOString()}"`, redact: ['authorization', 'headers.authorization', 'req.headers.authorization', '*.password', '*.token'] });
}
