import assert from 'node:assert/strict';
import { readlinkSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { SerialPort } from 'serialport';
import { type Check, type DeviceSide, eventually, sideOf } from '../check.ts';
import { LAB_DEVICES } from '../devices.ts';

/** Debian's numbers for these groups are the same on every machine. */
const GROUPS = { lp: 7, dialout: 20, plugdev: 46 } as const;

export const NAMES: Check = {
  id: 'udev-names',
  title: 'the generated udev rules name every device for what it is, whatever order it comes in, and give the rights',
  async run(devices) {
    const reader = sideOf(devices, 'serialReader');
    const other = sideOf(devices, 'otherAdapter');
    const seen = [
      await plugged(reader, other, { reader: 'ttyACM0', other: 'ttyACM1' }),
      // The other one first: the kernel's numbers change places, the names do not.
      await plugged(other, reader, { reader: 'ttyACM1', other: 'ttyACM0' }),
    ];
    const printer = sideOf(devices, 'slipPrinter');
    await printer.call('plug');
    try {
      seen.push(`slip-printer is ${await named('slip-printer', /^lp\d+$/, 'lp')}`);
    } finally {
      await printer.call('unplug');
    }
    const bulk = sideOf(devices, 'bulkReader');
    await bulk.call('plug');
    try {
      seen.push(`id-reader-usb is ${await named('id-reader-usb-usb', /^\d{3}$/, 'plugdev')} on the bus`);
    } finally {
      await bulk.call('unplug');
    }
    return seen.join('\n');
  },
};

async function plugged(first: DeviceSide, second: DeviceSide, expected: { reader: string; other: string }) {
  const { serialReader, otherAdapter } = LAB_DEVICES;
  await first.call('plug');
  await eventually(() => ttys(1));
  await second.call('plug');
  await eventually(() => ttys(2));
  try {
    await named(serialReader.id, new RegExp(`^${expected.reader}$`), 'dialout');
    await named(otherAdapter.id, new RegExp(`^${expected.other}$`), 'dialout');
    const listed = await eventually(async () => {
      const ports = await SerialPort.list();
      return ports.find(({ path, serialNumber }) => path.endsWith(expected.reader) && serialNumber);
    });
    const { vendorId, productId, serialNumber } = listed;
    assert.deepEqual({ vendorId, productId, serialNumber }, serialReader.usb, 'the list of ports names another device');
    return `${serialReader.id} is ${expected.reader}, listed as ${vendorId}:${productId} ${serialNumber}`;
  } finally {
    await first.call('unplug');
    await second.call('unplug');
    await eventually(() => (exists(`/dev/kiosk/${serialReader.id}`) ? undefined : true));
  }
}

/** Waits for the name and its rights; answers with what it leads to. */
async function named(id: string, target: RegExp, group: keyof typeof GROUPS): Promise<string> {
  const link = `/dev/kiosk/${id}`;
  return eventually(() => {
    if (!exists(link)) return undefined;
    const file = basename(readlinkSync(link));
    const { mode, gid } = statSync(link);
    const right = (mode & 0o777) === 0o660 && gid === GROUPS[group];
    return target.test(file) && right ? file : undefined;
  });
}

function ttys(count: number): true | undefined {
  const there = [0, 1].filter((n) => exists(`/dev/ttyACM${n}`)).length;
  return there >= count ? true : undefined;
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
