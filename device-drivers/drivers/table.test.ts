import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { wordsOfStep } from '@kiosk/contract/services/self-test-words.ts';
import { DRIVERS } from './table.ts';

/** A place of the form that a driver takes, where nothing is. */
const NOWHERE: Readonly<Record<string, string>> = {
  ipp: 'ipp://127.0.0.1:1/ipp/print',
  'sdt-usb': 'usb:ffff:ffff',
  'sdt-hid': 'hid:ffff:ffff',
  'bank-card-pcsc': 'pcsc:no such reader',
  'sdt-dll': '1001',
  'vendor-plugin': '/nowhere/plugin',
};

for (const driver of DRIVERS.values()) {
  test(`${driver.name} says what it can do, and refuses an option that nobody knows by its name`, () => {
    assert.ok(driver.capabilities, 'no capabilities');
    const deps = { clock: systemClock, log: () => {}, onStatus: () => {}, onEvent: () => {} };
    const port = NOWHERE[driver.name] ?? '/dev/no-such-port';
    const created = driver.create({ id: 'device', driver: driver.name, port, options: { nonsense: 1 } }, deps);
    assert.equal(!created.ok && created.error.code, 'E8101');
    assert.match((!created.ok && created.error.detail) || '', /device\.options\.nonsense: no such field; allowed: /);
  });

  test(`${driver.name}: every step of its self-test has words`, { skip: selfTestNeeds(driver.name) }, async () => {
    const deps = { clock: systemClock, log: () => {}, onStatus: () => {}, onEvent: () => {} };
    const port = NOWHERE[driver.name] ?? '/dev/no-such-port';
    const created = driver.create({ id: 'device', driver: driver.name, port, options: {} }, deps);
    assert.ok(created.ok, JSON.stringify(created));
    const steps = await created.value.selfTest({ signal: AbortSignal.timeout(2_000) });
    assert.ok(
      steps.some(({ passed }) => !passed),
      'a device that is not there passed its self-test',
    );
    for (const { name } of steps) assert.ok(wordsOfStep(name), `"${name}" has no words`);
    await created.value.stop();
  });
}

/** Why the self-test of a driver cannot be tried without its device. */
function selfTestNeeds(name: string): string | false {
  return name === 'sdt-dll' ? 'its library has to be there' : false;
}
