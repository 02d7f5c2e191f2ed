import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';

/** One technician of this terminal: never a secret, only its slow hash (scrypt, RFC 7914). */
export const TechnicianEntry = z.object({
  name: z.string().min(1).max(40),
  saltBase64: z.base64(),
  hashBase64: z.base64(),
  N: z.number().int(),
  r: z.number().int(),
  p: z.number().int(),
});
export type TechnicianEntry = z.infer<typeof TechnicianEntry>;

export const TechniciansFile = z.object({ technicians: z.array(TechnicianEntry) });

/** E8101: missing or wrong; then nobody can sign in, and everything else works. */
export function readTechnicians(file: string): Result<readonly TechnicianEntry[]> {
  try {
    const parsed = TechniciansFile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? ok(parsed.data.technicians) : fail('E8101', 'technicians file: shape');
  } catch (error) {
    return fail('E8101', `technicians file: ${error instanceof SyntaxError ? 'not JSON' : 'not readable'}`);
  }
}
