/*
 * A file is chosen, the session ends, the file is lost: browsers give no page a file back. So who is not signed on any more is told
 * before the form is sent, as soon as a file is chosen, and signs on in another tab; the file stays chosen here. Without this script
 * the form is sent, and the answer says that the file was not taken.
 */
(() => {
  const form = document.querySelector('form[enctype="multipart/form-data"]');
  const notice = document.getElementById('scaduto');
  if (form === null || notice === null) return;

  const { page } = notice.dataset;
  const file = form.elements.namedItem('file');
  // Who signed on again, in another tab, has another token than this page was sent with.
  let wasAway = false;
  let isSending = false;
  let isChecked = false;

  const isSignedOn = async () => {
    const { type, status } = await fetch(page, { method: 'HEAD', redirect: 'manual', cache: 'no-store' });
    return type !== 'opaqueredirect' && status !== 401;
  };

  /** Shows the notice to who is not signed on. Where the network fails the browser says so itself, when the form is sent. */
  const check = async () => {
    const may = await isSignedOn().catch(() => true);
    if (notice.hidden !== may) notice.hidden = may;
    if (!may) wasAway = true;
    return may;
  };

  const takeToken = async () => {
    const answer = await fetch(page, { cache: 'no-store', headers: { accept: 'text/html' } });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const token = fresh.querySelector('form[enctype="multipart/form-data"] input[name="csrf"]');
    if (token !== null) form.elements.namedItem('csrf').value = token.value;
  };

  /** By its button, of which a form may have several. */
  const send = async (button) => {
    if (isSending) return;
    isSending = true;
    if (await check()) {
      if (wasAway) await takeToken().catch(() => {});
      isChecked = true;
      form.requestSubmit(button);
    } else {
      isSending = false;
      notice.focus();
    }
  };

  form.addEventListener('submit', (event) => {
    // Without a file nothing is lost: the answer keeps what was typed.
    if (isChecked || file.files.length === 0) {
      isChecked = false;
      return;
    }
    event.preventDefault();
    void send(event.submitter);
  });
  file.addEventListener('change', () => void check());
  document.addEventListener('visibilitychange', () => {
    wasAway = true;
    if (!document.hidden && !notice.hidden) void check();
  });
  // A page that comes back from the history was sent before.
  window.addEventListener('pageshow', ({ persisted }) => { if (persisted) isSending = false; });
})();
