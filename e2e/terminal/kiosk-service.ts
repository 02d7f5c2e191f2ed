import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Stack } from '@kiosk/tools/dev/stack.ts';

const PROGRAM = join(import.meta.dirname, '../../sync-agent/cli/kiosk-service.ts');

/** The technician's command as it is run on a kiosk, signed in with the secret of this installation. */
export async function kioskService(
  { configFile, installation, technician }: Stack,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly out: string; readonly problem: string }> {
  const secret = 'KIOSK_SECRET' in env ? [] : ['--secret-file', installation.technicianSecretFile];
  const child = spawn(process.execPath, [PROGRAM, ...args, ...secret], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, KIOSK_CONFIG: configFile, KIOSK_TECHNICIAN: technician.name, LC_ALL: 'en_US.UTF-8', ...env },
  });
  const closed = once(child, 'close');
  const [out, problem] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await closed) as [number | null];
  return { code, out, problem };
}
