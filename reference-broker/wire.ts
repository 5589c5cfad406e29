import { z } from 'zod';
import { badRequest } from './errors.ts';

/** What platforms send. Unknown members are left out: receivers MUST ignore them (section Vendor Extension Fields). */
const text = z.string().min(1).max(500).refine((value) => !value.includes('\u0000'), { error: 'must not hold a NUL' });
const record = z.record(z.string(), z.unknown());
const MaintenanceInfo = z.object({ version: z.string() });

export const InstanceId = z.object({ instance: text });
export const BindingId = InstanceId.extend({ binding: text });

export type ProvisionBody = z.infer<typeof ProvisionBody>;
export const ProvisionBody = z.object({
  service_id: text, plan_id: text, organization_guid: text, space_guid: text,
  context: record.optional(), parameters: record.optional(), maintenance_info: MaintenanceInfo.optional(),
});

export type UpdateBody = z.infer<typeof UpdateBody>;
export const UpdateBody = z.object({
  service_id: text, plan_id: text.optional(), context: record.optional(), parameters: record.optional(),
  previous_values: record.optional(), maintenance_info: MaintenanceInfo.optional(),
});

export type BindBody = z.infer<typeof BindBody>;
/** A successor takes service, plan and parameters of its predecessor (section Request (Rotating a Service Binding)). */
export const BindBody = z.union([
  z.object({ predecessor_binding_id: text, service_id: text.optional(), plan_id: text.optional(), parameters: record.optional(), bind_resource: record.optional() }),
  z.object({
    predecessor_binding_id: z.undefined().optional(), service_id: text, plan_id: text, parameters: record.optional(), app_guid: text.optional(),
    bind_resource: z.object({ app_guid: text.optional() }).loose().optional(), context: record.optional(),
  }),
]);

const truth = z.enum(['true', 'false'], { error: 'must be true or false' });
export const Async = z.object({ accepts_incomplete: truth.optional() });
export type DeleteQuery = z.infer<typeof DeleteQuery>;
export const DeleteQuery = Async.extend({ service_id: text, plan_id: text });
export const Hints = z.object({ service_id: text.optional(), plan_id: text.optional() });
export const PollQuery = Hints.extend({ operation: text.optional() });

/** `Platform base64(JSON object)` (section Originating Identity). */
export const OriginatingIdentity = z.string().max(4_096).regex(/^\S+ [A-Za-z0-9+/_-]+={0,2}$/).refine((header) => isObject(header.slice(header.indexOf(' ') + 1)));

function isObject(base64: string): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** What was sent, as the schema has it; throws 400 with the names of what is wrong. */
export function parse<Schema extends z.ZodType>(schema: Schema, given: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap((issue) => (issue.code === 'invalid_union' ? (issue.errors.at(-1) ?? []) : [issue]));
  throw badRequest(issues.map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`).join('; ').slice(0, 1000));
}
