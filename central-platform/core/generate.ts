import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { openStore } from '../store/open-store.ts';
import { createVault } from '../vault.ts';
import { loadConfig } from '../config.ts';
import { fillCore } from './synthetic/fill.ts';

/**
 * Fills the synthetic core: node central-platform/core/generate.ts --depositors 100000 --seed 1
 * Into the store of PLATFORM_CONFIG, or of --data-dir (with a secret of its own) or DATABASE_URL.
 */
const { values } = parseArgs({
  options: {
    depositors: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    today: { type: 'string', default: shanghaiDate(systemClock.now()) },
    'data-dir': { type: 'string', default: 'var/synthetic-core' },
  },
});

function place(): { dataDir: string; databaseUrl?: string | undefined; secret: string } {
  const databaseUrl = process.env['DATABASE_URL'];
  if (process.env['PLATFORM_CONFIG'] !== undefined) {
    const config = loadConfig();
    if (!config.ok) throw new Error(`${config.error.code} ${config.error.detail ?? ''}`);
    const secret = readFileSync(config.value.verificationSecretFile, 'utf8').trim();
    return { dataDir: config.value.dataDir, databaseUrl: config.value.databaseUrl, secret };
  }
  const dataDir = values['data-dir'];
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const secretFile = join(dataDir, 'verification-secret');
  if (!existsSync(secretFile)) writeFileSync(secretFile, randomBytes(32).toString('hex'), { mode: 0o600 });
  return { dataDir, databaseUrl, secret: readFileSync(secretFile, 'utf8').trim() };
}

const [depositors, seed] = [Number(values.depositors), Number(values.seed)];
if (!Number.isSafeInteger(depositors) || depositors < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write('--depositors takes a number from 1, --seed a whole number\n');
  process.exit(2);
}
const { secret, ...where } = place();
const opened = await openStore(where);
if (!opened.ok) {
  process.stderr.write(`${opened.error.code} ${opened.error.detail ?? ''}\n`);
  process.exit(1);
}
const begun = performance.now();
let told = 0;
const filled = await fillCore(opened.value.core, createVault(secret), {
  depositors,
  seed,
  today: values.today,
  progress(done) {
    if (done - told < 10_000) return;
    told = done;
    process.stderr.write(`${done} depositors, ${Math.round((performance.now() - begun) / 1000)} s\n`);
  },
});
await opened.value.close();
const seconds = Math.round(performance.now() - begun) / 1000;
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify({ ...filled, seconds, megabytes })}\n`);
