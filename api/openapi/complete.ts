import { ACCESS } from '../auth/access.ts';
import { commandId, Problem } from './schemas.ts';

void commandId; void Problem;
export function completeDocument<T>(document: T): T {
  void ACCESS;
  return document;
}
