import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import type { Bodies } from '../../api/bodies.ts';
import type { CampaignView, ItemView } from '../../domain/campaign/index.ts';
import { campaignStage, itemState } from '../../domain/campaign/words.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import type { AllowedItem } from '../../domain/shared/process.ts';
import { whyLinks } from '../case/why-link.tsx';
import { Pager } from '../frame/pager.tsx';
import { CAMPAIGNS } from '../words/campaigns.ts';
import { CONSTITUTION } from '../words/constitution.ts';
import { sayInstant } from '../words/dates.ts';
import { saySentence } from '../words/sentences.ts';
import { actInWords, Progress } from './parts.tsx';

export const ROWS_A_PAGE = 100;
const ORDER = ['FAILED', 'UNDER_WAY', 'PENDING', 'SKIPPED', 'DONE'] as const;

export interface CampaignPageParts {
  readonly view: CampaignView;
  readonly allowed: readonly AllowedItem[];
  /** Why a comune was skipped or failed, by its code. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly bodies: Bodies;
  readonly page: number;
  readonly csrf: string;
  readonly language: Language;
}

/** One campaign: how far it is, what may be done with it, and what became of each case. */
export function CampaignPage({ view, allowed, reasons, bodies, page, csrf, language }: CampaignPageParts): VNode {
  const { id, state, counts, pace, preparedAt, action, waitingFor } = view;
  const facts: readonly (readonly [string, VNode | string])[] = [
    [CAMPAIGNS.state[language], <>{capital(campaignStage(state)[language])}{whyLinks({ path: `/campagne/${id}`, view, language })('state')}</>],
    [CAMPAIGNS.act[language], actInWords(action, language)],
    [CAMPAIGNS.pace[language], CAMPAIGNS.paceOf[language].replace('{perMinute}', String(pace.perMinute)).replace('{parallel}', String(pace.parallel))],
    [CAMPAIGNS.started[language], sayInstant(preparedAt, language)],
    [CAMPAIGNS.progress[language], <Progress counts={counts} language={language} />],
  ];
  const open = allowed.filter((item) => item.allowed);
  const items = view.items.toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
  const pages = Math.ceil(items.length / ROWS_A_PAGE);
  return (
    <>
      <dl class="facts">{facts.map(([term, text]) => <div key={term}><dt>{term}</dt><dd>{text}</dd></div>)}</dl>
      {waitingFor.filter(({ who }) => who === 'OPERATOR').flatMap((item) => item.reasons.map(({ message }) => <p class="notice warn" key={message.it}>{message[language]}</p>))}
      {open.length === 0 ? null : (
        <>
          <h2>{CAMPAIGNS.steer[language]}</h2>
          <div class="actions">
            {open.map(({ command }) => (
              <form method="post" action={`/campagne/${id}/comandi/${command}`} key={command}>
                <input type="hidden" name="csrf" value={csrf} />
                <input type="hidden" name="commandId" value={randomUUID()} />
                <button type="submit" class={command === 'Cancel' ? 'btn btn-outline-danger' : 'btn btn-primary'}>{CAMPAIGNS[command as 'Pause'][language]}</button>
              </form>
            ))}
          </div>
        </>
      )}
      <p><a href={`/campagne/${id}`}>{CAMPAIGNS.refresh[language]}</a> · <a href={`/campagne/${id}/eventi`}>{CONSTITUTION.events[language]}</a></p>
      <h2 id="elenco">{CAMPAIGNS.items[language]}</h2>
      <Items view={view} items={items.slice((page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE)} reasons={reasons} bodies={bodies} language={language} />
      <Pager page={Math.min(page, pages)} pages={pages} to={(to) => `/campagne/${id}?pagina=${to}#elenco`} label={CAMPAIGNS.pages[language]} language={language} />
    </>
  );
}

function Items({ view: { id, workflowId }, items, reasons, bodies, language }: { readonly items: readonly ItemView[] } & Pick<CampaignPageParts, 'view' | 'reasons' | 'bodies' | 'language'>): VNode {
  // Of thousands of items each link needs its own only.
  const why = (item: ItemView) => whyLinks({ path: `/campagne/${id}`, view: { workflowId, items: [item] }, nameOf: (code) => bodies.find(code)?.name, language });
  return (
    <table class="table stack">
      <caption class="visually-hidden">{CAMPAIGNS.items[language]}</caption>
      <thead><tr><th scope="col">{CAMPAIGNS.comune[language]}</th><th scope="col">{CAMPAIGNS.outcome[language]}</th><th scope="col">{CAMPAIGNS.why[language]}</th><th scope="col">{CAMPAIGNS.case[language]}</th></tr></thead>
      <tbody>
        {items.map(({ body, state, code, adhesion }) => (
          <tr key={body}>
            <th scope="row">{bodies.find(body)?.name ?? body}</th>
            <td data-label={CAMPAIGNS.outcome[language]}>{capital(itemState(state)[language])}</td>
            <td data-label={CAMPAIGNS.why[language]}>{code === undefined ? '–' : <>{saySentence(reasons.get(body) ?? code, language)}{why({ body, state, code })(`items.${body}.code`)}</>}</td>
            <td data-label={CAMPAIGNS.case[language]}>{adhesion === undefined ? '–' : <a href={`/pratiche/${adhesion}`}>{adhesion}</a>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
