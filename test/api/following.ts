/** An answer by server-sent events, read as it comes. */
export interface Following {
  readonly status: number;
  readonly headers: Headers;
  /** What has come; of a refused request its whole body. */
  readonly text: string;
  readonly events: readonly { readonly event: string; readonly id: string | undefined; readonly data: Readonly<Record<string, unknown>> }[];
  /** Settled when the other side has ended it. */
  readonly ended: Promise<void>;
  /** Waits for so many events; rejects when the answer ends before, or none comes for 10 s. */
  until(count: number): Promise<void>;
  stop(): void;
}

export async function follow(url: string, headers: Readonly<Record<string, string>>): Promise<Following> {
  const stopping = new AbortController();
  const answer = await fetch(url, { headers, signal: stopping.signal });
  let text = '';
  let wake = (): void => undefined;
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const bytes of answer.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      wake();
    }
  };
  let hasEnded = false;
  const ended = read().catch(() => undefined).then(() => { hasEnded = true; wake(); });
  if (answer.status !== 200) await ended;
  const events = (): Following['events'] => text.split('\n\n').slice(0, -1).flatMap((block) => {
    const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const));
    const event = fields.get('event');
    return event === undefined ? [] : [{ event, id: fields.get('id'), data: JSON.parse(fields.get('data') ?? '{}') as Record<string, unknown> }];
  });
  return {
    status: answer.status, headers: answer.headers, ended,
    get text() { return text; },
    get events() { return events(); },
    async until(count) {
      const deadline = Date.now() + 10_000;
      while (events().length < count) {
        if (hasEnded || Date.now() > deadline) throw new Error(`Only ${events().length} of ${count} events came: ${text}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 200);
          wake = () => { clearTimeout(timer); resolve(); };
        });
      }
    },
    stop: () => { stopping.abort(); },
  };
}
