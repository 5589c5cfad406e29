import { z } from 'zod';
import { Reason } from './problems.ts';

/** What the command line reads of the server's answers; whatever else is in them is left alone. */

const date = z.string().nullish();

export const Waiting = z.object({ who: z.string(), what: z.string(), since: z.string(), dueOn: z.string().nullable(), reasons: z.array(Reason) });

const shared = {
  id: z.string(),
  body: z.string(),
  version: z.number(),
  waitingFor: z.array(Waiting),
  parked: z.array(z.object({ commandId: z.string(), type: z.string(), receivedAt: z.string(), code: z.string() })),
  timers: z.array(z.object({ key: z.string(), at: z.string() })),
  late: z.boolean(),
};

const Signature = z.object({ signer: z.string(), office: z.string(), signedAt: z.string(), form: z.string() });

export const Adhesion = z.object({
  ...shared,
  name: z.string().nullish(),
  population: z.number().nullish(),
  phase: z.string(),
  deliberation: z.object({
    state: z.string(),
    executivity: z.string(),
    attempt: z.number(),
    attemptsAllowed: z.number().nullish(),
    flags: z.array(z.unknown()).default([]),
    sentAt: date,
    deliveredAt: date,
    convocation: z.object({ call: z.number(), sessionAt: z.string() }).nullish(),
    adoptedOn: date,
    resolutionNo: z.string().nullish(),
    noticeBoardNo: z.string().nullish(),
    firstDay: date,
    publicationEndsOn: date,
    removalOn: date,
    executiveOn: date,
    certifiedExecutiveOn: date,
    gateOpensAt: date,
    challengeableUntil: date,
    extraordinaryAppealUntil: date,
    annullableUntil: date,
    transmittedAt: date,
    acceptedAt: date,
    policy: z.string().nullish(),
  }),
  convention: z.object({
    state: z.string(),
    signature: Signature.nullish(),
    countersignature: Signature.nullish(),
    voidedBy: z.object({ ...Signature.shape, code: z.string() }).nullish(),
    concludedOn: date,
    repertoryNo: z.string().nullish(),
    protocolNo: z.string().nullish(),
    registeredOn: date,
    inForceOn: date,
    endsOn: date,
    renewal: z.object({ opensOn: date }).nullish(),
    withdrawal: z.object({ effectOn: date }).nullish(),
    termination: z.object({ code: z.string(), on: date }).nullish(),
  }),
  recognition: z.object({
    state: z.string(),
    dueOn: date,
    submittedOn: date,
    validatedOn: date,
    staleOn: date,
    score: z.object({
      scoringVersion: z.string(), total: z.number(), max: z.number(),
      lines: z.array(z.object({ code: z.string(), points: z.number(), max: z.number(), because: z.string() })),
    }).nullish(),
  }).nullish(),
  referents: z.array(z.object({
    appointmentId: z.string(), role: z.string(), state: z.string(), subject: z.string(), service: z.string().nullish(), deputy: z.boolean().nullish(),
  })),
  migrations: z.array(z.object({ id: z.string(), service: z.string(), state: z.string() })),
});
export type Adhesion = z.output<typeof Adhesion>;

export const Migration = z.object({
  ...shared,
  adhesion: z.string(),
  service: z.string(),
  plan: z.string(),
  catalogueVersion: z.number(),
  state: z.string(),
  gates: z.array(z.object({ gate: z.string(), open: z.boolean(), reasons: z.array(Reason) })),
  workItems: z.array(z.object({
    id: z.string(), title: z.object({ it: z.string(), en: z.string() }), state: z.string(), after: z.array(z.string()), completedOn: date,
  })).default([]),
});
export type Migration = z.output<typeof Migration>;

export type CaseView = Adhesion | Migration;

const ByWhom = z.object({ subject: z.string(), role: z.string(), body: z.string().nullable() });

export const Event = z.object({
  version: z.number(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
  actor: ByWhom,
  recordedAt: z.string(),
  effectiveOn: z.string().nullable(),
  commandId: z.string(),
});
export type Event = z.output<typeof Event>;

/** How a value is computed; what it is computed from may be computed too. */
export const WhyRule = z.object({
  code: z.string(), message: z.string(), law: z.string().nullable(), value: z.unknown(), agrees: z.boolean(),
  get inputs() { return z.array(z.object({ field: z.string(), value: z.unknown(), since: z.number(), rule: WhyRule.nullable() })); },
});
export type WhyRule = z.output<typeof WhyRule>;

const WhyLink = z.object({
  before: z.unknown(), after: z.unknown(),
  event: z.object({ id: z.string(), version: z.number(), type: z.string(), recordedAt: z.string(), effectiveOn: z.string().nullable(), position: z.number(), corrects: z.number().nullable() }),
  command: z.object({ id: z.string(), type: z.string() }), actor: ByWhom,
  parked: z.object({ id: z.string(), type: z.string(), actor: ByWhom, version: z.number() }).nullable(),
  timer: z.object({ key: z.string(), at: z.string(), setBy: z.number() }).nullable(),
  toldBy: z.string().nullable(), reasons: z.array(Reason),
  acts: z.object({ numbers: z.array(z.object({ field: z.string(), value: z.string() })), digests: z.array(z.string()) }),
  basis: z.object({ policyVersion: z.string(), calendarVersion: z.string() }).nullable(),
  rule: WhyRule.nullable(),
});
export type WhyLink = z.output<typeof WhyLink>;
export const Why = z.object({ field: z.string(), version: z.number(), value: z.unknown(), chain: z.array(WhyLink), nextCursor: z.string().nullable() });

export const Allowed = z.object({
  version: z.number(),
  items: z.array(z.object({ command: z.string(), allowed: z.boolean(), reasons: z.array(Reason), schema: z.record(z.string(), z.unknown()) })),
});

export const CommandState = z.object({
  commandId: z.string(), state: z.string(), code: z.string().optional(), version: z.number().optional(), events: z.array(Event).optional(),
});

export const Run = z.object({ runId: z.string(), startedAt: z.string(), closedAt: z.string().optional(), state: z.string(), archived: z.boolean() });

export const Body = z.object({ ipaCode: z.string(), istatCode: z.string(), name: z.string(), population: z.number() });
export const Subject = z.object({ id: z.string(), body: z.string(), name: z.string(), email: z.string(), phone: z.string().optional() });
export const Status = z.object({ title: z.string(), detail: z.string().optional(), checks: z.record(z.string(), z.boolean()).default({}) });

export type Receipt = z.infer<typeof Receipt>;
export const Receipt = z.object({
  id: z.string(), kind: z.string(), body: z.string(), erasedAt: z.string(), erasedBy: z.object({ subject: z.string(), role: z.string() }), backupsUntil: z.string().nullable(),
});
