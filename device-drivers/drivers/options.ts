import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { wrongFields } from '@kiosk/contract/kernel/wrong-fields.ts';
import type { z } from 'zod';

/** The options of a device, defaults filled in. Error: E8101 with field, value and what is allowed. */
export function readOptions<S extends z.ZodType>(device: string, schema: S, options: unknown): Result<z.output<S>> {
  const read = schema.safeParse(options);
  if (read.success) return ok(read.data);
  return fail('E8101', wrongFields(read.error, schema, options, `${device}.options`));
}
