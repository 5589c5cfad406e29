import type { VNode } from 'preact';
import type { Context } from '../../api/context.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { feedPosition } from '../../api/http/feed-cursor.ts';
import { assetPath } from '../assets.ts';
import { LIVE } from '../words/live.ts';

/** What a page that is open follows. */
export interface Live {
  /** The case that the page shows, and the version that it shows; null: it shows many. */
  readonly of: { readonly id: string; readonly version: number } | null;
  /** Position of the feed before the page was read. */
  readonly after: string;
  /** A page to read is brought up to date; a form is left as it is, and says that the case has changed. */
  readonly mode: 'read' | 'form';
}

/** To be asked before anything that the page shows is read: so no change falls between. */
export async function positionNow({ changes }: Pick<Context, 'changes'>): Promise<string> {
  return feedPosition(await changes.head());
}

/** Where changes are said, empty at first, with what the script needs to know; it is on the page before anything is said in it. */
export function News({ live: { of, after, mode }, language }: { readonly live: Live; readonly language: Language }): VNode {
  const words = of === null ? LIVE.list : LIVE.case;
  return (
    <div
      id="novita" class="news container" aria-live="polite"
      data-changes={of === null ? '/v1/changes' : `/v1/adhesions/${of.id}/changes`} data-after={after} data-mode={mode} data-version={of?.version} data-page={of === null ? '/' : `/pratiche/${of.id}`}
      data-words={assetPath(`events-${language}.json`)} data-one={mode === 'form' ? LIVE.form[language] : words[language]} data-many={LIVE.many[language]} data-behind={LIVE.behind[language]}
      data-ended={LIVE.ended[language]} data-again={LIVE.again[language]} data-look={LIVE.look[language]}
    />
  );
}
