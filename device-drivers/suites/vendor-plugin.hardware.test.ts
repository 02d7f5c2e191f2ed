import { test } from 'node:test';
import { vendorPluginSuite } from './vendor-plugin.suite.ts';

const command = process.env['KIOSK_TEST_VENDOR_PLUGIN'];

if (command) {
  vendorPluginSuite(`vendor plug-in ${command}`, () => Promise.resolve({ name: 'vendor', command }));
} else {
  test('vendor plug-in of a maker', { skip: 'KIOSK_TEST_VENDOR_PLUGIN names no program' }, () => {});
}
