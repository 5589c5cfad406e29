import { findPlan } from '../osb/catalog.ts';
import type { Catalogs } from './catalogs.ts';
import type { BrokerTarget } from './client.ts';
import type { BrokerPolicy } from './policy.ts';
import { backoff, pause, type Course } from './progress.ts';
import type { InstanceIds, Offered } from './requests.ts';
import { failure, type Failure } from './verdict.ts';

interface OfferParts {
  readonly catalogs: Catalogs;
  readonly policy: BrokerPolicy;
  readonly target: BrokerTarget;
  readonly course: Course;
  readonly ids: Pick<InstanceIds, 'serviceId' | 'planId'>;
}

/** What a broker offers under a plan, by its catalogue: asked for where something needs it, so that a call that only follows or removes needs none. */
export class Offer {
  private readonly parts: OfferParts;
  private known: Offered | undefined;

  constructor(parts: OfferParts) {
    this.parts = parts;
  }

  /** As it is known by now, or asked for as long as repetitions have time; who needs it later than that still has the time of a request. */
  async get(): Promise<Offered | Failure> {
    if (this.known !== undefined) return this.known;
    const { catalogs, policy, target, course, ids: { serviceId, planId } } = this.parts;
    const until = Math.max(course.progress.startedAt + policy.retryForMs, Date.now() + policy.requestMs);
    for (let tries = 0; ; tries += 1) {
      const answer = await catalogs.get(target, course.signal);
      if (answer.kind === 'CATALOG') {
        this.known = findPlan(answer.catalog, serviceId, planId);
        return this.known ?? failure({ code: 'BROKER_CATALOGUE_MISMATCH', status: 200 });
      }
      const { code, status, again, afterMs } = answer.failure;
      const wait = backoff(tries, policy, afterMs);
      // To read leaves nothing, whatever became of that request.
      if (!again || Date.now() + wait > until) return failure({ code, status });
      await pause(wait, course.signal);
    }
  }

  /** Asks anew, where the broker says that its catalogue has changed. */
  async renew(): Promise<void> {
    const { catalogs, target, course, ids: { serviceId, planId } } = this.parts;
    const answer = await catalogs.fetch(target, course.signal);
    this.known = (answer.kind === 'CATALOG' ? findPlan(answer.catalog, serviceId, planId) : undefined) ?? this.known;
  }

  /** How long an operation of the plan may take; undefined: the catalogue says nothing, or was never heard. */
  async maximumPollingMs(): Promise<number | undefined> {
    const { catalogs, target, course, ids: { serviceId, planId } } = this.parts;
    const answer = await catalogs.get(target, course.signal);
    const catalog = answer.kind === 'CATALOG' ? answer.catalog : catalogs.lastHeard(target);
    const seconds = catalog === undefined ? undefined : findPlan(catalog, serviceId, planId)?.plan.maximum_polling_duration;
    return seconds === undefined ? undefined : seconds * 1000;
  }
}
