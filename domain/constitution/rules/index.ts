import type { OperatorCommand } from '../roles.ts';
import type { ConstitutionRule } from './rule.ts';
import {
  recordAuthorityAnswer, recordConference, recordConstitution, recordMetropolitanPublication, recordMetropolitanResolution, recordReceipts, submitToAuthority,
} from './metropolitan.ts';
import { acceptOffice, admitLateMember, appointOrgan, recordAuditorsReport, recordBudget } from './organs.ts';
import { changeLegalForm, decideMilestone, replan } from './steering.ts';

/** The rule of each command of the operator. */
export const RULES: { readonly [Type in OperatorCommand]: ConstitutionRule<Type> } = {
  RecordConference: recordConference,
  RecordReceipts: recordReceipts,
  RecordMetropolitanResolution: recordMetropolitanResolution,
  RecordMetropolitanPublication: recordMetropolitanPublication,
  SubmitToAuthority: submitToAuthority,
  RecordAuthorityAnswer: recordAuthorityAnswer,
  RecordConstitution: recordConstitution,
  AppointOrgan: appointOrgan,
  AcceptOffice: acceptOffice,
  RecordBudget: recordBudget,
  RecordAuditorsReport: recordAuditorsReport,
  AdmitLateMember: admitLateMember,
  DecideMilestone: decideMilestone,
  Replan: replan,
  ChangeLegalForm: changeLegalForm,
};
