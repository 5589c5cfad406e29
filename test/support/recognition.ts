import type { OuterData } from '../../domain/adhesion/commands.ts';
import { byDimension } from '../../domain/adhesion/recognition/terms.ts';

type Recognition = OuterData['SubmitRecognition'];

/** Every dimension answered alike. */
export function answers(score = 2) {
  return byDimension((dimension) => ({ score, evidence: `Prova per ${dimension}` }));
}

/** An application with every field. */
export const APPLICATION: Recognition['applications'][number] = {
  code: 'PROT-01', area: 'Protocollo', name: 'Protocollo web', vendor: 'Fornitore Uno S.r.l.', version: '7.2', hosting: 'SAAS', acnQualification: 'QC2',
  contractEndsOn: '2028-12-31', noticeOn: '2028-06-30', users: 140, auth: ['SPID', 'CIE', 'MFA'], interfaces: ['PEC', 'Conservazione'], personalData: 'COMMON',
  volumeGb: 800, owner: 'Ufficio protocollo', exitFormat: 'XML + PDF/A', protocolSystem: { agidAligned: true, aooCode: 'AOO1' },
};

/** A site with every field. */
export const SITE: Recognition['sites'][number] = {
  code: 'MUNICIPIO', access: 'FTTH', name: 'Palazzo municipale', bandwidthMbps: 1000, provider: 'Operatore', contractEndsOn: '2027-12-31',
  fibreDistanceMetres: 120, backupLine: true, telephony: 'CMM_VOICE',
};

/** A recognition that is complete, as a client sends it. */
export const RECOGNITION: Recognition = {
  dimensions: answers(), applications: [APPLICATION, { code: 'TRIB', area: 'Tributi' }], sites: [SITE, { code: 'BIBLIOTECA', access: 'DSL' }],
  resources: { ictSpendCents: 41_000_000, ictStaffFte: 3.5 }, signedOffBy: 's_rtd',
};
