import type { Votes } from '../../calendar/majority.ts';
import type { CommandData } from '../command-types.ts';
import { actNumber, date, flag, instant, oneOf, optional, sha256, shape, text, textRef, type Guard } from '../shape.ts';
import { SUSPENSION_ENDS, type Template } from './terms.ts';

const count: Guard<number> = (value): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 100;
const hours: Guard<number> = (value): value is number => typeof value === 'number' && value > 0 && value <= 25;
const version: Guard<number> = (value): value is number => Number.isInteger(value) && Number(value) > 0 && Number(value) <= 1_000_000;
const authority = oneOf('COURT', 'BODY');
const ballot = { for: count, against: count, abstained: count };

const template = shape<Template>({ id: text((id) => id.trim().length > 0 && id.length <= 100), version, sha256 });

/** The shapes of the commands whose data a correction gives. */
export const SHAPES = {
  SendProposal: shape<CommandData['SendProposal']>({ template, sentAt: instant }),
  ResubmitProposal: shape<CommandData['ResubmitProposal']>({ sentAt: instant, template: optional(template) }),
  ConfirmReceipt: shape<CommandData['ConfirmReceipt']>({ deliveredAt: instant }),
  RecordOpinion: shape<CommandData['RecordOpinion']>({
    kind: oneOf('TECHNICAL', 'ACCOUNTING', 'AUDITORS'),
    outcome: oneOf('FAVOURABLE', 'UNFAVOURABLE'),
    givenOn: date,
    reasons: optional(textRef),
    onAmendment: optional(flag),
  }),
  RequestSession: shape<CommandData['RequestSession']>({ by: oneOf('MAYOR', 'ONE_FIFTH'), on: date }),
  ConveneCouncil: shape<CommandData['ConveneCouncil']>({
    call: oneOf(1, 2), urgency: oneOf('ORDINARY', 'EXTRAORDINARY', 'URGENT'), noticeDeliveredAt: instant, sessionAt: instant,
  }),
  RecordSession: shape<CommandData['RecordSession']>({
    organ: oneOf('COUNCIL', 'COMMISSIONER', 'BOARD', 'ASSEMBLY', 'BOARD_OF_DIRECTORS'),
    heldOn: date,
    outcome: oneOf('VOTED', 'POSTPONED', 'ITEM_WITHDRAWN', 'NOT_REACHED', 'NO_QUORUM'),
    newSessionOn: optional(date),
    resolutionNo: optional(actNumber),
    councillorsPresent: optional(count),
    mayorPresent: optional(flag),
    votes: optional(shape<Votes>(ballot)),
    textSha256: optional(sha256),
    immediate: optional(shape<NonNullable<CommandData['RecordSession']['immediate']>>({ ...ballot, reasons: textRef })),
    urgencyReasons: optional(textRef),
    councilReasons: optional(textRef),
  }),
  RecordPublication: shape<CommandData['RecordPublication']>({ noticeBoardNo: actNumber, firstDay: date }),
  RecordBoardOutage: shape<CommandData['RecordBoardOutage']>({ day: date, hoursDown: hours }),
  CertifyExecutivity: shape<CommandData['CertifyExecutivity']>({ executiveOn: date, certifiedOn: date }),
  TransmitResolution: shape<CommandData['TransmitResolution']>({ deliveredAt: instant }),
  LiftSuspension: shape<CommandData['LiftSuspension']>({ on: date, orderNo: actNumber, ground: optional(oneOf(...SUSPENSION_ENDS)) }),
  SuspendResolution: shape<CommandData['SuspendResolution']>({ by: authority, orderNo: actNumber, from: date }),
  RevokeResolution: shape<CommandData['RevokeResolution']>({ actNo: actNumber, on: date }),
  AnnulResolution: shape<CommandData['AnnulResolution']>({ actNo: actNumber, on: date, by: authority }),
  RectifyResolution: shape<CommandData['RectifyResolution']>({ actNo: actNumber, on: date, substantial: flag }),
};
