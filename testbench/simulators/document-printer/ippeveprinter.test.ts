import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { ippDocumentPrinter } from '@kiosk/device-drivers/drivers/document-ipp/driver.ts';
import { blankPdf } from '@kiosk/device-drivers/suites/blank-pdf.ts';
import {
  type DocumentPrinterBench,
  documentPrinterSuite,
} from '@kiosk/device-drivers/suites/document-printer.suite.ts';

/**
 * The same suite on a printer that others wrote: ippeveprinter of CUPS (Debian: cups-ipp-utils, dbus-daemon). It wants a
 * system bus even when it announces nothing, so it gets one of its own.
 */
const PRINTER = '/usr/sbin/ippeveprinter';
const BUS = '/usr/bin/dbus-daemon';
const missing = [PRINTER, BUS].filter((program) => !existsSync(program));

/** Prints three pages; a file `hold` in the spool folder takes the paper away after the first. */
const PRINT_COMMAND = `#!/bin/sh
dir=$(dirname "$0")
echo "ATTR: job-impressions-completed=1" >&2
if [ -e "$dir/hold" ]; then
  echo "STATE: +media-empty" >&2
  while [ -e "$dir/hold" ]; do sleep 0.05; done
  echo "STATE: -media-empty" >&2
fi
echo "ATTR: job-impressions-completed=3" >&2
`;

const OPTIONS = { answerMs: 2_000, pollMs: 100, idleMs: 200, lostMs: 3_000, cancelMs: 5_000 };

if (missing.length > 0) {
  test('A4 printer, ippeveprinter', { skip: `not installed: ${missing.join(', ')}` }, () => {});
} else {
  documentPrinterSuite('A4 printer, ippeveprinter', openBench, false);

  describe('ippeveprinter without paper', { timeout: 60_000 }, () => {
    test('paper runs out in the middle and is loaded again', async () => {
      const bench = await openBench();
      const hold = join(bench.dir, 'hold');
      writeFileSync(hold, '');
      const printer = ippDocumentPrinter.create(
        { id: 'under-test', driver: 'ipp', port: bench.port, options: OPTIONS },
        { clock: systemClock, log: () => {}, onStatus: () => {}, onEvent: () => {} },
      );
      assert.ok(printer.ok);
      const stops: (string | undefined)[] = [];
      const result = await printer.value.print(
        { operationId: 'test-op-ippeve', pdf: blankPdf(3), pages: 3, jobName: 'test page' },
        {
          signal: new AbortController().signal,
          onJob: () => {},
          onProgress({ stoppedBy }) {
            stops.push(stoppedBy);
            if (stoppedBy) rmSync(hold, { force: true });
          },
        },
      );
      assert.deepEqual(result, { ok: true, value: { outcome: 'done', printed: 3, sheets: 3 } });
      assert.ok(stops.includes('E4102'), 'the empty tray was not told');
      await printer.value.stop();
      await bench.close();
    });
  });
}

async function openBench(): Promise<DocumentPrinterBench & { readonly dir: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'ippeveprinter-'));
  const bus = join(dir, 'bus');
  const command = join(dir, 'print.sh');
  writeFileSync(command, PRINT_COMMAND, { mode: 0o755 });
  const port = await freePort();
  const children: ChildProcess[] = [];
  const start = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    // They end with this process even when it is killed (setpriv is part of util-linux).
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
      stdio: 'ignore',
      env: { ...process.env, ...env },
    });
    children.unshift(child);
    return child;
  };
  async function close(): Promise<void> {
    for (const child of children) await end(child);
    rmSync(dir, { recursive: true });
  }
  try {
    const address = `unix:path=${bus}`;
    await reachable(
      { path: bus },
      start(BUS, ['--session', '--nofork', '--nopidfile', '--nosyslog', `--address=${address}`]),
    );
    const args = ['-r', 'off', '-n', 'localhost', '-p', String(port), '-d', dir, '-f', 'application/pdf'];
    await reachable(
      { host: '127.0.0.1', port },
      start(PRINTER, [...args, '-c', command, 'Contract suite'], { DBUS_SYSTEM_BUS_ADDRESS: address }),
    );
  } catch (error) {
    await close();
    throw error;
  }
  return {
    dir,
    driver: ippDocumentPrinter,
    port: `ipp://127.0.0.1:${port}/ipp/print`,
    options: OPTIONS,
    hands: undefined,
    close,
  };
}

/** Neither program says when it listens: knock until somebody opens, or until the program is gone. */
async function reachable(place: { path: string } | { host: string; port: number }, child: ChildProcess): Promise<void> {
  for (;;) {
    const socket = connect(place);
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    assert.equal(child.exitCode, null, `${child.spawnargs.join(' ')} ended before it listened`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
