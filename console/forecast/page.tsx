import type { VNode } from 'preact';
import type { ForecastAnswer } from '../../api/forecasts/answer.ts';
import { GATES } from '../../domain/constitution/plan.ts';
import { THRESHOLD_PRESETS } from '../../domain/constitution/threshold.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { forecastPlot } from '../../simulation/forecast/plot.ts';
import { GATE_NAMES, STEP_NAMES } from '../../simulation/forecast/words.ts';
import { sayDate, sayNumber } from '../words/dates.ts';
import { FORECAST } from '../words/forecast.ts';
import type { Asked } from './asked.ts';

export interface ForecastPageParts {
  readonly asked: Asked;
  /** Null until it is asked. */
  readonly answer: ForecastAnswer | null;
  readonly faults: readonly string[];
  readonly language: Language;
}

type Outlook = Pick<ForecastAnswer, 'required' | 'gates' | 'decisive'>;
interface Part {
  readonly answer: ForecastAnswer;
  readonly language: Language;
}

const RUNS = ['40', '100', '200'] as const;
const LOCALES = { it: 'it-IT', en: 'en-GB' } as const;

/** The question, and what was found. */
export function ForecastPage({ asked, answer, faults, language }: ForecastPageParts): VNode {
  return (
    <>
      <p>{FORECAST.lead[language]}</p>
      {faults.length === 0 ? null : <div class="notice fault" role="alert"><p>{FORECAST.faults[language]}</p><ul>{faults.map((fault) => <li key={fault}>{fault}</li>)}</ul></div>}
      <Question asked={asked} language={language} />
      {answer === null ? null : (
        <>
          <Basis answer={answer} language={language} />
          <Found outlook={answer} title={FORECAST.result[language]} id="oggi" answer={answer} language={language} />
          {answer.shifted === null ? null : <Found outlook={answer.shifted} title={FORECAST.shifted[language]} id="ipotesi" answer={answer} language={language} />}
          <Steps answer={answer} language={language} />
        </>
      )}
    </>
  );
}

function Question({ asked, language }: { readonly asked: Asked; readonly language: Language }): VNode {
  const presets = THRESHOLD_PRESETS.map((preset) => [preset, FORECAST[preset][language]] as const);
  return (
    <form method="get" action="/previsione" class="data">
      <input type="hidden" name="calcola" value="si" />
      <Select name="soglia" label={FORECAST.threshold[language]} options={[['', FORECAST.asItStands[language]], ...presets]} value={asked.soglia} />
      <Select name="corse" label={FORECAST.runs[language]} help={FORECAST.runsHelp[language]} options={RUNS.map((runs) => [runs, runs])} value={asked.corse} />
      <Input name="seme" label={FORECAST.seed[language]} help={FORECAST.seedHelp[language]} value={asked.seme} mode="numeric" />
      <fieldset class="group">
        <legend>{FORECAST.whatIf[language]}</legend>
        <Input name="fermi" label={FORECAST.still[language]} value={asked.fermi} />
        <Input name="giorni" label={FORECAST.days[language]} value={asked.giorni} mode="numeric" />
        <Select name="traguardo" label={FORECAST.gate[language]} options={[['', FORECAST.none[language]], ...GATES.map((gate) => [gate, GATE_NAMES[gate][language]] as const)]} value={asked.traguardo} />
        <Input name="dal" label={FORECAST.from[language]} value={asked.dal} isDay />
        <Input name="al" label={FORECAST.to[language]} value={asked.al} isDay />
        <Select name="altra" label={FORECAST.otherThreshold[language]} options={[['', FORECAST.same[language]], ...presets]} value={asked.altra} />
      </fieldset>
      <p class="muted">{FORECAST.wait[language]}</p>
      <p class="actions"><button type="submit" class="btn btn-primary">{FORECAST.compute[language]}</button></p>
    </form>
  );
}

function Input({ name, label, help, value, isDay, mode }: { readonly name: string; readonly label: string; readonly help?: string; readonly value: string; readonly isDay?: boolean; readonly mode?: 'numeric' }): VNode {
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      {help === undefined ? null : <p class="help" id={`f-${name}-help`}>{help}</p>}
      {isDay === true ? <input id={`f-${name}`} name={name} type="date" value={value} />
        : <input id={`f-${name}`} name={name} type="text" value={value} inputMode={mode} autocomplete="off" aria-describedby={help === undefined ? undefined : `f-${name}-help`} />}
    </div>
  );
}

function Select({ name, label, help, options, value }: { readonly name: string; readonly label: string; readonly help?: string; readonly options: readonly (readonly [value: string, text: string])[]; readonly value: string }): VNode {
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      {help === undefined ? null : <p class="help" id={`f-${name}-help`}>{help}</p>}
      <select id={`f-${name}`} name={name} aria-describedby={help === undefined ? undefined : `f-${name}-help`}>
        {options.map(([of, text]) => <option key={of} value={of} selected={of === value}>{text}</option>)}
      </select>
    </div>
  );
}

function Basis({ answer: { runs, runsAsked, seed, asOf, until, error, comuni }, language }: Part): VNode {
  const said = filled(FORECAST.basis[language], {
    runs, seed, asOf: sayDate(asOf, language), until: sayDate(until, language), error: percent(error, language), in: comuni.in, way: comuni.onTheirWay, out: comuni.out,
  });
  return <p class="notice">{said} {runs < runsAsked ? filled(FORECAST.cut[language], { asked: runsAsked }) : ''}</p>;
}

function Found({ outlook, title, id, answer: { asOf, until }, language }: Part & { readonly outlook: Outlook; readonly title: string; readonly id: string }): VNode {
  const { required, gates, decisive: { on, met, comuni } } = outlook;
  const number = (value: number): string => sayNumber(value, language);
  const day = (value: string | null): string => (value === null ? FORECAST.later[language] : sayDate(value, language));
  const svg = Buffer.from(forecastPlot({ asOf, until, gates }, language, id)).toString('base64');
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{filled(FORECAST.needed[language], { members: number(required.members), population: number(required.population) })}</p>
      <img class="picture" src={`data:image/svg+xml;base64,${svg}`} alt={FORECAST.plot[language]} width={800} height={484} />
      <table class="table stack">
        <caption>{FORECAST.gates[language]}</caption>
        <thead><tr>{[FORECAST.name, FORECAST.planned, FORECAST.onTime, FORECAST.tenth, FORECAST.median, FORECAST.ninth].map((head) => <th scope="col" key={head.it}>{head[language]}</th>)}</tr></thead>
        <tbody>
          {gates.map(({ gate, plannedTo, reachedOn, onTime, p10, median, p90 }) => (
            <tr key={gate}>
              <th scope="row">{GATE_NAMES[gate][language]}</th>
              <td data-label={FORECAST.planned[language]}>{sayDate(plannedTo, language)}</td>
              <td data-label={FORECAST.onTime[language]}>{reachedOn === null
                ? <>{percent(onTime.probability, language)} <span class="small muted">{filled(FORECAST.interval[language], { low: percent(onTime.low, language), high: percent(onTime.high, language) })}</span></>
                : filled(FORECAST.reached[language], { on: sayDate(reachedOn, language) })}</td>
              <td data-label={FORECAST.tenth[language]}>{day(p10)}</td>
              <td data-label={FORECAST.median[language]}>{day(median)}</td>
              <td data-label={FORECAST.ninth[language]}>{day(p90)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{FORECAST.decisive[language]}</h3>
      <p>{filled(FORECAST.met[language], { on: sayDate(on, language), met: percent(met.probability, language) })} {comuni.length === 0 ? FORECAST.noneDecides[language] : ''}</p>
      {comuni.length === 0 ? null : (
        <table class="table stack">
          <caption class="visually-hidden">{FORECAST.decisive[language]}: {title}</caption>
          <thead><tr>{[FORECAST.comune, FORECAST.inhabitants, FORECAST.itself, FORECAST.ifIn, FORECAST.ifNot].map((head) => <th scope="col" key={head.it}>{head[language]}</th>)}</tr></thead>
          <tbody>
            {comuni.slice(0, SHOWN).map(({ body, name, population, itself, ifIn, ifNot }) => (
              <tr key={body}>
                <th scope="row">{name}</th>
                <td data-label={FORECAST.inhabitants[language]}>{number(population)}</td>
                <td data-label={FORECAST.itself[language]}>{percent(itself.probability, language)}</td>
                <td data-label={FORECAST.ifIn[language]}>{percent(ifIn.probability, language)}</td>
                <td data-label={FORECAST.ifNot[language]}>{percent(ifNot.probability, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const SHOWN = 20;

function Steps({ answer: { steps }, language }: Part): VNode {
  return (
    <>
      <h2>{FORECAST.steps[language]}</h2>
      <table class="table stack">
        <caption class="visually-hidden">{FORECAST.steps[language]}</caption>
        <thead><tr><th scope="col">{FORECAST.step[language]}</th><th scope="col">{FORECAST.by[language]}</th></tr></thead>
        <tbody>
          {steps.map(({ step, by, records, recorded, prior }) => (
            <tr key={step}>
              <th scope="row">{STEP_NAMES[step][language]}</th>
              <td data-label={FORECAST.by[language]}>{filled(FORECAST[by][language], { ...prior, n: records, median: recorded?.median ?? '–' })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function percent(share: number, language: Language): string {
  return share.toLocaleString(LOCALES[language], { style: 'percent', maximumFractionDigits: 1 });
}

function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, String(value)), text);
}
