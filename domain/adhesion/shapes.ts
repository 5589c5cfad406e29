import { APPOINTMENT_ID, isSensibleDate, isSensibleInstant, MAX_ACT_NUMBER, SERVICE_ID, SUBJECT_ID } from './bounds.ts';
import type { CommandData } from './command-types.ts';
import type { TextRef } from '../shared/text-ref.ts';

/**
 * Shapes of the data that a correction gives. Its schema depends on the fact it corrects, which only the case knows: the
 * edge checks by the command's schema where it can, the process by these, without zod.
 */
type Guard<Value> = (value: unknown) => value is Value;

function shape<Data extends object>(guards: { readonly [Key in keyof Data]-?: Guard<Data[Key]> }): Guard<Data> {
  const fields: Readonly<Record<string, Guard<unknown>>> = guards;
  return (value): value is Data => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const given = new Map<string, unknown>(Object.entries(value));
    return [...given.keys()].every((key) => Object.hasOwn(fields, key))
      && Object.entries(fields).every(([key, guard]) => guard(given.get(key)));
  };
}

function text(isRight: (value: string) => boolean): Guard<string> {
  return (value): value is string => typeof value === 'string' && isRight(value);
}

function oneOf<const Value extends string | number>(...values: readonly Value[]): Guard<Value> {
  return (value): value is Value => values.some((known) => known === value);
}

function optional<Value>(guard: Guard<Value>): Guard<Value | undefined> {
  return (value): value is Value | undefined => value === undefined || guard(value);
}

const date = text(isSensibleDate);
const instant = text(isSensibleInstant);
const actNumber = text((value) => value.trim().length > 0 && value.length <= MAX_ACT_NUMBER);
const subjectId = text((value) => SUBJECT_ID.test(value));
const flag: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';
const short = text((value) => value.length > 0 && value.length <= 200);
const textRef = shape<TextRef>({ textId: short, digest: short });

/** The shapes by the command whose data a correction gives. */
export const SHAPES = {
  ConfirmReceipt: shape<CommandData['ConfirmReceipt']>({ deliveredAt: instant }),
  RecordOpinion: shape<CommandData['RecordOpinion']>({
    kind: oneOf('TECHNICAL', 'ACCOUNTING', 'AUDITORS'),
    outcome: oneOf('FAVOURABLE', 'UNFAVOURABLE'),
    givenOn: date,
    reasons: optional(textRef),
    onAmendment: optional(flag),
  }),
  ConveneCouncil: shape<CommandData['ConveneCouncil']>({
    call: oneOf(1, 2), urgency: oneOf('ORDINARY', 'EXTRAORDINARY', 'URGENT'), noticeDeliveredAt: instant, sessionAt: instant,
  }),
  RecordPublication: shape<CommandData['RecordPublication']>({ noticeBoardNo: actNumber, firstDay: date }),
  CertifyExecutivity: shape<CommandData['CertifyExecutivity']>({ executiveOn: date, certifiedOn: date }),
  TransmitResolution: shape<CommandData['TransmitResolution']>({ deliveredAt: instant }),
  RegisterConvention: shape<CommandData['RegisterConvention']>({
    repertoryNo: actNumber, protocolNo: actNumber, registeredOn: date, inForceOn: date,
  }),
  AppointReferent: shape<CommandData['AppointReferent']>({
    role: oneOf('ICT_REFERENT', 'RTD', 'DPO', 'CYBER_REFERENT', 'SECURITY_CONTACT', 'NIS_CONTACT', 'CSIRT_CONTACT', 'SERVICE_REFERENT'),
    subject: subjectId,
    actNo: actNumber,
    actOn: date,
    service: optional(text((value) => SERVICE_ID.test(value))),
    deputy: optional(flag),
  }),
  AcceptAppointment: shape<CommandData['AcceptAppointment']>({
    appointmentId: text((value) => APPOINTMENT_ID.test(value)), acceptedAt: instant,
  }),
} as const;
