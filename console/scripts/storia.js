/*
 * The slider over the events of a case: each place of it shows the case as it stood then, without leaving the page. Without this
 * script the slider stays hidden, and the form above asks for the same.
 */
(() => {
  const slider = document.getElementById('cursore');
  const input = document.getElementById('f-cursore');
  const said = document.getElementById('f-cursore-testo');
  const news = document.getElementById('annuncio');
  const form = document.getElementById('momento');
  if (slider === null || input === null || said === null || news === null || form === null) return;

  const SOON_MS = 200;
  let timer = null;
  let asking = null;

  const say = () => {
    const text = slider.dataset.text.replace('{n}', input.value).replace('{m}', input.max);
    said.textContent = text;
    input.setAttribute('aria-valuetext', text);
  };

  const show = async () => {
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams({ evento: input.value });
    const validOn = form.elements.namedItem('valido').value;
    if (validOn !== '') query.set('valido', validOn);
    const address = `${location.pathname}?${query}`;
    try {
      const answer = await fetch(address, { signal: asking.signal, headers: { accept: 'text/html' } });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const outcome = page.getElementById('esito');
      // A sign-on or an error has no such part: it is shown as the page that it is.
      if (outcome === null) return location.assign(address);
      document.getElementById('esito').replaceWith(document.adoptNode(outcome));
      form.elements.namedItem('evento').value = input.value;
      form.elements.namedItem('al').value = '';
      history.replaceState(null, '', address);
      news.textContent = document.querySelector('#esito .notice')?.textContent ?? '';
    } catch (error) {
      if (error.name !== 'AbortError') location.assign(address);
    }
  };

  input.addEventListener('input', () => {
    say();
    clearTimeout(timer);
    timer = setTimeout(show, SOON_MS);
  });
  say();
  slider.hidden = false;
})();
