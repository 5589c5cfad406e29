import type { Archiver } from '../engine/archive/archiver.ts';
import type { ArchiverActivities } from './ports.ts';

export function archiverActivities(archiver: Archiver): ArchiverActivities {
  return { sweepArchive: async () => { await archiver.sweep(); } };
}
