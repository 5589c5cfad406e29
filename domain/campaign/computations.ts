import type { Computation, ComputationsOf } from '../shared/computation.ts';
import type { CampaignView } from './view.ts';

const computation: ComputationsOf<CampaignView> = (given) => given;

/** What a campaign comes to by itself, for who asks why; all else somebody did, or an act answered. They decide nothing (ADR 28). */
export const CAMPAIGN_COMPUTATIONS: readonly Computation[] = [
  computation({
    field: 'state', rule: 'STOP_AFTER', law: null,
    says: { it: 'Si ferma da sé dopo tanti errori quanti ne furono indicati, dall\'inizio o dall\'ultima ripresa.', en: 'It stops by itself after as many failures as were said, since its start or last resumption.' },
    inputs: { stopAfter: 'stopAfter', failures: 'failures' },
    applies: (_values, state) => state === 'STOPPED',
    compute: ({ stopAfter, failures }) => (failures >= stopAfter ? 'STOPPED' : 'RUNNING'),
  }),
  computation({
    field: 'state', rule: 'NOTHING_LEFT', law: null,
    says: { it: 'È conclusa quando nessun atto è più da fare.', en: 'It is completed when no act is left to be done.' },
    inputs: { pending: 'counts.pending' },
    applies: (_values, state) => state === 'COMPLETED',
    compute: ({ pending }) => (pending === 0 ? 'COMPLETED' : 'RUNNING'),
  }),
];
