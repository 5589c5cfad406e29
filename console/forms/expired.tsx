import type { VNode } from 'preact';
import type { Language } from '../../domain/shared/bilingual.ts';
import { SENDING } from '../words/case.ts';

/** The way to sign on again in another tab, from a page that keeps what was typed or chosen. */
export function SignOnAgain({ to, language }: { readonly to: string; readonly language: Language }): VNode {
  return <p><a href={`/login?${new URLSearchParams({ to }).toString()}`} target="_blank" rel="noopener">{SENDING.expiredSignOn[language]}</a></p>;
}

/**
 * What the script `upload` shows where nobody is signed on any more and a file is chosen; and, without script, that a file is
 * chosen anew then.
 */
export function FileNotice({ to, language }: { readonly to: string; readonly language: Language }): VNode {
  return (
    <>
      <div id="scaduto" class="notice warn" role="alert" tabIndex={-1} hidden data-page={to}>
        <p><strong>{SENDING.expired[language]}.</strong> {SENDING.expiredFile[language]}</p>
        <SignOnAgain to={to} language={language} />
      </div>
      <noscript><p class="help">{SENDING.expiredFileLater[language]}</p></noscript>
    </>
  );
}

/** Without script: the file that was sent came from nobody. */
export function FileLost({ to, language }: { readonly to: string; readonly language: Language }): VNode {
  return (
    <>
      <p>{SENDING.fileLost[language]}</p>
      <p class="actions"><a class="btn btn-primary" href={`/login?${new URLSearchParams({ to }).toString()}`}>{SENDING.fileAgain[language]}</a></p>
    </>
  );
}
