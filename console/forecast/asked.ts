import { ForecastRequest } from '../../api/forecasts/request.ts';
import { parseData } from '../../api/http/validation.ts';
import { GATES, type Gate } from '../../domain/constitution/plan.ts';

/** What the form of the page asks, as it was typed. */
export const FIELDS = ['soglia', 'corse', 'seme', 'fermi', 'giorni', 'traguardo', 'dal', 'al', 'altra'] as const;
export type Asked = Readonly<Record<(typeof FIELDS)[number], string>>;

/** Fewer than at the interface: a person waits. */
const DEFAULTS: Asked = { soglia: '', corse: '40', seme: '1', fermi: '', giorni: '30', traguardo: '', dal: '', al: '', altra: '' };

export function askedIn(query: unknown): Asked {
  const said = query as Readonly<Record<string, unknown>>;
  return Object.fromEntries(FIELDS.map((field) => [field, typeof said[field] === 'string' ? said[field].trim() : DEFAULTS[field]])) as Asked;
}

/** The request that the interface takes. Throws Problem. */
export function requestOf({ soglia, corse, seme, fermi, giorni, traguardo, dal, al, altra }: Asked): ForecastRequest {
  const codes = fermi.split(/[\s,;]+/).filter((code) => code !== '');
  const shift = {
    ...(codes.length === 0 ? {} : { delays: codes.map((body) => ({ body, days: numberIn(giorni) })) }),
    ...(isGate(traguardo) ? { plan: { [traguardo]: { from: dal, to: al } } } : {}),
    ...(altra === '' ? {} : { threshold: altra }),
  };
  return parseData(ForecastRequest, { ...(soglia === '' ? {} : { threshold: soglia }), runs: numberIn(corse), seed: numberIn(seme), ...(Object.keys(shift).length === 0 ? {} : { shift }) });
}

function isGate(name: string): name is Gate {
  return (GATES as readonly string[]).includes(name);
}

/** What is no number stays as it is, for the schema to name it. */
function numberIn(text: string): number | string {
  return /^\d{1,10}$/.test(text) ? Number(text) : text;
}
