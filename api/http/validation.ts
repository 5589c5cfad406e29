import type { FastifySchema, FastifySchemaCompiler } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';

/**
 * For routes whose body is checked by the handler in the order that the interface promises (which command, who may,
 * then the data): the schema of the body stands in the document only.
 */
export const looseBody: FastifySchemaCompiler<FastifySchema> = ({ schema, ...route }) => {
  if (route.httpPart === 'body' || !(schema instanceof z.ZodType)) return (value: unknown) => ({ value });
  return validatorCompiler({ schema, ...route });
};
