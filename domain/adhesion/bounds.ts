import { isCivilDate } from '../shared/civil-date.ts';
import { isInstant } from '../shared/instant.ts';

export const FIRST_YEAR = 1990;
export const LAST_YEAR = 2199;
export const MAX_ACT_NUMBER = 50;

/** Years far from any act are slips of the pen; the bound also keeps every computed date inside four digits of year. */
export function hasSensibleYear(text: string): boolean {
  const year = Number(text.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

export function isSensibleDate(text: string): boolean {
  return isCivilDate(text) && hasSensibleYear(text);
}

export function isSensibleInstant(text: string): boolean {
  return isInstant(text) && hasSensibleYear(text);
}

export const SUBJECT_ID = /^[A-Za-z0-9._-]{1,64}$/;
export const SERVICE_ID = /^[A-Z][A-Z0-9_]{1,49}$/;
export const APPOINTMENT_ID = /^ref-[1-9]\d{0,5}$/;
/** Appointments confirmed by one command. */
export const MAX_CONFIRMED = 100;
