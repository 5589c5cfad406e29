import type { VNode } from 'preact';
import type { Language } from '../../domain/shared/bilingual.ts';
import { inputsOf } from '../forms/fields.ts';
import { Fields, FaultSummary, NO_CHOICES, type Fault } from '../forms/form.tsx';
import type { Typed } from '../forms/read.ts';
import { CONSTITUTION } from '../words/constitution.ts';
import { PLAN, START_FIELDS, TERMS } from './asked.ts';

interface StartPageParts {
  readonly mayStart: boolean;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly csrf: string;
  readonly language: Language;
}

/** Where there is no path yet: the form that starts it, filled with the published programme. */
export function StartPage({ mayStart, typed, faults, csrf, language }: StartPageParts): VNode {
  const parts = { command: 'StartConstitution', typed, faults, choices: NO_CHOICES, language };
  return (
    <>
      <p>{CONSTITUTION.lead[language]}</p>
      <p>{CONSTITUTION.none[language]}</p>
      {mayStart ? (
        <form method="post" action="/costituzione" novalidate>
          <FaultSummary faults={faults} fields={inputsOf(START_FIELDS)} language={language} />
          <input type="hidden" name="csrf" value={csrf} />
          <Fields fields={TERMS} {...parts} />
          <details class="plan" open={faults.some(({ path = '' }) => path.startsWith('plan.'))}>
            <summary>{CONSTITUTION.planChoice[language]}</summary>
            <p class="small muted">{CONSTITUTION.startNote[language]}</p>
            <Fields fields={PLAN} {...parts} />
          </details>
          <p class="actions"><button type="submit" class="btn btn-primary">{CONSTITUTION.start[language]}</button></p>
        </form>
      ) : null}
    </>
  );
}
