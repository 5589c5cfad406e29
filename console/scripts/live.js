/*
 * Follows what changes while a page is open. A page to read is brought up to date in place: where the focus is, what is typed and
 * what is folded open stays. A form is not touched: it says that the case has changed, and what can be done about it.
 * Without this script a page shows what there was when it was asked for, and a form is checked when it is sent.
 */
(() => {
  const region = document.getElementById('novita');
  if (region === null || !('EventSource' in window)) return;
  const { changes, mode, words, one, many, behind, ended, again, look } = region.dataset;
  const SOON_MS = 250;
  const RETRY_MS = 30_000;
  const MOST_RETRIES = 10;

  let source = null;
  let last = region.dataset.after;
  let pending = [];
  let timer = null;
  let retries = 0;
  let names = null;
  let stopped = false;

  const connect = () => {
    if (source !== null || stopped || document.hidden) return;
    source = new EventSource(`${changes}?after=${last}`);
    source.addEventListener('change', (event) => {
      last = event.lastEventId;
      retries = 0;
      take(JSON.parse(event.data));
    });
    source.addEventListener('behind', (event) => {
      last = event.lastEventId;
      take(null);
    });
    source.addEventListener('end', () => {
      stopped = true;
      disconnect();
      say(ended);
    });
    source.addEventListener('error', () => {
      // The browser comes back by itself, but not where it was refused.
      if (source?.readyState !== EventSource.CLOSED) return;
      disconnect();
      retries += 1;
      if (retries <= MOST_RETRIES) setTimeout(connect, RETRY_MS * retries);
    });
  };
  const disconnect = () => {
    source?.close();
    source = null;
  };
  // Windows that nobody looks at hold no connection: a browser has few for one site.
  document.addEventListener('visibilitychange', () => { if (document.hidden) disconnect(); else connect(); });
  window.addEventListener('pagehide', disconnect);
  window.addEventListener('pageshow', connect);

  /** A change, or null: more than can be told. What the page shows already is none. */
  const take = (change) => {
    if (change !== null && region.dataset.version !== undefined && change.process === 'adhesion' && change.version <= Number(region.dataset.version)) return;
    pending.push(change);
    timer ??= setTimeout(() => { void show(); }, SOON_MS);
  };

  const show = async () => {
    timer = null;
    const taken = pending;
    pending = [];
    try {
      if (mode === 'form') warn(await sentence(taken));
      else if (await refresh()) say(await sentence(taken));
    } catch {
      // No network, or a server that starts again: what was missed is told once it is back.
      pending = [...taken, ...pending];
      timer ??= setTimeout(() => { void show(); }, RETRY_MS);
    }
  };

  /** What changed, in words. */
  const sentence = async (taken) => {
    if (taken.includes(null)) return behind;
    names ??= await (await fetch(words)).json();
    const cases = [...new Set(taken.map((change) => change.case))];
    const what = [...new Set(taken.map((change) => withinSentence(names[change.type] ?? change.type)))].join('; ');
    return cases.length === 1 ? one.replace('{what}', what).replace('{case}', cases[0]) : many.replace('{n}', String(cases.length));
  };

  const withinSentence = (text) => text.charAt(0).toLowerCase() + text.slice(1);

  /** Brings the page up to date. False when there is nobody signed on any more, who is told so. */
  const refresh = async () => {
    const answer = await fetch(location.href, { headers: { 'X-Refresh': '1', Accept: 'text/html' }, redirect: 'manual', cache: 'no-store' });
    if (answer.type === 'opaqueredirect' || answer.status === 401) {
      stopped = true;
      disconnect();
      say(ended);
      return false;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const main = fresh.querySelector('main');
    if (main === null) return false;
    const focused = identity(document.activeElement);
    Idiomorph.morph(document.querySelector('main'), main, {
      ignoreActiveValue: true,
      callbacks: {
        // A form that somebody has begun to fill in stays as it is.
        beforeNodeMorphed: (old) => !(old instanceof HTMLFormElement && isTouched(old)),
        beforeNodeRemoved: (old) => !(old instanceof HTMLFormElement && isTouched(old)),
        beforeAttributeUpdated: (name, old) => !(name === 'open' && old instanceof HTMLDetailsElement),
      },
    });
    const stands = fresh.getElementById('novita')?.dataset.version;
    if (stands !== undefined) region.dataset.version = stands;
    keepFocus(focused);
    return true;
  };

  const isTouched = (form) => [...form.elements].some((control) => (
    control instanceof HTMLSelectElement ? [...control.options].some((option) => option.selected !== option.defaultSelected) && control.selectedIndex > 0
      : control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type) ? control.checked !== control.defaultChecked
        : 'defaultValue' in control && control.type !== 'hidden' && control.value !== control.defaultValue));

  /** What a control is for: where a list has moved on, the focus must not stand on another one. */
  const identity = (element) => (
    element === null || element.closest?.('main') === null || element.tagName === 'MAIN' ? null
      : [element.tagName, element.getAttribute('href'), element.getAttribute('name'), element.tagName === 'A' || element.tagName === 'BUTTON' || element.tagName === 'SUMMARY' ? element.textContent : element.id].join('\n'));
  const keepFocus = (wanted) => {
    if (wanted === null || identity(document.activeElement) === wanted) return;
    const main = document.querySelector('main');
    const same = [...main.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]')].find((element) => identity(element) === wanted);
    (same ?? main).focus({ preventScroll: true });
  };

  const say = (text) => { region.replaceChildren(paragraph(text)); };

  /** Said before a form is sent: what was typed stays, here and when the form is asked for anew. */
  const warn = (text) => {
    const form = document.querySelector('main form[method=post]');
    const notice = document.createElement('div');
    notice.className = 'notice warn';
    notice.append(paragraph(text));
    const actions = document.createElement('p');
    actions.className = 'actions';
    if (form !== null) {
      form.id ||= 'modulo';
      const button = document.createElement('button');
      Object.assign(button, { type: 'submit', name: 'step', value: 'check', className: 'btn btn-outline-primary', textContent: again });
      button.setAttribute('form', form.id);
      actions.append(button);
    }
    const link = document.createElement('a');
    Object.assign(link, { href: region.dataset.page, target: '_blank', rel: 'noopener', textContent: look });
    actions.append(link);
    notice.append(actions);
    region.replaceChildren(notice);
  };

  const paragraph = (text) => {
    const element = document.createElement('p');
    element.textContent = text;
    return element;
  };

  connect();
})();
