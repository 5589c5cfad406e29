import { render } from 'preact';
import { Dossier } from './dossier.tsx';

/** What is used of a browser. */
interface Element {
  readonly textContent: string | null;
  replaceChildren(): void;
}
declare const document: {
  readonly documentElement: { lang: string };
  title: string;
  getElementById(id: string): Element | null;
  querySelectorAll(selector: string): Iterable<{ open: boolean }>;
};
declare const navigator: { readonly language: string };
declare function addEventListener(type: 'beforeprint', listener: () => void): void;

const data = JSON.parse(document.getElementById('dossier')?.textContent ?? '{}') as Record<string, string>;
const files = new Map(Object.entries(data).map(([name, text]) => [name, Buffer.from(text)]));
const root = document.getElementById('page');
root?.replaceChildren();
render(
  <Dossier files={files} first={navigator.language.startsWith('en') ? 'en' : 'it'} told={(language, title) => {
    document.documentElement.lang = language;
    document.title = title;
  }} />,
  root as unknown as Parameters<typeof render>[1],
);
// On paper there is nothing to unfold.
addEventListener('beforeprint', () => { for (const details of document.querySelectorAll('details')) details.open = true; });
