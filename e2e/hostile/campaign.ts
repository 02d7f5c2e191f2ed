import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TERMINALS, install } from '@kiosk/central-platform/testing/installation.ts';
import { createTestAuthority } from '@kiosk/central-platform/testing/authority.ts';
import { scratchFolder } from '../crash/scratch.ts';
import { HurriedClock } from './clock.ts';
import { type Fate, seeded } from './fates.ts';
import { Ledger } from './ledger.ts';
import { PlatformProcess } from './platform.ts';
import { HostileProxy } from './proxy.ts';
import { DeliveringTerminal, loadSources } from './terminal.ts';

export interface Campaign {
  readonly seed: number;
  /** Ends with the round in which the terminal has tried so many batches. */
  readonly deliveries: number;
  /** Sources: the real ones, or weakened copies. */
  readonly syncAgent: string;
  readonly centralPlatform: string;
  /** 1 exchange of so many takes the platform down; 0: none. */
  readonly killOneOf: number;
  /** What this network does not do. */
  readonly never?: readonly Fate[];
  readonly onProgress?: (deliveries: number) => void;
}

export interface Findings {
  readonly deliveries: number;
  readonly entries: number;
  readonly fates: Readonly<Record<string, number>>;
  readonly violations: readonly string[];
}

/** Tries of one round, and two for each entry, after which nobody believes any more that it ends. */
const TRIES = 300;
const TERMINAL = TERMINALS[0];

/** Lets a terminal live through a hostile network and compares both sides afterwards. */
export async function wage(campaign: Campaign): Promise<Findings> {
  const random = seeded(campaign.seed);
  const scratch = scratchFolder();
  const unlimited = { terminalPerSecond: 1e6, terminalBurst: 1_000_000, publicPerSecond: 10, publicBurst: 10 };
  const installation = await install({ limits: unlimited }, scratch);
  const { authority } = installation;
  const platform = new PlatformProcess(campaign.centralPlatform, installation);
  const certificates = await Promise.all([1, 2, 3].map(() => authority.issue('localhost', 'server')));
  const stranger = await (await createTestAuthority('stranger')).issue('localhost', 'server');
  const proxy = new HostileProxy({
    seed: campaign.seed,
    ca: authority.ca,
    server: certificates[0]!,
    client: await authority.issue(TERMINAL, 'client'),
    platform,
    killOneOf: campaign.killOneOf,
    never: campaign.never ?? [],
  });
  const folder = join(installation.dir, 'terminal');
  mkdirSync(folder);
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  async function newClientCertificate() {
    const own = await authority.issue(TERMINAL, 'client');
    return { certificateFile: file('terminal.crt', own.cert), keyFile: file('terminal.key', own.key) };
  }

  const database = join(installation.config.dataDir, 'platform.db');
  const violations: string[] = [];
  const clock = new HurriedClock();
  let changed = () => {};
  const onChange = () => changed();
  proxy.on('change', onChange);
  const terminal = new DeliveringTerminal(await loadSources(campaign.syncAgent), {
    room: campaign.syncAgent,
    folder,
    terminalId: TERMINAL,
    platform: { url: await proxy.listen(), caFile: file('ca.crt', authority.ca), ...(await newClientCertificate()) },
    signing: installation.signingKeys.get(TERMINAL)!,
    centreKey: installation.centreKey,
    clock,
    random,
    onChange,
    onAlarm: (stream, code, detail) => violations.push(`alarm on an honest terminal: ${stream} ${code} ${detail}`),
  });
  const ledger = new Ledger(TERMINAL);

  /** One thing happens: an exchange ends, or nobody moves and the clock leaps. */
  async function step(): Promise<void> {
    if (terminal.inFlight > proxy.held) {
      await new Promise<void>((resolve) => (changed = resolve));
      return;
    }
    for (let i = 0; i < 3; i++) await new Promise(setImmediate);
    if (terminal.inFlight <= proxy.held && terminal.pending > 0 && !clock.leap()) {
      violations.push('nothing is under way, something is waiting, and no timer will ever send it');
    }
  }

  async function deliverAll(): Promise<void> {
    const before = terminal.deliveries;
    let most = 0;
    while ((terminal.pending > 0 || terminal.inFlight > 0) && violations.length === 0) {
      await step();
      // What a platform that was put back has lost comes on top of what the round left.
      most = Math.max(most, terminal.pending);
      const tries = terminal.deliveries - before;
      if (tries > TRIES + 2 * most) violations.push(`${tries} tries did not deliver ${most} entries`);
    }
  }

  /** What happens to the two ends between two rounds, now and then. */
  async function disturb(round: number): Promise<void> {
    const chance = random();
    if (chance < 0.004) await terminal.restart();
    else if (chance < 0.01) proxy.showCertificate(certificates[round % certificates.length]!);
    else if (chance < 0.012) await newClientCertificate();
    else if (chance < 0.014) {
      proxy.showCertificate(stranger);
      terminal.record({ type: 'program.started', program: 'in front of a stranger', version: '0' });
      ledger.wrote('audit');
      const before = terminal.deliveries;
      while (terminal.deliveries < before + 2) await step();
      if (terminal.pending === 0) violations.push('delivered to a platform with a certificate of nobody we trust');
      proxy.showCertificate(certificates[0]!);
    }
  }

  try {
    let backups = 0;
    await platform.ready;
    for (let round = 1; terminal.deliveries < campaign.deliveries && violations.length === 0; round++) {
      ledger.writeSome(terminal, random);
      await deliverAll();
      // A platform that was put back may be behind what it once acknowledged, until the next batch shows the gap.
      if (backups < 2) violations.push(...ledger.overtrusted(database, terminal));
      if (violations.length > 0) break;
      await disturb(round);
      const share = terminal.deliveries / campaign.deliveries;
      if (backups === 0 && share > 0.3) backups = await platform.backUp().then(() => 1);
      if (backups === 1 && share > 0.5) backups = await platform.restore().then(() => 2);
      if (round % 100 === 0) campaign.onProgress?.(terminal.deliveries);
    }
    // The weather clears; as after every start, both sides compare where they stand.
    proxy.peaceful = true;
    terminal.compareHeads();
    for (let i = 0; i < 3; i++) await new Promise(setImmediate);
    await deliverAll();
    await platform.stop();
    violations.push(...ledger.compare(database, terminal));
    return { deliveries: terminal.deliveries, entries: ledger.entries, fates: proxy.fates, violations };
  } finally {
    await terminal.close();
    await proxy.close();
    await platform.kill();
    rmSync(scratch, { recursive: true, force: true });
  }
}
