export type ReferentRole =
  | 'ICT_REFERENT' | 'RTD' | 'DPO' | 'CYBER_REFERENT' | 'SECURITY_CONTACT' | 'NIS_CONTACT' | 'CSIRT_CONTACT' | 'SERVICE_REFERENT';

/** How an appointment ends: by the one that follows it, by a vacancy declared, by a change of mandate without confirmation. */
export type EndingKind = 'REPLACED' | 'VACANT' | 'EXPIRED';
export type ReferentState = 'APPOINTED' | 'ACTIVE' | 'SUSPENDED' | EndingKind;
