export type ReferentRole =
  | 'ICT_REFERENT' | 'RTD' | 'DPO' | 'CYBER_REFERENT' | 'SECURITY_CONTACT' | 'NIS_CONTACT' | 'CSIRT_CONTACT' | 'SERVICE_REFERENT';
export type ReferentState = 'APPOINTED' | 'ACTIVE';
