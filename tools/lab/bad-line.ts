// A terminal and its platform for the laboratory, provisioned outside: slow hashes and certificates take long in
// emulation. Inside, the same folder is there, and what is written to it is gone afterwards.

import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fillJournal } from '@kiosk/bench/journal/fill.ts';
import { writePlatformConfig } from '../provision/platform.ts';
import { TERMINAL, provision, readSecret, writeTerminalConfig } from '../provision/terminal.ts';

/** Nobody else listens in the laboratory machine. */
const PORTS = { terminal: 24_443, public: 24_480 };
const ENTRIES = 1_000;
const VARIABLE = 'LAB_BAD_LINE';

export interface BadLine {
  readonly installation: { readonly socketDir: string; readonly dataDir: string; readonly platformDir: string };
  readonly platformConfig: string;
  readonly terminalConfig: string;
  readonly token: string;
  /** Waiting to be delivered. */
  readonly entries: number;
}

/** Makes it in an empty folder; the answer is the environment in which `readBadLine` finds it. */
export async function prepareBadLine(folder: string): Promise<Readonly<Record<string, string>>> {
  const installation = await provision(folder);
  const { dataDir, socketDir, centreKeyFile, tokenFile } = installation.terminal;
  fillJournal({
    file: path.join(dataDir, 'journal.db'),
    terminalId: TERMINAL.terminalId,
    count: ENTRIES,
    centreKey: createPublicKey(readFileSync(centreKeyFile)),
  });
  const line: BadLine = {
    installation: { socketDir, dataDir, platformDir: path.join(installation.dir, 'platform') },
    platformConfig: writePlatformConfig(installation, PORTS),
    terminalConfig: writeTerminalConfig(installation, {
      devices: [],
      platformUrl: `https://127.0.0.1:${PORTS.terminal}`,
    }),
    token: readSecret(tokenFile),
    entries: ENTRIES,
  };
  return { [VARIABLE]: JSON.stringify(line) };
}

export const readBadLine = (): BadLine => JSON.parse(process.env[VARIABLE] ?? '') as BadLine;
