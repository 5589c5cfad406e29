import { z } from 'zod';

/** The answers of a broker. What they hold beside is let through and not looked at, as the standard wants. */

const Operation = z.string().max(10_000).nullish();
const DashboardUrl = z.string().nullish();

/** 200 and 201 of provisioning, 200 of an update. */
export const InstanceAnswer = z.looseObject({ dashboard_url: DashboardUrl });
/** 202 of all that may take long. */
export const AsyncAnswer = z.looseObject({ dashboard_url: DashboardUrl, operation: Operation });
/** 200 of unbinding and deprovisioning. */
export const RemovedAnswer = z.looseObject({});

const Endpoint = z.looseObject({ host: z.string().min(1), ports: z.array(z.string()).min(1), protocol: z.enum(['tcp', 'udp', 'all']).optional() });
const VolumeMount = z.looseObject({
  driver: z.string(), container_dir: z.string(), mode: z.enum(['r', 'rw']), device_type: z.string(), device: z.looseObject({ volume_id: z.string() }),
});
const instant = z.iso.datetime({ offset: true });

/** 200 and 201 of a binding, and what fetching one gives. */
export const BindingAnswer = z.looseObject({
  metadata: z.looseObject({ expires_at: instant.optional(), renew_before: instant.optional() }).optional(),
  credentials: z.record(z.string(), z.json()).optional(),
  syslog_drain_url: z.string().nullish(),
  route_service_url: z.string().nullish(),
  volume_mounts: z.array(VolumeMount).nullish(),
  endpoints: z.array(Endpoint).nullish(),
});
export type BindingAnswer = z.infer<typeof BindingAnswer>;

/** What fetching an instance gives. */
export const InstanceFetched = z.looseObject({
  service_id: z.string().optional(), plan_id: z.string().optional(), dashboard_url: DashboardUrl, parameters: z.record(z.string(), z.json()).optional(),
});

/** What is said beside, and wrongly, is as if it was not said: it hides nothing. */
const said = { instance_usable: z.boolean().optional().catch(undefined), update_repeatable: z.boolean().optional().catch(undefined) };

export const LastOperation = z.looseObject({ state: z.enum(['in progress', 'succeeded', 'failed']), ...said });
export type LastOperation = z.infer<typeof LastOperation>;

/** Body of an error. `error` is one of four words, or the broker's own. */
export const ErrorAnswer = z.looseObject({ error: z.string().optional().catch(undefined), ...said });
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;
