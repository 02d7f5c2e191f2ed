import path from 'node:path';
import { loadConfig } from '@kiosk/contract/config-file.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { Failure } from '@kiosk/contract/kernel/result.ts';
import { stderrLog } from '../main/log.ts';
import { PageFiles } from '../main/page-files.ts';
import { SessionPool } from '../main/session-pool.ts';
import { PreviewServer } from './preview-server.ts';

/**
 * The kiosk's screen in a browser on this machine, for development and for machines without a display. Environment:
 * KIOSK_CONFIG. Prints `{"ready":true,"url":…}` on standard output. Refuses a production configuration (E8103).
 */
const EXIT_CONFIG = 78;
const log = stderrLog('preview');
const root = path.join(import.meta.dirname, '..', '..');

async function main(): Promise<void> {
  const loaded = loadConfig();
  if (!loaded.ok) return refuse(loaded.error);
  const { config } = loaded.value;
  if (config.mode === 'production') return refuse({ code: 'E8103', detail: 'preview of a production configuration' });

  const server = new PreviewServer({
    files: new PageFiles(path.join(root, 'dist', 'renderer')),
    act: (action) => pool.act(action),
  });
  const pool = new SessionPool({
    command: {
      node: process.env['KIOSK_NODE'] ?? process.execPath,
      entry: path.join(root, 'kiosk-app', 'session', 'main.ts'),
      env: process.env,
    },
    stage: server,
    clock: systemClock,
    log,
  });
  const stop = async (): Promise<void> => {
    await pool.stop();
    await server.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
  const url = await server.listen(config.preview?.port ?? 0);
  pool.start();
  process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
}

function refuse({ code, detail }: Failure): void {
  log('refused to start', { code, detail });
  process.exitCode = EXIT_CONFIG;
}

await main();
