import type { FastifyInstance } from 'fastify';
import type { Context } from '../../api/context.ts';
import type { Visits } from '../frame/visits.ts';
import { differencesRoute } from './differences-page.tsx';
import { historyRoute } from './history.tsx';
import { mandatesRoute } from './mandates.tsx';
import { readsRoute } from './reads.tsx';
import { searchRoute } from './search.tsx';

/** The pages by which cases are found and read back: for auditors first, and for all who may see a case. */
export function auditRoutes(app: FastifyInstance, context: Context, visits: Visits): void {
  searchRoute(app, context, visits);
  historyRoute(app, context, visits);
  differencesRoute(app, context, visits);
  readsRoute(app, context, visits);
  mandatesRoute(app, context, visits);
}
