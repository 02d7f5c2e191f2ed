// Every device of the laboratory, in one process: there each start of Node costs seconds.

import { serveSimulator, type Simulator } from '../../simulators/process.ts';
import { type Cable, type ModuleOptions, ReaderModule } from '../../simulators/id-reader/module.ts';
import { textOf } from '../../simulators/slip-printer/paper.ts';
import { SlipPrinter } from '../../simulators/slip-printer/printer.ts';
import { LAB_DEVICES } from '../devices.ts';
import { BulkCable } from './bulk-cable.ts';
import { Gadget } from './gadget.ts';
import { HidCable } from './hid-cable.ts';
import { PrinterCable } from './printer-cable.ts';
import { SerialCable } from './serial-cable.ts';

type Emit = (event: string, value: unknown) => void;
type Methods = Simulator['methods'];

/** Methods and events carry the name of their device in front: `serialReader.layCard`. Nothing is plugged in yet. */
async function startDevices(_options: unknown, emit: Emit): Promise<Simulator> {
  const { serialReader, otherAdapter } = LAB_DEVICES;
  const bulk = new Gadget({ name: 'bulk-reader', function: 'ffs.reader', ...place(LAB_DEVICES.bulkReader) }, 2);
  const printerGadget = new Gadget(
    {
      name: 'slip-printer',
      function: 'printer.slip',
      attributes: { pnp_string: 'MFG:Laboratory;MDL:Slip printer;CLS:PRINTER;', q_len: '10' },
      ...place(LAB_DEVICES.slipPrinter),
    },
    3,
  );
  const serial = new Gadget({ name: 'serial-reader', function: 'acm.reader', ...place(serialReader) }, 0);
  const other = new Gadget({ name: 'other-adapter', function: 'acm.other', ...place(otherAdapter) }, 1);

  const hid = place(LAB_DEVICES.hidReader);
  const identity = {
    name: 'ID reader',
    vendorId: parseInt(hid.vendorId, 16),
    productId: parseInt(hid.productId, 16),
    serialNumber: hid.serialNumber,
  };
  const hidReader = reader(emit, 'hidReader', (hear) => new HidCable(identity, hear), { whole: true });
  const serialModule = reader(emit, 'serialReader', (hear) => new SerialCable(serial, '/dev/ttyGS0', hear));
  const bulkModule = reader(emit, 'bulkReader', (hear) => new BulkCable(bulk, 'reader', '/run/ffs', hear));
  const otherCable = new SerialCable(other, '/dev/ttyGS1', () => {});

  const printer = new SlipPrinter();
  const slips: string[] = [];
  const printerCable = new PrinterCable(printerGadget, '/dev/g_printer0', (bytes) => printer.receive(bytes));
  printer.on('answer', (bytes) => printerCable.write(bytes));
  printer.on('slip', (paper) => void slips.push(textOf(paper)));

  return Promise.resolve({
    ready: {},
    methods: {
      ...named('hidReader', hidReader.methods),
      ...named('serialReader', {
        ...serialModule.methods,
        switchOn: () => serialModule.cable.switchOn(),
        switchOff: () => serialModule.cable.switchOff(),
      }),
      ...named('bulkReader', bulkModule.methods),
      ...named('otherAdapter', { plug: () => otherCable.plug(), unplug: () => otherCable.unplug() }),
      ...named('slipPrinter', {
        plug: () => printerCable.plug(),
        unplug: async () => {
          await printerCable.unplug();
          printer.powerCycle();
        },
        slips: () => slips,
        unknownCommands: () => printer.unknownCommands,
      }),
    },
    stop: () => Promise.resolve(),
  });
}

/** Its vendor, product and serial number, wherever its configuration has them. */
function place({ port, usb }: (typeof LAB_DEVICES)[keyof typeof LAB_DEVICES]) {
  const [, vendorId = '', productId = ''] = usb ? ['', usb.vendorId, usb.productId] : port.split(':');
  return {
    vendorId: vendorId.toLowerCase(),
    productId: productId.toLowerCase(),
    serialNumber: usb?.serialNumber ?? 'SN1',
  };
}

function reader<C extends Cable>(
  emit: Emit,
  name: string,
  connect: (hear: (bytes: Uint8Array) => void) => C,
  options: ModuleOptions = {},
) {
  const cable = connect((bytes) => module_.hear(bytes));
  const module_ = new ReaderModule({ seed: 1, ...options }, cable, (event, value) => emit(`${name}.${event}`, value));
  return { cable, methods: module_.methods };
}

function named(name: string, methods: Methods): Methods {
  return Object.fromEntries(Object.entries(methods).map(([method, call]) => [`${name}.${method}`, call]));
}

serveSimulator(startDevices);
