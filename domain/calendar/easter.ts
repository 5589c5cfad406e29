import type { CivilDate } from '../shared/civil-date.ts';

/** Easter Sunday of a year by the anonymous Gregorian computus (Meeus, Jones, Butcher). */
export function easterSunday(year: number): CivilDate {
  const goldenNumber = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const moonCorrection = Math.floor((8 * century + 13) / 25);
  const epact = (19 * goldenNumber + century - Math.floor(century / 4) - moonCorrection + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((goldenNumber + 11 * epact + 22 * weekday) / 451);
  const index = epact + weekday - 7 * late + 114;
  return `${padded(year, 4)}-${padded(Math.floor(index / 31), 2)}-${padded((index % 31) + 1, 2)}`;
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
