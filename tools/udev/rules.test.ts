import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DeviceConfig } from '@kiosk/contract/config.ts';
import { RULES_FILE, udevRules } from './rules.ts';

const device = (id: string, port: string, more: object = {}) =>
  DeviceConfig.parse({ id, driver: 'any', port, ...more });

const MACHINE = [
  device('id-reader', 'usb:0400:C35A', { options: { serialNumber: 'SAM-7' } }),
  device('id-reader-hid', 'hid:2B8B:2721'),
  device('bank-card', '/dev/kiosk/bank-card', { usb: { vendorId: '1A86', productId: '7523', socket: '1-1.4' } }),
  device('pin-pad', '/dev/kiosk/pin-pad', { usb: { vendorId: '1a86', productId: '7523', socket: '1-1.3' } }),
  device('a4-printer', 'ipp://192.0.2.7/ipp/print'),
];

function made(): string {
  const rules = udevRules(MACHINE);
  assert.ok(rules.ok, JSON.stringify(rules));
  return rules.value;
}

const linesOf = (rules: string) => rules.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

test('a device with a port by USB or HID is known by its port, with small hexadecimal digits', () => {
  const lines = linesOf(made());
  assert.ok(
    lines.includes(
      'SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ATTR{idVendor}=="0400", ATTR{idProduct}=="c35a", ATTR{serial}=="SAM-7", SYMLINK+="kiosk/id-reader-usb", GROUP="plugdev", MODE="0660"',
    ),
  );
  const hid = lines.filter((line) => line.includes('"kiosk/id-reader-hid'));
  assert.deepEqual(
    hid.map((line) => line.split(',')[0]),
    ['SUBSYSTEM=="hidraw"', 'SUBSYSTEM=="usb"'],
    'a HID device needs the right to both of its nodes',
  );
});

test('two adapters of one model are told apart by their sockets', () => {
  const [bank, pad] = ['bank-card', 'pin-pad'].map((id) =>
    linesOf(made()).find((line) => line.startsWith('SUBSYSTEM=="tty"') && line.includes(`"kiosk/${id}"`)),
  );
  assert.match(bank ?? '', /ATTRS\{idVendor\}=="1a86".*KERNELS=="1-1\.4"/);
  assert.match(pad ?? '', /KERNELS=="1-1\.3"/);
});

test('two adapters that nothing tells apart are refused, with what is missing', () => {
  const usb = { vendorId: '1a86', productId: '7523' };
  const rules = udevRules([device('a', '/dev/kiosk/a', { usb }), device('b', '/dev/kiosk/b', { usb })]);
  assert.deepEqual(!rules.ok && rules.error, {
    code: 'E8101',
    detail: 'devices.1.usb: the same as of a; serialNumber or socket must differ',
  });
});

test('a serial number that would end its quotes is no configuration', () => {
  const usb = { vendorId: '1a86', productId: '7523', serialNumber: 'x", RUN+="/bin/true' };
  assert.equal(DeviceConfig.safeParse({ id: 'a', driver: 'any', port: '/dev/x', usb }).success, false);
});

test('every line is matches, then assignments, as udev(7) writes them; the file comes before the seats', () => {
  const match = /^(SUBSYSTEM|SUBSYSTEMS|KERNEL|KERNELS|ATTR\{[a-zA-Z]+\}|ATTRS\{[a-zA-Z]+\}|ENV\{[A-Z]+\})=="[^"]+"$/;
  const assignment = /^(SYMLINK\+="kiosk\/[a-z0-9-]+"|GROUP="[a-z]+"|MODE="0660")$/;
  for (const line of linesOf(made())) {
    const parts = line.split(', ').map((part) => (match.test(part) ? 'm' : assignment.test(part) ? 'a' : part));
    assert.match(parts.join(''), /^m+aaa$/, line);
  }
  assert.ok(Number(RULES_FILE.slice(0, 2)) < 73);
});

const verifies = spawnSync('udevadm', ['verify', '--help']).status === 0;

test('udev itself takes the rules', { skip: verifies ? false : 'udevadm has no verify before systemd 254' }, (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'udev-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const file = join(dir, RULES_FILE);
  writeFileSync(file, made());
  execFileSync('udevadm', ['verify', '--resolve-names=never', file]);
});
