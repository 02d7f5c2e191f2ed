import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXTRA_DEVICES } from '@kiosk/testbench/bench/machine.ts';
import { type Display, displayOrVirtual } from '../display.ts';
import { findElectronRuntime } from '../electron-runtime.mjs';
import { clearLeftovers, rememberRun } from './leftovers.ts';
import { type Stack, startStack } from './stack.ts';

/** npm start: the whole terminal with simulated devices and the platform, until Ctrl+C. */
const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: join(root, 'var/dev') },
    'no-window': { type: 'boolean', default: false },
    once: { type: 'boolean', default: false },
  },
});
const began = performance.now();
const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
const say = (text = '') => process.stdout.write(text + '\n');

mkdirSync(values.dir, { recursive: true });
await clearLeftovers(values.dir);

let display: Display | undefined;
let stack: Stack | undefined;
let stopping = false;
const broken = new AbortController();

async function stop(code: number): Promise<never> {
  if (stopping) return new Promise(() => {});
  stopping = true;
  say('\nStopping …');
  await stack?.stop();
  await display?.stop();
  say('Stopped; no process left behind.');
  process.exit(code);
}
/** Before the terminal is up, breaking off ends what has started; the failure that follows stops the rest. */
const onSignal = () => (stack ? void stop(0) : broken.abort());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

const runtime = values['no-window'] ? undefined : await findElectronRuntime();
const virtual = !process.env['DISPLAY'];
if (runtime) {
  display = await displayOrVirtual().catch((error: unknown) => {
    say(`No display: ${error instanceof Error ? error.message : String(error)}. The preview shows the same screen.`);
    return undefined;
  });
}
const asRoot = process.getuid?.() === 0;
try {
  stack = await startStack({
    dir: values.dir,
    ports: { bench: 8700, preview: 8701, platform: 8702, console: 8703 },
    preview: true,
    console: true,
    signal: broken.signal,
    extras: EXTRA_DEVICES,
    ...(runtime && display
      ? {
          window: {
            executable: runtime.executable,
            // Chromium refuses its sandbox to root; a kiosk runs as a user of its own and never passes this.
            args: [...(asRoot ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-dev-shm-usage', root],
            env: display.env,
          },
        }
      : {}),
  });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  await stop(broken.signal.aborted ? 0 : 1);
  throw error;
}
rememberRun(values.dir, stack);

say();
say(`The terminal is up after ${seconds()}.`);
say();
if (stack.previewUrl) say(`  Screen      ${stack.previewUrl}${virtual ? '   (the same screen as the window)' : ''}`);
say(`  Test bench  ${stack.bench.url}   lay cards, cut the line, break printers, see paper`);
say(`  Platform    ${stack.publicUrl}/verify   check a printed document`);
if (stack.consoleUrl) {
  say(
    `  Console     ${stack.consoleUrl}   ${stack.staff.login}, wang.min, li.qiang, zhao.jie or sun.hua / ${stack.staff.secret}`,
  );
}
say(
  `  Technician  ${stack.technician.name} / ${stack.technician.secret}   hold the emblem for 5 seconds, or npm run kiosk-service`,
);
say(
  runtime && display
    ? `  Window      Electron ${runtime.version}${runtime.testOnly ? ', test-only runtime' : ''}, ${virtual ? 'on a virtual display' : 'on your display'}`
    : `  Window      none${runtime ? '' : ': no Electron runtime on this machine'}`,
);
say(`  Data, logs  ${values.dir}`);
say();
if (values.once) await stop(0);
say('Ctrl+C stops everything.');
