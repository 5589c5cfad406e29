import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { OperationKind } from './ledger.ts';

const OPERATIONS = ['provision', 'update', 'deprovision', 'bind', 'unbind'] as const;
const REQUESTS = ['catalogue', 'fetch', 'poll', ...OPERATIONS] as const;
export type Request = (typeof REQUESTS)[number];

const common = { name: z.string().min(1), on: z.array(z.enum(REQUESTS)).min(1), times: z.int().min(1).optional() };
/** Before the request does anything, or in place of its answer when all is done. */
const when = { when: z.enum(['before', 'after']).default('after') };
const inOperation = { ...common, on: z.array(z.enum(OPERATIONS)).min(1), step: z.string().optional() };

/** One thing that goes wrong. `times`: how often; without it always. */
const Fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('status'), ...common, ...when, status: z.int().min(200).max(599).default(500) }),
  z.strictObject({ kind: z.literal('wrong-json'), ...common, ...when }),
  z.strictObject({ kind: z.literal('wrong-shape'), ...common, ...when }),
  z.strictObject({ kind: z.literal('huge-body'), ...common, ...when, bytes: z.int().min(1).default(10_000_000_000) }),
  z.strictObject({ kind: z.literal('redirect-loop'), ...common, ...when }),
  z.strictObject({ kind: z.literal('slow-bytes'), ...common, ...when, everyMs: z.int().min(1).default(1000) }),
  z.strictObject({ kind: z.literal('drop'), ...common, ...when }),
  z.strictObject({ kind: z.literal('late'), ...common, ...when, ms: z.int().min(1) }),
  z.strictObject({ kind: z.literal('exit'), ...common, ...when }),
  z.strictObject({ kind: z.literal('lose-state'), ...common }),
  z.strictObject({ kind: z.literal('never-ends'), ...inOperation }),
  z.strictObject({ kind: z.literal('slow'), ...inOperation, ms: z.int().min(1) }),
  z.strictObject({ kind: z.literal('fail'), ...inOperation }),
  z.strictObject({ kind: z.literal('die'), ...inOperation }),
]);
type Fault = z.infer<typeof Fault>;
type OperationFault = Extract<Fault, { kind: 'never-ends' | 'slow' | 'fail' | 'die' }>;
type RequestFault = Exclude<Fault, OperationFault>;
const isInOperation = (fault: Fault): fault is OperationFault => ['never-ends', 'slow', 'fail', 'die'].includes(fault.kind);

const Faulty = z.array(Fault);

/** What the ledger does for faults. */
interface Memory {
  countFault(name: string): Promise<number>;
  lose(): Promise<void>;
}

/** Faults that tests of platforms order in a file, which is read anew at each request. Without a file there are none. */
export class Faults {
  readonly #file: string | null;
  readonly #memory: Memory;

  /** Throws when the file does not hold. */
  constructor(file: string | null, memory: Memory) {
    this.#file = file;
    this.#memory = memory;
    this.#read();
  }

  /** Whether the request was answered, wrongly, before anything was done. */
  async before(request: Request, reply: FastifyReply): Promise<boolean> {
    return this.#inRequest(request, 'before', reply);
  }

  /** Whether the request was answered, wrongly, after all was done. */
  async after(request: Request, reply: FastifyReply): Promise<boolean> {
    return this.#inRequest(request, 'after', reply);
  }

  /** Between two effects of an operation. */
  async inOperation(kind: OperationKind, step: string, signal: AbortSignal): Promise<void> {
    for (const fault of this.#read().filter(isInOperation)) {
      if (!fault.on.includes(kind) || (fault.step ?? 'begun') !== step || !(await this.#isDue(fault))) continue;
      if (fault.kind === 'die') process.kill(process.pid, 'SIGKILL');
      if (fault.kind === 'fail') throw new Error('a fault that was ordered');
      await sleep(fault.kind === 'slow' ? fault.ms : 2 ** 31 - 1, undefined, { signal });
    }
  }

  async #inRequest(request: Request, when: 'before' | 'after', reply: FastifyReply): Promise<boolean> {
    for (const fault of this.#read()) {
      if (isInOperation(fault) || !fault.on.some((name) => name === request) || ('when' in fault ? fault.when : 'before') !== when || !(await this.#isDue(fault))) continue;
      if (fault.kind === 'late') await sleep(fault.ms);
      else if (fault.kind === 'lose-state') await this.#memory.lose();
      else {
        await misbehave(fault, reply);
        return true;
      }
    }
    return false;
  }

  async #isDue({ name, times }: Fault): Promise<boolean> {
    return times === undefined || (await this.#memory.countFault(name)) <= times;
  }

  #read(): Fault[] {
    return this.#file === null ? [] : Faulty.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
  }
}

async function misbehave(fault: Exclude<RequestFault, { kind: 'late' | 'lose-state' }>, reply: FastifyReply): Promise<void> {
  switch (fault.kind) {
    case 'status': await reply.code(fault.status).send({ error: 'Ordered', description: 'A fault that was ordered.' }); return;
    case 'wrong-json': await reply.code(reply.statusCode).type('application/json').send('{"operation": "unfin'); return;
    case 'wrong-shape': await reply.send({ services: 'none', operation: 7, state: 'perhaps', credentials: 'secret' }); return;
    case 'redirect-loop': await reply.redirect(reply.request.url, 307); return;
    case 'huge-body': await reply.type('application/json').send(Readable.from(many(fault.bytes))); return;
    case 'slow-bytes': await reply.type('application/json').send(Readable.from(slowly(fault.everyMs))); return;
    case 'drop': reply.hijack(); reply.raw.destroy(); return;
    case 'exit': process.exit(1);
  }
}

const CHUNK = Buffer.alloc(65_536, ' ');

function* many(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= CHUNK.length) yield CHUNK.subarray(0, Math.min(left, CHUNK.length));
}

async function* slowly(everyMs: number): AsyncGenerator<Buffer> {
  for (;;) {
    yield Buffer.from(' ');
    await sleep(everyMs);
  }
}
