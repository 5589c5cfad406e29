/** Two services of the light track, and one of the full one, with what the edge adds to it. */
export const REQUESTED = [
  { service: 'TRAINING' }, { service: 'RTD_COMMUNITY' },
  { service: 'APP_IO', offered: {
    version: 1, track: 'FULL', active: true, plans: ['standard'], fulfilment: { kind: 'BROKER' },
    full: { dependsOn: ['TRAINING'], gates: ['FEASIBILITY', 'PROVISIONING'], windows: { forbidden: [], preferred: 'ANY' }, personalData: 'NONE', cost: { kind: 'FREE' } },
  } },
] as const;
