import { ok } from '@kiosk/contract/kernel/result.ts';
import type { Driver } from '@kiosk/device-drivers/drivers/driver.ts';
import { DEFAULT_SETTINGS } from '@kiosk/device-drivers/drivers/sdt-id-reader/settings.ts';
import { sdtIdReader } from '@kiosk/device-drivers/drivers/sdt-id-reader/shell.ts';
import { idCardReaderSuite } from '@kiosk/device-drivers/suites/id-card-reader.suite.ts';
import { usbBulkTransport } from '@kiosk/device-drivers/transport/usb-bulk.ts';
import { usbHidTransport } from '@kiosk/device-drivers/transport/usb-hid.ts';
import { BRISK, readerInProcess } from '../id-reader/bench.ts';
import { SimulatedBus } from './bus.ts';
import { SimulatedHid } from './hid.ts';

const ID = { vendorId: 0x0400, productId: 0xc35a };
const SETTINGS = { ...DEFAULT_SETTINGS, speed: undefined, times: { ...DEFAULT_SETTINGS.times, ...BRISK.times } };

/** The reader's reducer on the bulk transport, on a bus that this process plays. */
function onBulk() {
  const bus = new SimulatedBus();
  let device: ReturnType<SimulatedBus['plug']> | undefined;
  const reader = readerInProcess({ seed: 1, slowMs: BRISK.slowMs }, (hear) => ({
    get isPlugged() {
      return device !== undefined;
    },
    write: (bytes) => device?.say(bytes),
    plug: () => Promise.resolve(void (device = bus.plug({ hear }))),
    unplug() {
      bus.unplug();
      device = undefined;
      return Promise.resolve();
    },
  }));
  const driver: Driver<'idCardReader'> = {
    name: 'sdt-usb',
    kind: 'idCardReader',
    create: (_config, deps) =>
      ok(sdtIdReader(usbBulkTransport({ ...ID, interfaceNumber: 0 }, bus, deps.clock), deps, SETTINGS)),
  };
  return Promise.resolve({ driver, port: 'usb:0400:C35A', ...reader });
}

/** The same on HID reports; each answer begins anew in a report, behind six bytes that do not belong to it. */
function onHid() {
  const bus = new SimulatedBus();
  let hid: SimulatedHid | undefined;
  const reader = readerInProcess({ seed: 2, whole: true, slowMs: BRISK.slowMs }, (hear) => {
    hid = new SimulatedHid((report) => hear(report));
    hid.plugged = false;
    const simulated = hid;
    return {
      get isPlugged() {
        return simulated.plugged;
      },
      write: (bytes) => simulated.opened?.say(Buffer.concat([Buffer.alloc(6), bytes])),
      plug() {
        simulated.plugged = true;
        bus.plug({ hear: () => {} }, ID);
        return Promise.resolve();
      },
      unplug: () => Promise.resolve(simulated.unplug()),
    };
  });
  const framing = { reportSize: 64, reportId: 0, reportHeader: 0 };
  const driver: Driver<'idCardReader'> = {
    name: 'sdt-hid',
    kind: 'idCardReader',
    create: (_config, deps) =>
      ok(sdtIdReader(usbHidTransport({ ...ID, ...framing }, hid!, bus, deps.clock), deps, SETTINGS)),
  };
  return Promise.resolve({ driver, port: 'hid:0400:C35A', ...reader });
}

idCardReaderSuite('ID card reader on USB in bulk, simulated in this process', onBulk, true);
idCardReaderSuite('ID card reader with HID reports, simulated in this process', onHid, true);
