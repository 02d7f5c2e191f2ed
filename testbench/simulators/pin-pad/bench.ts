import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import { panDigits } from '@kiosk/device-drivers/codec/zt598-commands.ts';
import type { PinPadDevice } from '@kiosk/device-drivers/drivers/driver.ts';
import { type Zt598PinPad, zt598PinPad } from '@kiosk/device-drivers/drivers/pin-pad-zt598/driver.ts';
import type { PadFault } from '@kiosk/device-drivers/suites/pin-pad.matrix.ts';
import type { PadBench, PadHands } from '@kiosk/device-drivers/suites/pin-pad.hands.ts';
import { type RunningSimulator, spawnSimulator } from '../process.ts';
import { type Cipher, checkValue, encrypt, pinBlock, retailMac } from './crypto.ts';

/** Keys of the bench, made for it and good for nothing else. */
export const MASTER = Buffer.from('13AED5DA1F32347523C708C11F2608FB', 'hex');
export const WORK = {
  iso0: Buffer.from('6B1C8FE0295D734A9E04B7D2386F15CB', 'hex'),
  sm4: Buffer.from('D3590A7F4C62E81BB70D95F12E6A83C4', 'hex'),
  mac: Buffer.from('2F94C6083BE157ADC85B19E37046DA7F', 'hex'),
};
export const SLOTS = { master: 0x01, iso0: 0x30, sm4: 0x50, mac: 0x31 };
/** 99 is a prefix of nobody's: left to national standards bodies, and none gave it away. */
export const CARD = `99${'1234567890123'}4`;
export const MAC_DATA = Buffer.from('a transfer of nothing to nobody');

export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
/** Fast, and yet long enough for a busy machine. */
const OPTIONS = { answerMs: 450, quietMs: 40, heartbeatMs: 400, backOffFirstMs: 60, backOffMostMs: 250 };
const SLOW_MS = 520;

const PAD_FAULTS: Readonly<Record<string, { kind: string; times?: number }>> = {
  silentOnce: { kind: 'silent', times: 1 },
  silent: { kind: 'silent' },
};

export function workKey(use: keyof typeof WORK) {
  const algorithm: Cipher = use === 'sm4' ? 'sm4' : '3des';
  return {
    algorithm,
    under: SLOTS.master,
    slot: SLOTS[use],
    use: use === 'mac' ? ('mac' as const) : ('pin' as const),
    valueHex: hex(encrypt(algorithm, MASTER, WORK[use])),
    checkValue: hex(checkValue(algorithm, WORK[use])).slice(0, 8),
  };
}

export async function openPadBench(): Promise<PadBench & { readonly hands: PadHands; simulator: RunningSimulator }> {
  const dir = mkdtempSync(join(tmpdir(), 'pin-pad-'));
  const simulator = await spawnSimulator(new URL('./main.ts', import.meta.url), {
    dir,
    seed: 20261121,
    slowMs: SLOW_MS,
  });
  const call = async (method: string, argument?: unknown) => void (await simulator.call(method, argument));
  const commands = new Set<() => void>();
  simulator.on('command', () => commands.forEach((listener) => listener()));
  const signal = new AbortController().signal;
  /** The next command that the pad hears. */
  const command = () =>
    new Promise<void>((resolve) => {
      const listener = () => (commands.delete(listener), resolve());
      commands.add(listener);
    });

  const hands: PadHands = {
    press: (...keys) => call('press', { keys }),
    async takes(mode) {
      for (;;) {
        const next = command();
        const { mode: now } = (await simulator.call('state')) as { mode: string };
        if (now === mode) return;
        await next;
      }
    },
    async heard(times) {
      for (let left = times; left > 0; left--) await command();
    },
    async fault(kind: PadFault) {
      if (kind === 'unplug') return call(kind);
      // Noise and strays while a person types come by themselves, not instead of an answer.
      const { mode } = (await simulator.call('state')) as { mode: string };
      if (mode !== 'off' && (kind === 'garbage' || kind === 'stray')) await call('noise', { kind });
      else await call('fault', PAD_FAULTS[kind] ?? { kind, times: 1 });
    },
    clearFaults: () => call('clearFaults'),
    unplug: () => call('unplug'),
    plug: () => call('plug'),
    timeOut: () => call('timeOut'),
    async putInOrder() {
      await call('putInOrder');
      for (const cipher of ['3des', 'sm4']) await call('putKey', { cipher, slot: SLOTS.master, keyHex: hex(MASTER) });
    },
    async loadKeys(pad: PinPadDevice) {
      for (const use of ['iso0', 'sm4', 'mac'] as const) {
        const loaded = await (pad as Zt598PinPad).keys.loadKey(workKey(use), { signal });
        if (!loaded.ok) return loaded;
      }
      return ok();
    },
    async mac(pad): Promise<Result<void>> {
      const request = { slot: SLOTS.mac, algorithm: 'x9.19', data: MAC_DATA } as const;
      const made = await (pad as Zt598PinPad).keys.mac(request, { signal });
      if (!made.ok) return made;
      const padded = Buffer.concat([MAC_DATA], Math.ceil(MAC_DATA.length / 8) * 8);
      if (made.value !== hex(retailMac(WORK.mac, padded))) throw new Error('the pad made another MAC than the bench');
      return ok();
    },
    block: (format, pin, cardNumber) =>
      hex(pinBlock(format === 'sm4' ? 'sm4' : '3des', WORK[format], pin, panDigits(cardNumber))),
    secrets: [MASTER, ...Object.values(WORK)].flatMap((key) => [hex(key), hex(encrypt('3des', MASTER, key))]),
  };
  return {
    driver: zt598PinPad,
    port: String(simulator.ready['port']),
    options: OPTIONS,
    hands,
    cardNumber: CARD,
    simulator,
    async close() {
      await simulator.stop();
      rmSync(dir, { recursive: true });
    },
  };
}
