import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhenResult, type CircuitBreakerPolicy } from 'cockatiel';
import type { Heard } from './contacts.ts';
import type { BrokerPolicy } from './policy.ts';
import type { Reply } from './reply.ts';
import { troubleOf } from './verdict.ts';

interface Circuit {
  readonly breaker: CircuitBreakerPolicy;
  /** In a row. */
  failures: number;
  /** null: closed. */
  openUntil: Date | null;
}

/** A circuit for each broker: one that fails again and again is left alone for a while, then one request tries it. */
export class Circuits {
  private readonly policy: BrokerPolicy['circuit'];
  private readonly note: (heard: Heard) => void;
  private readonly circuits = new Map<string, Circuit>();

  /** `note` is told of each request that was sent. */
  constructor(policy: BrokerPolicy['circuit'], note: (heard: Heard) => void) {
    this.policy = policy;
    this.note = note;
  }

  /** Sends by the circuit of a broker; OPEN where it is left alone. */
  async by(broker: string, send: () => Promise<Reply>): Promise<Reply> {
    const circuit = this.of(broker);
    try {
      const reply = await circuit.breaker.execute(send);
      const failure = troubleOf(reply);
      circuit.failures = failure === null ? 0 : circuit.failures + 1;
      this.note({ broker, at: new Date(), failure, failures: circuit.failures, openUntil: circuit.openUntil });
      return reply;
    } catch (error) {
      if (error instanceof BrokenCircuitError) return { kind: 'OPEN' };
      throw error;
    }
  }

  private of(broker: string): Circuit {
    const known = this.circuits.get(broker);
    if (known !== undefined) return known;
    const { failures, restMs } = this.policy;
    const breaker = circuitBreaker(handleWhenResult((reply) => troubleOf(reply as Reply) !== null), { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(failures) });
    const circuit: Circuit = { breaker, failures: 0, openUntil: null };
    breaker.onBreak(() => { circuit.openUntil = new Date(Date.now() + restMs); });
    breaker.onReset(() => { circuit.openUntil = null; });
    this.circuits.set(broker, circuit);
    return circuit;
  }
}
