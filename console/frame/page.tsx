import type { FastifyReply } from 'fastify';
import type { ComponentChildren, VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { assetPath } from '../assets.ts';
import { FRAME, ROLE_NAMES } from '../words/frame.ts';
import { News, type Live } from './live.tsx';
import { Navigation, type Section } from './navigation.tsx';
import type { Visit } from './visit.ts';

export interface Page {
  readonly title: string;
  readonly main: ComponentChildren;
  readonly status?: number;
  /** Pages above this one, outermost first. */
  readonly crumbs?: readonly { readonly href: string; readonly text: string }[];
  readonly section?: Section;
  /** Scripts of `console/scripts/` by name; the page is whole without them. */
  readonly scripts?: readonly string[];
  /** What the page follows while it is open, with the script `live`. */
  readonly live?: Live;
}

/** What a page with scripts may do beside: run ours, and ask us. */
const SCRIPTED = "; script-src 'self'; connect-src 'self'";
const POLICY = "default-src 'none'; style-src 'self'; font-src 'self' data:; img-src 'self' data:";

/** Sends a page in its frame: whole without script, and asking nothing of anybody else. */
export function sendPage(reply: FastifyReply, visit: Visit, page: Page): FastifyReply {
  return reply.code(page.status ?? 200).headers({
    'Content-Language': visit.language,
    Vary: 'Accept-Language, Cookie',
    'Content-Security-Policy': `${POLICY}${page.scripts === undefined ? '' : SCRIPTED}; form-action ${["'self'", ...visit.formTargets].join(' ')}; base-uri 'none'; frame-ancestors 'none'`,
    // Without any referrer a browser would not say where a form comes from, and the form be refused.
    'Referrer-Policy': 'same-origin',
  }).type('text/html; charset=utf-8').serializer(String).send(`<!doctype html>${render(<Document visit={visit} page={page} />)}`);
}

function Document({ visit, page }: { readonly visit: Visit; readonly page: Page }): VNode {
  const { language } = visit;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${page.title} · Associa`}</title>
        <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
        <link rel="preload" href={assetPath('titillium-web-regular.woff2')} as="font" type="font/woff2" crossorigin="anonymous" />
        <link rel="stylesheet" href={assetPath('bootstrap-italia.css')} />
        <link rel="stylesheet" href={assetPath('console.css')} />
        {page.scripts?.map((name) => <script src={assetPath(`${name}.js`)} defer key={name} />)}
      </head>
      <body>
        <a class="skip" href="#contenuto">{FRAME.skip[language]}</a>
        <Header visit={visit} section={page.section} />
        {page.live === undefined ? null : <News live={page.live} language={language} />}
        <main id="contenuto" class="container py-4" tabIndex={-1}>
          {page.crumbs === undefined ? null : <Crumbs crumbs={page.crumbs} here={page.title} label={FRAME.crumbs[language]} />}
          <h1>{page.title}</h1>
          {page.main}
        </main>
        <Footer visit={visit} />
      </body>
    </html>
  );
}

function Header({ visit, section }: { readonly visit: Visit; readonly section: Page['section'] }): VNode {
  const { language } = visit;
  return (
    <header class="console-header">
      <div class="console-slim">
        <div class="container">
          <span class="console-owner">{FRAME.agency[language]}</span>
          <div class="console-tools">
            <Languages visit={visit} />
            <Session visit={visit} />
          </div>
        </div>
      </div>
      <div class="console-centre">
        <div class="container">
          <div class="console-name"><a href="/">{FRAME.service[language]}</a></div>
          <div class="console-tagline">{FRAME.tagline[language]}</div>
        </div>
      </div>
      <Navigation visit={visit} section={section} />
    </header>
  );
}

function Languages({ visit: { language, path } }: { readonly visit: Visit }): VNode {
  const to = (lang: string) => `/lingua?${new URLSearchParams({ lang, to: path }).toString()}`;
  return (
    <ul class="console-languages" aria-label={FRAME.languages[language]}>
      <li><a href={to('it')} lang="it" hreflang="it" aria-current={language === 'it' ? 'true' : undefined}>Italiano</a></li>
      <li><a href={to('en')} lang="en" hreflang="en" aria-current={language === 'en' ? 'true' : undefined}>English</a></li>
    </ul>
  );
}

function Session({ visit: { language, person } }: { readonly visit: Visit }): VNode {
  if (person === null) return <a class="console-sign" href="/login">{FRAME.signOn[language]}</a>;
  return (
    <form class="console-session" method="post" action="/logout">
      <input type="hidden" name="csrf" value={person.csrf} />
      <span>{ROLE_NAMES[person.role][language]}{person.bodyName === null ? '' : ` · ${person.bodyName}`}</span>
      <button type="submit" class="console-sign">{FRAME.signOff[language]}</button>
    </form>
  );
}

function Crumbs({ crumbs, here, label }: { readonly crumbs: NonNullable<Page['crumbs']>; readonly here: string; readonly label: string }): VNode {
  return (
    <nav class="breadcrumb-container" aria-label={label}>
      <ol class="breadcrumb">
        {crumbs.map(({ href, text }) => <li class="breadcrumb-item" key={href}><a href={href}>{text}</a><span class="separator" aria-hidden="true">/</span></li>)}
        <li class="breadcrumb-item active" aria-current="page">{here}</li>
      </ol>
    </nav>
  );
}

function Footer({ visit: { language } }: { readonly visit: Visit }): VNode {
  return (
    <footer class="console-footer">
      <div class="container">
        <p><strong>{FRAME.agency[language]}</strong> · {FRAME.service[language]}</p>
        <ul aria-label={FRAME.links[language]}>
          <li><a href="/note-legali" data-element="legal-notes">{FRAME.legal[language]}</a></li>
          <li><a href="/privacy" data-element="privacy-policy-link">{FRAME.privacy[language]}</a></li>
          <li><a href="/accessibilita" data-element="accessibility-link">{FRAME.accessibility[language]}</a></li>
        </ul>
      </div>
    </footer>
  );
}
