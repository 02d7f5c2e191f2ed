import assert from 'node:assert/strict';
import type { DeviceConfig } from '@kiosk/contract/config.ts';
import type { Driver } from '@kiosk/device-drivers/drivers/driver.ts';
import {
  sdtHidIdCardReader,
  sdtIdCardReader,
  sdtUsbIdCardReader,
} from '@kiosk/device-drivers/drivers/sdt-id-reader/driver.ts';
import { readerHands } from '../../simulators/id-reader/bench.ts';
import { type Check, type DeviceSide, Driven, sideOf } from '../check.ts';
import { LAB_DEVICES } from '../devices.ts';

/** Emulation is slow, and waiting for the next try to connect is not what is looked at. */
const TIMES = { backOffFirst: 100, backOffMost: 400, poll: 100 };

export const ID_READERS: readonly Check[] = [
  {
    id: 'usb-serial',
    title: 'an ID reader on a USB serial adapter: read, unplugged while a card is waited for, plugged in again',
    run: (devices) => readUnplugRead(devices, 'serialReader', sdtIdCardReader),
  },
  {
    id: 'usb-hid',
    title: 'an ID reader on USB-HID reports: read, unplugged while a card is waited for, plugged in again',
    run: (devices) => readUnplugRead(devices, 'hidReader', sdtHidIdCardReader),
  },
  {
    id: 'usb-bulk',
    title: 'an ID reader on USB bulk transfers: read, unplugged while a card is waited for, plugged in again',
    run: (devices) => readUnplugRead(devices, 'bulkReader', sdtUsbIdCardReader),
  },
];

async function readUnplugRead(
  devices: DeviceSide,
  name: 'serialReader' | 'hidReader' | 'bulkReader',
  driver: Driver<'idCardReader'>,
): Promise<string> {
  const hands = readerHands(sideOf(devices, name));
  const config: DeviceConfig = { ...LAB_DEVICES[name], options: { times: TIMES } };
  await hands.plug();
  const reader = new Driven(driver, config);
  const never = new AbortController().signal;
  const read = () => reader.device.readIdCard({ signal: never, onProgress: () => {} });
  try {
    const { identity } = await reader.until('ready');
    const first = await hands.layCard('ordinary');
    assert.deepEqual(await read(), { ok: true, value: first });
    const waiting = read();
    await hands.liftCard();
    // Only then it is another presentation, and not a card left lying through a power cut.
    await hands.lookedForLifting(2);
    await hands.unplug();
    const lost = await waiting;
    assert.equal(!lost.ok && lost.error.code, 'E1101');
    await reader.until('offline');

    await hands.plug();
    await reader.until('ready');
    const second = await hands.layCard('everything');
    assert.deepEqual(await read(), { ok: true, value: second });
    return `module ${identity}`;
  } finally {
    await reader.device.stop();
    await hands.liftCard();
    await hands.unplug();
  }
}
