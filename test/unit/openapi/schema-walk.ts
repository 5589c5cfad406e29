export type Path = readonly (string | number)[];
export type Schema = Readonly<Record<string, unknown>>;

/** Every schema inside a schema, itself first, each with the way to it; references are not followed. */
export function* schemasIn(schema: unknown, path: Path = []): Generator<{ readonly schema: Schema; readonly path: Path }> {
  if (!isObject(schema)) return;
  yield { schema, path };
  for (const name of ['items', 'not', 'additionalProperties']) yield* schemasIn(schema[name], [...path, name]);
  for (const name of ['allOf', 'anyOf', 'oneOf']) {
    const options = schema[name];
    if (!Array.isArray(options)) continue;
    for (const [index, option] of options.entries()) yield* schemasIn(option, [...path, name, index]);
  }
  for (const [name, property] of Object.entries(isObject(schema['properties']) ? schema['properties'] : {})) {
    yield* schemasIn(property, [...path, 'properties', name]);
  }
}

export function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
