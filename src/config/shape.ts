/**
 * What a schema expects at a place of the file: the keys that are possible there, and whether a number is wanted.
 *
 * Guarantees: read from the schemas themselves, so that messages cannot disagree with what is checked. Keys that are
 * only known to be refused (marked as deprecated) are never offered.
 */
import { z } from 'zod';

/** The part of JSON Schema that the configuration's schemas come to. */
export interface Shape {
  readonly type?: string;
  readonly deprecated?: boolean;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
}

export function shapeOf(schema: z.ZodType): Shape {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
}

/** `null` where the schema knows nothing of the place. */
export function shapeAt(shape: Shape, path: readonly PropertyKey[]): Shape | null {
  const [step, ...rest] = path;
  if (step === undefined) return shape;
  for (const choice of shape.anyOf ?? [shape]) {
    const { properties, additionalProperties, items } = choice;
    const key = String(step);
    const next =
      items ??
      (properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : additionalProperties);
    if (typeof next !== 'object') continue;
    const found = shapeAt(next, rest);
    if (found !== null) return found;
  }
  return null;
}

export function keysOf(shape: Shape): readonly string[] {
  return Object.entries(shape.properties ?? {}).flatMap(([key, { deprecated }]) =>
    deprecated === true ? [] : [key],
  );
}

export function wantsNumber({ type, anyOf }: Shape): boolean {
  return type === 'integer' || type === 'number' || (anyOf ?? []).some(wantsNumber);
}

/** In words: what a file of this schema contains. */
export function contentOf(shape: Shape): string {
  if (shape.type === 'array') return 'a list is expected';
  return `expected are the keys ${(shape.required ?? keysOf(shape)).join(', ')}`;
}
