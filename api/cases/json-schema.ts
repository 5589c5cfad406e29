import { z } from 'zod';

const made = new Map<z.ZodType, object>();

/** The JSON Schema of a command's data, as forms and programs need it; made once. */
export function jsonSchemaOf(schema: z.ZodType): object {
  const present = made.get(schema);
  if (present !== undefined) return present;
  const { '$schema': _dialect, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' });
  made.set(schema, json);
  return json;
}
