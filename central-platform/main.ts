import { loadConfig } from './config.ts';
import { startPlatform } from './platform.ts';

const config = loadConfig();
const started = config.ok ? await startPlatform(config.value) : config;
if (!started.ok) {
  process.stderr.write(`${JSON.stringify({ event: 'not started', ...started.error })}\n`);
  process.exit(1);
}
const { terminalUrl, publicUrl, consoleUrl, close } = started.value;

let closing = false;
const stop = (): void => {
  if (closing) return;
  closing = true;
  void close().then(() => process.exit(0));
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

// Last, so that whoever reads it may already ask for the end.
process.stdout.write(`${JSON.stringify({ ready: true, terminalUrl, publicUrl, consoleUrl })}\n`);
