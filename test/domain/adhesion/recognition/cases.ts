import { adhesion, type AdhesionState, type PolicyChoices } from '../../../../domain/adhesion/index.ts';
import { countApplications, countSites } from '../../../../domain/adhesion/recognition/inventory.ts';
import { byDimension } from '../../../../domain/adhesion/recognition/terms.ts';
import { drained } from '../../../support/spec.ts';
import { does, opened, TEXT, type DataOf } from '../scenario.ts';

export const INVITED_AT = '2026-03-02T09:00:00Z';
export const BEGUN_AT = '2026-03-10T09:00:00Z';
export const SUBMITTED_AT = '2026-03-20T09:00:00Z';
export const VALIDATED_AT = '2026-03-25T09:00:00Z';

export const SUBMISSION: DataOf<'SubmitRecognition'> = {
  dimensions: byDimension(() => ({ score: 3, evidence: TEXT })),
  applications: { documentId: 'inv-1', digest: 'd1', ...countApplications([{ hosting: 'SAAS', exitFormat: 'CSV' }, { protocolSystem: { agidAligned: true } }]) },
  sites: { documentId: 'inv-2', digest: 'd2', ...countSites([{ access: 'FTTH' }]) },
  signedOffBy: 's-rtd',
};
/** Eight answers of 3, and 2 + 1 + 4 + 4 + 0 from the inventories. */
export const TOTAL = 35;

export const invited = (dueOn?: string, policies: PolicyChoices = {}) => does(opened(policies), 'InviteRecognition', dueOn === undefined ? {} : { dueOn }, INVITED_AT);
export const begun = () => does(invited('2026-03-31'), 'BeginRecognition', {}, BEGUN_AT);
export const submitted = (policies: PolicyChoices = {}) => does(invited('2026-03-31', policies), 'SubmitRecognition', SUBMISSION, SUBMITTED_AT);
export const returned = () => does(submitted(), 'ReturnRecognition', { reasons: TEXT }, '2026-03-24T09:00:00Z');
export const validated = (policies: PolicyChoices = {}) => does(submitted(policies), 'ValidateRecognition', {}, VALIDATED_AT);
export const stale = (): AdhesionState => drained(adhesion, validated(), '2027-03-25T00:00:00Z');
