import type { Binding, Instance, Target } from './ledger.ts';
import type { Secret } from './seal.ts';

/** Called between two effects: rejects when the work is to end here, because a deletion came in between. */
export type Step = (name: string) => Promise<void>;

/** What stands behind a service. Every effect may be repeated: a crash leaves it unknown how far one came. */
export interface Provider {
  /** Makes an instance; answers what is needed of it again. */
  provision(instance: Instance, step: Step): Promise<Secret | null>;
  /** Why the instance cannot become that now; null: it can. */
  refusal(instance: Instance, target: Target): Promise<string | null>;
  update(instance: Instance, target: Target, step: Step): Promise<Secret | null>;
  /** Removes an instance and all that hangs on it, whatever there is of it. */
  deprovision(instance: Instance, step: Step): Promise<void>;
  bind(instance: Instance, binding: Binding, step: Step): Promise<void>;
  unbind(instance: Instance, binding: Binding, step: Step): Promise<void>;
  /** What an application needs to use the instance by that binding. */
  access(instance: Instance, binding: Binding): Access;
}

export interface Access {
  readonly credentials: Readonly<Record<string, string | number>>;
  readonly endpoints: readonly { readonly host: string; readonly ports: readonly string[]; readonly protocol: 'tcp' }[];
}
