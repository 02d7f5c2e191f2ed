import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IdCard } from '@kiosk/contract/services/device-host.ts';
import type { CommandName } from '@kiosk/device-drivers/codec/sdt.ts';
import { type LaidCard, NEWEST_ADDRESS, type ReaderHands } from '@kiosk/device-drivers/suites/id-card-reader.suite.ts';
import { idCheckCharacter } from '@kiosk/domain/id-number.ts';
import { type SyntheticPerson, personWithWrongCheckDigit, syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { type RunningSimulator, spawnSimulator } from '../process.ts';
import type { CardFields } from './card-block.ts';
import { type Cable, type ModuleOptions, ReaderModule } from './module.ts';
import type { IdReaderOptions } from './simulator.ts';

const TODAY = '2026-11-21';
/** Region 38 and country 999 were never assigned. */
const FOREIGN_BODY = '938' + '999' + '19840229' + '001';

/** Where a driver is not proven with the times it has in a hall, it waits this short, and a late answer is this late. */
export const BRISK = {
  times: { poll: 50, heartbeat: 500, backOffFirst: 50, backOffMost: 200, answer: 400, answerRead: 800 },
  slowMs: 550,
};

const CARDS: Readonly<Record<LaidCard, { card: IdCard; newAddress?: string; fingers?: number; link?: string }>> = {
  ordinary: { card: cardOf(syntheticPerson('supplementary-plane', TODAY)) },
  wrongCheckDigit: { card: cardOf(personWithWrongCheckDigit(TODAY)) },
  everything: { card: cardOf(syntheticPerson('ordinary', TODAY)), newAddress: NEWEST_ADDRESS, fingers: 2 },
  foreign: {
    card: {
      kind: 'permanentResident2023',
      name: '多简',
      sex: '2',
      birthDate: '1984-02-29',
      address: '',
      idNumber: FOREIGN_BODY + idCheckCharacter(FOREIGN_BODY),
      issuer: '',
      validFrom: '2024-01-01',
      validTo: '2034-01-01',
    },
    link: '011',
  },
};

/** The same hands at a reader in this process. `connect` gives the cable that ends at the module. */
export function readerInProcess(options: ModuleOptions, connect: (hear: (bytes: Uint8Array) => void) => Cable) {
  const news = new EventEmitter();
  const cable = connect((bytes) => module_.hear(bytes));
  const module_ = new ReaderModule(options, cable, (event, value) => void news.emit(event, value));
  const hands = readerHands({
    on: (event, listener) => void news.on(event, listener),
    call: async (method, argument) =>
      (module_.methods as Record<string, (argument: unknown) => unknown>)[method]?.(argument),
  });
  return { module: module_, hands, close: () => Promise.resolve() };
}

/** A simulated reader at its own serial port, with hands. */
export async function simulatedReader(options: Partial<IdReaderOptions> = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'id-reader-'));
  const simulator = await spawnSimulator(new URL('./main.ts', import.meta.url), { dir, seed: 20261121, ...options });
  const close = async () => {
    await simulator.stop();
    rmSync(dir, { recursive: true });
  };
  return { dir, simulator, port: String(simulator.ready['port']), hands: readerHands(simulator), close };
}

/** The same hands at any simulator that has the methods of an ID card reader. */
export function readerHands(simulator: Pick<RunningSimulator, 'call' | 'on'>): ReaderHands {
  const heard = new Set<(command: string) => void>();
  let gone = () => {};
  simulator.on('cardGone', () => gone());
  simulator.on('command', (value) => {
    const { command } = value as { command: string };
    for (const listener of heard) listener(command);
  });
  const after = (times: number, commands: readonly CommandName[]) =>
    new Promise<void>((resolve) => {
      let left = times;
      const listener = (command: string) => {
        if (!commands.some((wanted) => wanted === command) || --left > 0) return;
        heard.delete(listener);
        resolve();
      };
      heard.add(listener);
    });
  return {
    async layCard(which = 'ordinary') {
      const { card, newAddress, fingers, link } = CARDS[which];
      const person: CardFields = { ...card, ...(link === undefined ? {} : { link }) };
      await simulator.call('layCard', { person, newAddress, fingers });
      return card;
    },
    liftCard: async () => void (await simulator.call('liftCard')),
    fault: async (kind, times, during) => void (await simulator.call('fault', { kind, times, during })),
    clearFaults: async () => void (await simulator.call('clearFaults')),
    unplug: async () => void (await simulator.call('unplug')),
    plug: async () => void (await simulator.call('plug')),
    lookedForLifting: (times) => after(times, ['readNewAddress', 'findCard']),
    cardGone: () =>
      new Promise((resolve) => {
        gone = resolve;
      }),
    heard: (command, times) => after(times, [command]),
  };
}

function cardOf(person: SyntheticPerson): IdCard {
  const { name, sex, nation, birthDate, address, idNumber, issuer, validFrom, validUntil } = person;
  const validTo = validUntil === '长期' ? null : validUntil;
  return { kind: 'resident', name, sex, nation, birthDate, address, idNumber, issuer, validFrom, validTo };
}
