import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhenResult, type CircuitBreakerPolicy } from 'cockatiel';
import type { BrokerPolicy } from './policy.ts';
import type { Reply } from './reply.ts';

/** A circuit for each broker: one that fails again and again is left alone for a while, then one request tries it. */
export class Circuits {
  private readonly policy: BrokerPolicy['circuit'];
  private readonly circuits = new Map<string, CircuitBreakerPolicy>();

  constructor(policy: BrokerPolicy['circuit']) {
    this.policy = policy;
  }

  /** Sends by the circuit of a broker; OPEN where it is left alone. */
  async by(broker: string, send: () => Promise<Reply>): Promise<Reply> {
    try {
      return await this.of(broker).execute(send);
    } catch (error) {
      if (error instanceof BrokenCircuitError) return { kind: 'OPEN' };
      throw error;
    }
  }

  private of(broker: string): CircuitBreakerPolicy {
    const { failures, restMs } = this.policy;
    const circuit = this.circuits.get(broker)
      ?? circuitBreaker(handleWhenResult((reply) => isFailure(reply as Reply)), { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(failures) });
    this.circuits.set(broker, circuit);
    return circuit;
  }
}

/** What says that the broker itself is not well; a refusal says that it is. */
function isFailure(reply: Reply): boolean {
  return reply.kind === 'FAULT' || (reply.kind === 'ANSWER' && reply.status >= 500);
}
