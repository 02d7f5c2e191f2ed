import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IdCard } from '@kiosk/contract/services/device-host.ts';
import { sdtIdCardReader } from '@kiosk/device-drivers/drivers/sdt-id-reader/driver.ts';
import { type ReaderBench, idCardReaderSuite } from '@kiosk/device-drivers/suites/id-card-reader.suite.ts';
import { type SyntheticPerson, personWithWrongCheckDigit, syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { spawnSimulator } from '../process.ts';

const TODAY = '2026-11-21';
const PEOPLE = {
  ordinary: cardOf(syntheticPerson('supplementary-plane', TODAY)),
  wrongCheckDigit: cardOf(personWithWrongCheckDigit(TODAY)),
};

idCardReaderSuite('ID card reader, simulated on a pseudo-terminal', openBench, true);

async function openBench(): Promise<ReaderBench> {
  const dir = mkdtempSync(join(tmpdir(), 'id-reader-'));
  const simulator = await spawnSimulator(new URL('./main.ts', import.meta.url), { dir, seed: 20261121 });
  const heard = new Set<(command: string) => void>();
  simulator.on('command', (value) => {
    const { command } = value as { command: string };
    for (const listener of heard) listener(command);
  });
  return {
    driver: sdtIdCardReader,
    port: String(simulator.ready['port']),
    hands: {
      async layCard(which = 'ordinary') {
        await simulator.call('layCard', { person: PEOPLE[which] });
        return PEOPLE[which];
      },
      liftCard: async () => void (await simulator.call('liftCard')),
      fault: async (kind, times) => void (await simulator.call('fault', { kind, times })),
      clearFaults: async () => void (await simulator.call('clearFaults')),
      unplug: async () => void (await simulator.call('unplug')),
      plug: async () => void (await simulator.call('plug')),
      lookedForLifting: (times) =>
        new Promise((resolve) => {
          let left = times;
          const listener = (command: string) => {
            if (command !== 'readNewAddress' && command !== 'findCard') return;
            if (--left > 0) return;
            heard.delete(listener);
            resolve();
          };
          heard.add(listener);
        }),
    },
    async close() {
      await simulator.stop();
      rmSync(dir, { recursive: true });
    },
  };
}

function cardOf(person: SyntheticPerson): IdCard {
  const { name, sex, nation, birthDate, address, idNumber, issuer, validFrom, validUntil } = person;
  const validTo = validUntil === '长期' ? null : validUntil;
  return { kind: 'resident', name, sex, nation, birthDate, address, idNumber, issuer, validFrom, validTo };
}
