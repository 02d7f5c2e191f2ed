// Real hardware: `npm run device-test -- TERMINAL.JSON DEVICE` puts the device's entry of the machine's configuration into
// KIOSK_TEST_DEVICE, and the suite of its kind opens it with the port and the options that the machine will use.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeviceConfig } from '@kiosk/contract/config.ts';
import { DRIVERS } from '../drivers/table.ts';
import { pluginSettings } from '../drivers/vendor-plugin/device.ts';
import { VendorPluginOptions } from '../drivers/vendor-plugin/driver.ts';
import { bankCardReaderSuite } from './bank-card-reader.suite.ts';
import { codeScannerSuite } from './code-scanner.suite.ts';
import { documentPrinterSuite } from './document-printer.suite.ts';
import { idCardReaderSuite } from './id-card-reader.suite.ts';
import { ioBoardSuite } from './io-board.suite.ts';
import { pinPadSuite } from './pin-pad.suite.ts';
import { slipPrinterSuite } from './slip-printer.suite.ts';
import { vendorPluginSuite } from './vendor-plugin.suite.ts';

const entry = process.env['KIOSK_TEST_DEVICE'];

if (entry === undefined) test('real hardware', { skip: 'npm run device-test -- TERMINAL.JSON DEVICE names a device' });
else tryOut(DeviceConfig.parse(JSON.parse(entry)));

/** Nobody stands by: what needs a hand at the device is skipped and says so. */
function tryOut(config: DeviceConfig): void {
  const driver = DRIVERS.get(config.driver);
  assert.ok(driver, `no driver ${config.driver}; there are ${[...DRIVERS.keys()].join(', ')}`);
  const { port, options } = config;
  const name = `${config.id}: ${config.driver} at ${port}`;
  const nobody = { port, options, hands: undefined, close: () => Promise.resolve() };
  switch (driver.kind) {
    case 'idCardReader':
      return idCardReaderSuite(name, () => Promise.resolve({ driver, ...nobody }), false);
    case 'bankCardReader': {
      const motor = driver.capabilities?.type === 'motor';
      return bankCardReaderSuite({ name, open: () => Promise.resolve({ driver, ...nobody }), motor, hasHands: false });
    }
    case 'pinPad': {
      const cardNumber = '99'.padEnd(16, '0');
      return pinPadSuite(name, () => Promise.resolve({ driver, cardNumber, ...nobody }), false);
    }
    case 'slipPrinter':
      return slipPrinterSuite(name, () => Promise.resolve({ driver, ...nobody }), false);
    case 'documentPrinter':
      return documentPrinterSuite(name, () => Promise.resolve({ driver, ...nobody }), false);
    case 'codeScanner':
      return codeScannerSuite(name, () => Promise.resolve({ driver, hostile: [], ...nobody }), false);
    case 'ioBoard':
      return ioBoardSuite(name, () => Promise.resolve({ driver, ...nobody }), false);
    case 'vendorPlugin':
      return vendorPluginSuite(name, () =>
        Promise.resolve(pluginSettings(config.id, port, VendorPluginOptions.parse(options))),
      );
  }
}
