import type { Role } from '../shared/actor.ts';

/** Who may send which command. Kept apart from the schemas, so that the process can use it without zod. */
export const COMMAND_ROLES = {
  StartConstitution: ['operator'],
  RecordConference: ['operator'],
  RecordReceipts: ['operator'],
  RecordMetropolitanResolution: ['operator'],
  RecordMetropolitanPublication: ['operator'],
  SubmitToAuthority: ['operator'],
  RecordAuthorityAnswer: ['operator'],
  RecordConstitution: ['operator'],
  AppointOrgan: ['operator'],
  AcceptOffice: ['operator'],
  RecordBudget: ['operator'],
  RecordAuditorsReport: ['operator'],
  AdmitLateMember: ['operator'],
  DecideMilestone: ['operator'],
  Replan: ['operator'],
  ChangeLegalForm: ['operator'],
  TakeAccount: ['engine'],
  TakeTerritory: ['engine'],
  EndGate: ['engine'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type CommandType = keyof typeof COMMAND_ROLES;
export type OperatorCommand = Exclude<CommandType, 'StartConstitution' | 'TakeAccount' | 'TakeTerritory' | 'EndGate'>;

/** What an operator sends to a constitution that runs, in the order of the path; the rest the interface and the engine send. */
export const OPERATOR_COMMANDS = [
  'RecordConference', 'RecordReceipts', 'RecordMetropolitanResolution', 'RecordMetropolitanPublication', 'SubmitToAuthority', 'RecordAuthorityAnswer', 'RecordConstitution',
  'AppointOrgan', 'AcceptOffice', 'RecordBudget', 'RecordAuditorsReport', 'AdmitLateMember', 'DecideMilestone', 'Replan', 'ChangeLegalForm',
] as const satisfies readonly OperatorCommand[];
