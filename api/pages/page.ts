import type { FastifyReply } from 'fastify';

/** Text that is HTML already; anything else is escaped where it is put in. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | readonly Html[];

/** HTML from a template; what is put into it is escaped unless it is Html itself. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(template.reduce((text, fixed, index) => `${text}${render(parts[index - 1] ?? '')}${fixed}`));
}

function render(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('\n');
  return String(part).replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
}

export interface Page {
  readonly title: string;
  readonly main: Html;
  /** Other origins that its forms may lead to. */
  readonly formTargets?: readonly string[];
}

/** Sends a page that is whole without script, and asks nothing of anybody else. */
export function sendPage(reply: FastifyReply, status: number, { title, main, formTargets = [] }: Page): FastifyReply {
  const { text } = html`<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Associa</title>
<link rel="stylesheet" href="/pages.css">
</head>
<body>
<a class="skip" href="#contenuto">Vai al contenuto</a>
<header><p>Associa · Adesione dei comuni alla gestione associata dell'ICT</p></header>
<main id="contenuto">
<h1>${title}</h1>
${main}
</main>
<footer><p>Agenzia Digitale Metropolitana</p></footer>
</body>
</html>
`;
  return reply.code(status).headers({
    'Content-Language': 'it',
    'Content-Security-Policy': `default-src 'none'; style-src 'self'; form-action ${["'self'", ...formTargets].join(' ')}; base-uri 'none'; frame-ancestors 'none'`,
    // Without any referrer a browser would not say where a form comes from, and the form be refused.
    'Referrer-Policy': 'same-origin',
  }).type('text/html; charset=utf-8').serializer(String).send(text);
}

/** The one stylesheet of the pages. */
export const STYLESHEET = `
body { margin: 0 auto; max-width: 60rem; padding: 0 1rem; font: 1.125rem/1.5 system-ui, sans-serif; color: #17324d; background: #fff; }
header, footer { border-color: #5c6f82; border-style: solid; border-width: 0 0 1px; }
footer { border-width: 1px 0 0; margin-top: 2rem; }
a { color: #0059b3; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
.notice { border-left: .5rem solid #995c00; background: #fff5e5; padding: .5rem 1rem; }
ul.persons { list-style: none; padding: 0; display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr)); }
ul.persons button { width: 100%; height: 100%; text-align: left; }
button { min-height: 3rem; padding: .5rem 1rem; font: inherit; color: #fff; background: #0059b3; border: 2px solid #0059b3; border-radius: .25rem; cursor: pointer; }
button:hover { background: #003d7a; }
button span { display: block; }
input { min-height: 3rem; box-sizing: border-box; max-width: 100%; padding: .5rem; font: inherit; color: inherit; border: 2px solid #5c6f82; border-radius: .25rem; }
:focus-visible { outline: 3px solid #995c00; outline-offset: 2px; }
dt { font-weight: bold; }
`;
