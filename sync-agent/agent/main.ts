import { loadConfig } from '@kiosk/contract/config-file.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { forgetSoon, keepNoPool } from '@kiosk/contract/kernel/forget.ts';
import packageJson from '../package.json' with { type: 'json' };
import { startAgent } from './agent.ts';
import { jsonLog } from './log.ts';

keepNoPool();
const log = jsonLog(systemClock, (line) => process.stderr.write(line));

const loaded = loadConfig();
if (!loaded.ok) {
  log('config.unusable', { code: loaded.error.code, detail: loaded.error.detail });
  process.exit(1);
}
const agent = await startAgent({
  config: loaded.value.config,
  token: loaded.value.token,
  version: packageJson.version,
  clock: systemClock,
  random: Math.random,
  log,
  // Whoever supervises this program starts it again; every check of a start is made over the new file.
  onRejoined: () => end(),
  onJournalUsable: () => end(),
  onLeft: forgetSoon(systemClock),
});
if (!agent.ok) {
  log('start.failed', { code: agent.error.code, detail: agent.error.detail });
  process.exit(1);
}

const { stop } = agent.value;
let stopping = false;
function end(): void {
  if (stopping) return;
  stopping = true;
  void stop().then(() => process.exit(0));
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end);
