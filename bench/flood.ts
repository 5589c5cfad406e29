import { Agent, get } from 'node:http';

/**
 * Asks one address at a steady rate, whatever is answered, from a process of its own: `flood.ts <address> <token> <requests a second>`.
 * Begins and stops by message of its parent; at each stop it says how many were answered with what.
 */
const [address = '', token = '', rate = '0'] = process.argv.slice(2);
const TICK_MS = 10;
/** Beyond it the server is slower than the flood: more would only wait here. */
const MOST_OPEN = 500;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let answers: Record<string, number> = {};
let underWay = 0;
let timer: NodeJS.Timeout | undefined;

function ask(): void {
  if (underWay >= MOST_OPEN) return;
  underWay += 1;
  const done = (status: string) => {
    underWay -= 1;
    answers[status] = (answers[status] ?? 0) + 1;
  };
  get(address, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
    response.resume().on('end', () => { done(String(response.statusCode)); });
  }).on('error', () => { done('lost'); });
}

process.on('message', (message) => {
  clearInterval(timer);
  if (message === 'stop') {
    process.send?.(answers);
    answers = {};
    return;
  }
  let sent = 0;
  const start = performance.now();
  timer = setInterval(() => {
    for (const due = ((performance.now() - start) / 1_000) * Number(rate); sent < due; sent += 1) ask();
  }, TICK_MS);
});
