import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { vendorPluginSuite } from '@kiosk/device-drivers/suites/vendor-plugin.suite.ts';
import { compile, noCompiler } from '../compiler.ts';

const missing = noCompiler();

if (missing) {
  test('reference plug-in', { skip: missing }, () => {});
} else {
  vendorPluginSuite('reference plug-in in C', () => {
    const dir = mkdtempSync(join(tmpdir(), 'vendor-plugin-'));
    const command = join(dir, 'plugin');
    const source = new URL(import.meta.resolve('@kiosk/device-drivers/plugin/reference/plugin.c'));
    compile(source, command);
    return Promise.resolve({ name: 'reference', command, close: () => rmSync(dir, { recursive: true }) });
  });
}
