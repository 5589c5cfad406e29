import type { AdhesionState } from '../../domain/adhesion/index.ts';
import type { PROCESSING_COMMANDS } from '../../domain/adhesion/processing/catalogue.ts';
import { isBreachOpen } from '../../domain/adhesion/processing/standing.ts';
import { AUDIT_OUTCOMES } from '../../domain/adhesion/processing/terms.ts';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import type { TextRef } from '../../domain/shared/text-ref.ts';
import type { Throw } from './throw.ts';

const REASONS: TextRef = { textId: 'txt-1', digest: 'd1' };

/** Data of a command of the processing that suit the state, but for a twist now and then. */
export function processingData(type: keyof typeof PROCESSING_COMMANDS, state: AdhesionState, on: CivilDate, dice: Throw): object {
  const { pick, twist, days } = dice;
  const delay = twist < 80 ? { delayReasons: REASONS } : {};
  const service = pick % 2 === 0 ? 'TRAINING' : 'RTD_COMMUNITY';
  switch (type) {
    case 'RecordDpoContact': return { on, protocolNo: `${pick}` };
    case 'DeclareDpiaNeed': return { service, needed: days % 3 !== 0, on, ...(twist < 50 ? { reasons: REASONS } : {}) };
    case 'RecordDpia': return { service, outcome: twist % 4 === 0 ? 'HIGH_RISK' : 'ACCEPTABLE_RISK', on, sha256: `${pick % 10}e`.repeat(32) };
    case 'RecordProcessorAudit': return { on, outcome: AUDIT_OUTCOMES[pick % 3], ...(twist < 50 ? { documentSha256: `${pick % 10}d`.repeat(32), reasons: REASONS } : {}) };
    case 'NotifySubprocessor': return { subprocessor: `S_${pick % 2}`, sha256: `${pick % 10}f`.repeat(32), deliveredAt: `${on}T0${pick % 10}:15:00Z` };
    case 'ObjectToSubprocessor': return { subprocessor: subprocessorOf(state, dice), deliveredAt: `${on}T16:00:00Z`, reasons: REASONS };
    case 'WithdrawSubprocessor': return { subprocessor: subprocessorOf(state, dice), on };
    case 'ReportBreach': return { breachNo: `${pick % 20}/2026`, awareBy: days % 2 === 0 ? 'PROCESSOR' : 'CONTROLLER', awareAt: `${on}T0${pick % 10}:15:00Z` };
    case 'NotifyBreachToMember': return { breachNo: breachOf(state, dice), deliveredAt: `${on}T16:00:00Z`, ...delay };
    case 'NotifyBreachToAuthority': return { breachNo: breachOf(state, dice), to: 'GARANTE', notifiedAt: `${on}T17:00:00Z`, protocolNo: '7', ...delay };
    case 'WaiveBreachNotice': return { breachNo: breachOf(state, dice), to: 'GARANTE', reasons: REASONS };
  }
}

/** The last facts of the processing with other data of their kind, each where there is one. */
export function processingCorrections({ processing: { subprocessors, breaches, dpoContacts, dpiaNeeds, dpias, audits } }: AdhesionState, on: CivilDate, sha256: string): readonly ({ readonly version: number; readonly data: object } | null)[] {
  const [notice, breach] = [subprocessors.at(-1), breaches.at(-1)];
  const [contact, need, dpia, audit] = [dpoContacts.at(-1), dpiaNeeds.at(-1), dpias.at(-1), audits.at(-1)];
  return [
    contact === undefined ? null : { version: contact.version, data: { on, protocolNo: 'corrected' } },
    need === undefined ? null : { version: need.version, data: { service: need.service, needed: !need.needed, on } },
    dpia === undefined ? null : { version: dpia.version, data: { service: dpia.service, outcome: dpia.outcome, on, sha256 } },
    audit === undefined ? null : { version: audit.version, data: { on, outcome: 'FINDINGS', documentSha256: sha256 } },
    notice === undefined ? null : { version: notice.version, data: { subprocessor: notice.subprocessor, sha256, deliveredAt: `${on}T08:00:00Z` } },
    breach === undefined ? null : { version: breach.version, data: { breachNo: breach.breachNo, awareBy: breach.awareBy, awareAt: `${on}T08:00:00Z` } },
  ];
}

/** The last of them mostly, so that what waits is answered. */
function subprocessorOf({ processing: { subprocessors } }: AdhesionState, { pick, twist }: Throw): string {
  return twist < 10 ? `S_${pick % 2}` : (subprocessors.at(-1 - (pick % Math.max(1, subprocessors.length)))?.subprocessor ?? 'S_0');
}

function breachOf({ processing: { breaches } }: AdhesionState, { pick, twist }: Throw): string {
  const open = breaches.filter((breach) => isBreachOpen(breach) || twist < 10);
  return open[pick % Math.max(1, open.length)]?.breachNo ?? '0/2026';
}
