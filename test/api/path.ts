import { SHA256 } from './digest.ts';
import type { Answer, Api, MemberCode } from './support.ts';

const at = (day: string): string => `${day}T10:00:00+01:00`;

/** The whole way of an adhesion in the past, command by command, up to a convention in force. */
export function pathOf(body: MemberCode, signer: string) {
  const signature = { signer, form: 'PADES', sha256: SHA256 };
  return [
    ['operator', 'SendProposal', { template: { id: 'convenzione-cst', version: 1, sha256: SHA256 }, sentAt: at('2026-01-12') }],
    [body, 'ConfirmReceipt', { deliveredAt: at('2026-01-12') }],
    [body, 'RecordOpinion', { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-01-13' }],
    [body, 'RecordOpinion', { kind: 'ACCOUNTING', outcome: 'FAVOURABLE', givenOn: '2026-01-13' }],
    [body, 'RecordOpinion', { kind: 'AUDITORS', outcome: 'FAVOURABLE', givenOn: '2026-01-14' }],
    [body, 'ConveneCouncil', { call: 1, urgency: 'ORDINARY', noticeDeliveredAt: at('2026-01-15'), sessionAt: at('2026-01-26') }],
    [body, 'RecordSession', {
      organ: 'COUNCIL', heldOn: '2026-01-26', outcome: 'VOTED', resolutionNo: '3/2026', councillorsPresent: 12, mayorPresent: true,
      votes: { for: 12, against: 1, abstained: 0 }, textSha256: SHA256,
    }],
    [body, 'RecordPublication', { noticeBoardNo: '77/2026', firstDay: '2026-01-28' }],
    [body, 'CertifyExecutivity', { executiveOn: '2026-02-08', certifiedOn: '2026-02-09' }],
    [body, 'TransmitResolution', { deliveredAt: at('2026-02-10') }],
    ['operator', 'AcceptResolution', {}],
    [body, 'SignConvention', { ...signature, office: 'MAYOR', signedAt: at('2026-02-12') }],
    ['operator', 'CountersignConvention', { ...signature, office: 'AGENCY_DIRECTOR', signedAt: at('2026-02-13') }],
    ['operator', 'RegisterConvention', { repertoryNo: '12', protocolNo: '345/2026', registeredOn: '2026-02-16', inForceOn: '2026-02-17' }],
  ] as const;
}

/** Walks the way; answers the last answer. Throws with what the first refused command was told. */
export async function walk(api: Pick<Api, 'call'>, body: MemberCode): Promise<Answer> {
  const { body: subject } = await api.call('POST', '/v1/subjects', 'operator', { body: { body, name: 'Firma Taria', email: 'sindaco@example.org' } });
  let last = await api.call('GET', `/v1/adhesions/${body}-1`, 'operator');
  for (const [as, type, data] of pathOf(body, String(subject['id']))) {
    last = await api.call('POST', `/v1/adhesions/${body}-1/commands`, as, { body: { type, data } });
    if (last.status !== 200) throw new Error(`${type}: ${last.text}`);
  }
  return last;
}
