import type { VNode } from 'preact';
import type { CampaignAction, CampaignLine, Counts } from '../../domain/campaign/index.ts';
import { campaignStage } from '../../domain/campaign/words.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import { CAMPAIGNS } from '../words/campaigns.ts';
import { commandTitle } from '../words/commands.ts';
import { sayInstant } from '../words/dates.ts';

/** The act of a campaign in words. */
export function actInWords(action: CampaignAction, language: Language): string {
  switch (action.kind) {
    case 'OPEN_ADHESION': return CAMPAIGNS.open[language];
    case 'REQUEST_MIGRATION': return `${CAMPAIGNS.request[language]} ${action.service}`;
    case 'ARCHIVE': return CAMPAIGNS.archive[language];
    case 'COMMAND': return commandTitle(action.command.type)[language];
  }
}

/** How far it is: a bar, and in words what the bar says. */
export function Progress({ counts, language }: { readonly counts: Counts; readonly language: Language }): VNode {
  const words = Object.entries(counts).reduce((text, [name, count]) => text.replace(`{${name}}`, String(count)), CAMPAIGNS.counts[language] as string);
  return (
    <span class="campaign-progress">
      <progress max={counts.total} value={counts.total - counts.pending} aria-label={CAMPAIGNS.progress[language]} />
      <span>{words}</span>
    </span>
  );
}

export function CampaignList({ campaigns, mayStart, language }: { readonly campaigns: readonly CampaignLine[]; readonly mayStart: boolean; readonly language: Language }): VNode {
  return (
    <>
      <p>{CAMPAIGNS.lead[language]}</p>
      {mayStart ? <p class="actions"><a class="btn btn-primary" href="/campagne/nuova">{CAMPAIGNS.new[language]}</a></p> : null}
      {campaigns.length === 0 ? <p>{CAMPAIGNS.none[language]}</p> : (
        <table class="table stack">
          <caption class="visually-hidden">{CAMPAIGNS.title[language]}</caption>
          <thead><tr><th scope="col">{CAMPAIGNS.name[language]}</th><th scope="col">{CAMPAIGNS.act[language]}</th><th scope="col">{CAMPAIGNS.state[language]}</th><th scope="col">{CAMPAIGNS.progress[language]}</th><th scope="col">{CAMPAIGNS.started[language]}</th></tr></thead>
          <tbody>
            {campaigns.map(({ id, name, action, state, counts, preparedAt }) => (
              <tr key={id}>
                <th scope="row"><a class="text-wrap" href={`/campagne/${id}`}>{name}</a></th>
                <td data-label={CAMPAIGNS.act[language]}>{actInWords(action, language)}</td>
                <td data-label={CAMPAIGNS.state[language]}>{capital(campaignStage(state)[language])}</td>
                <td data-label={CAMPAIGNS.progress[language]}><Progress counts={counts} language={language} /></td>
                <td data-label={CAMPAIGNS.started[language]}>{sayInstant(preparedAt, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
