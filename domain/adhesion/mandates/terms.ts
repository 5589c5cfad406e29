/** What may change about the organs of a comune, and who holds an office of it. */
export const MANDATE_CHANGES = [
  'MAYOR_CHANGED', 'COMMISSIONER_APPOINTED', 'COUNCIL_ELECTED', 'ELECTION_CALLED', 'MAYOR_RESIGNED', 'RESIGNATION_WITHDRAWN', 'COUNCIL_SUSPENDED', 'ACTING_MAYOR', 'SECRETARY_CHANGED',
  'ASSEMBLY_DELEGATE',
] as const;
export type MandateChange = (typeof MANDATE_CHANGES)[number];

/** Who is at the head of the comune: its mayor, or the commissioner who acts with the powers of mayor and council (art. 141 TUEL). */
export type HeadOffice = 'MAYOR' | 'COMMISSIONER';

/** An office of which the register has who held it. */
export type HeldOffice = HeadOffice | 'DEPUTY_MAYOR' | 'SECRETARY' | 'ASSEMBLY_DELEGATE';

/** Days from its presentation after which a resignation is final (art. 53 c.3 TUEL). */
export const RESIGNATION_DAYS = 20;
