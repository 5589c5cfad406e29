import type { CalendarData } from '../calendar.ts';

const FESTIVE_DAYS = 'L. 260/1949';

/**
 * The Italian calendar as it stands with L. 151/2025. The text of L. 260/1949 still lists San Giuseppe, Ascension, Corpus
 * Domini, Santi Pietro e Paolo and 4 November: abolished by L. 54/1977, so they are not here.
 *
 * Released data are never edited. A later law is a new file beside this one, entered in `calendars.ts`.
 */
export const CALENDAR_2026_1: CalendarData = {
  version: '2026.1',
  holidays: [
    { on: { day: '01-01' }, name: { it: 'Capodanno', en: "New Year's Day" }, law: FESTIVE_DAYS },
    { on: { day: '01-06' }, name: { it: 'Epifania', en: 'Epiphany' }, law: 'D.P.R. 792/1985' },
    { on: { day: '04-25' }, name: { it: 'Anniversario della Liberazione', en: 'Liberation Day' }, law: FESTIVE_DAYS },
    { on: { afterEaster: 1 }, name: { it: "Lunedì dell'Angelo", en: 'Easter Monday' }, law: FESTIVE_DAYS },
    { on: { day: '05-01' }, name: { it: 'Festa del lavoro', en: 'Labour Day' }, law: FESTIVE_DAYS },
    // From 1977 to 2000 it was kept on the first Sunday of June.
    { on: { day: '06-02' }, name: { it: 'Festa della Repubblica', en: 'Republic Day' }, law: 'L. 336/2000', fromYear: 2001 },
    { on: { day: '08-15' }, name: { it: 'Assunzione di Maria', en: 'Assumption' }, law: FESTIVE_DAYS },
    { on: { day: '10-04' }, name: { it: "San Francesco d'Assisi", en: 'Saint Francis of Assisi' }, law: 'L. 151/2025', fromYear: 2026 },
    { on: { day: '11-01' }, name: { it: 'Tutti i Santi', en: "All Saints' Day" }, law: FESTIVE_DAYS },
    { on: { day: '12-08' }, name: { it: 'Immacolata Concezione', en: 'Immaculate Conception' }, law: FESTIVE_DAYS },
    { on: { day: '12-25' }, name: { it: 'Natale', en: 'Christmas' }, law: FESTIVE_DAYS },
    { on: { day: '12-26' }, name: { it: 'Santo Stefano', en: "Saint Stephen's Day" }, law: FESTIVE_DAYS },
  ],
  patrons: {
    '015118': { day: '11-05', name: { it: 'San Magno', en: 'Saint Magnus' } },
    '015146': { day: '12-07', name: { it: "Sant'Ambrogio", en: 'Saint Ambrose' } },
  },
};
