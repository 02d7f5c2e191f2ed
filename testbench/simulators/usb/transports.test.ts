import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { Transport } from '@kiosk/device-drivers/transport/transport.ts';
import { usbBulkTransport } from '@kiosk/device-drivers/transport/usb-bulk.ts';
import { reportsOf, usbHidTransport } from '@kiosk/device-drivers/transport/usb-hid.ts';
import { SimulatedBus } from './bus.ts';
import { SimulatedHid } from './hid.ts';

const ID = { vendorId: 0x0400, productId: 0xc35a };
const HID_FRAMING = { reportSize: 64, reportId: 0, reportHeader: 0 };
const echo = { hear: (bytes: Uint8Array, say: (bytes: Uint8Array) => void) => say(bytes) };

function bulk(t: TestContext, serialNumber?: string) {
  const bus = new SimulatedBus();
  const transport = usbBulkTransport({ ...ID, interfaceNumber: 0, serialNumber }, bus, systemClock);
  t.after(() => transport.close());
  return { bus, transport, hears: hearing(transport) };
}

function hid(t: TestContext, simulated: SimulatedHid, framing = HID_FRAMING) {
  const bus = new SimulatedBus();
  const transport = usbHidTransport({ ...ID, ...framing }, simulated, bus, systemClock);
  t.after(() => transport.close());
  return { bus, transport, hears: hearing(transport) };
}

function hearing(transport: Transport) {
  const news = new EventEmitter();
  let heard = Buffer.alloc(0);
  transport.onData((chunk) => {
    heard = Buffer.concat([heard, chunk]);
    news.emit('data');
  });
  return async (length: number) => {
    while (heard.length < length) await once(news, 'data');
    return heard;
  };
}

const lostOf = (transport: Transport) =>
  new Promise<string>((resolve) => transport.onClosed(({ detail }) => resolve(detail)));

test('bulk: bytes go both ways in packets, also when a packet is exactly full', async (t) => {
  const { bus, transport, hears } = bulk(t);
  bus.plug(echo);
  assert.ok((await transport.open()).ok);
  const sent = Buffer.from(Array.from({ length: 64 * 3 }, (_, i) => i));
  assert.ok((await transport.write(sent)).ok);
  assert.deepEqual(await hears(sent.length), sent);
});

test('bulk: nothing comes for a while, then something does', async (t) => {
  const { bus, transport, hears } = bulk(t);
  const device = bus.plug(echo);
  assert.ok((await transport.open()).ok);
  // Longer than one transfer waits.
  await new Promise((resolve) => setTimeout(resolve, 600));
  device.say(Buffer.from('late'));
  assert.equal((await hears(4)).toString(), 'late');
});

test('bulk: a device that is not there, one that another program holds, one without endpoints, no bus at all', async (t) => {
  const { bus, transport } = bulk(t);
  const reason = async () => {
    const opened = await transport.open();
    return opened.ok ? 'open' : opened.error.reason;
  };
  assert.equal(await reason(), 'absent');
  assert.equal(await transport.isPresent(), false);
  const device = bus.plug(echo);
  assert.equal(await transport.isPresent(), true);
  device.claimFails = 'Device or resource busy';
  assert.equal(await reason(), 'held');
  assert.equal(device.isOpen, false, 'left open');
  device.claimFails = undefined;
  device.configuration = { interfaces: [] };
  assert.equal(await reason(), 'failed');
  assert.deepEqual([device.isOpen, device.claimed], [false, false], 'left open');
  bus.absent = true;
  assert.equal(await reason(), 'absent');
  assert.equal(await transport.isPresent(), false);
});

test('bulk: of two that are alike the one with the serial number', async (t) => {
  const { bus, transport } = bulk(t, 'B2');
  bus.plug(echo, ID, 'A1');
  assert.equal((await transport.open()).ok, false);
  bus.plug(echo, ID, 'B2');
  assert.ok((await transport.open()).ok);
});

for (const silently of [false, true]) {
  test(`bulk: unplugged${silently ? ', and the bus does not say so' : ''}; told once, and opened again`, async (t) => {
    const { bus, transport, hears } = bulk(t);
    let told = 0;
    transport.onClosed(() => told++);
    const appeared = new Promise<void>((resolve) => transport.onAppeared?.(resolve));
    const pulled = bus.plug(echo);
    await appeared;
    assert.ok((await transport.open()).ok);
    const lost = lostOf(transport);
    bus.unplug(silently);
    await lost;
    assert.equal(transport.isOpen, false);
    assert.equal((await transport.write(Buffer.from('x'))).ok, false);
    await transport.close();
    assert.equal(pulled.givenBackTooEarly, false, 'released in the middle of a transfer');
    const back = new Promise<void>((resolve) => transport.onAppeared?.(resolve));
    bus.plug(echo);
    await back;
    assert.ok((await transport.open()).ok);
    assert.ok((await transport.write(Buffer.from('again'))).ok);
    assert.equal((await hears(5)).toString(), 'again');
    assert.equal(told, 1);
  });
}

test('bulk: a halted endpoint is cleared, another failure is a lost connection', async (t) => {
  const { bus, transport, hears } = bulk(t);
  const device = bus.plug(echo);
  device.halted = true;
  assert.ok((await transport.open()).ok);
  assert.ok((await transport.write(Buffer.from('on'))).ok);
  assert.equal((await hears(2)).toString(), 'on');
  assert.equal(device.halted, false);
  const lost = lostOf(transport);
  device.inFails = 'Fault';
  device.say(Buffer.from('!'));
  assert.match(await lost, /Fault/);
});

test('closing while it is being opened leaves it closed', async (t) => {
  const { bus, transport } = bulk(t);
  const device = bus.plug(echo);
  const other = hid(t, new SimulatedHid(() => {})).transport;
  for (const each of [transport, other]) {
    const opening = each.open();
    await each.close();
    const opened = await opening;
    assert.equal(!opened.ok && opened.error.reason, 'closed');
    assert.equal(each.isOpen, false);
  }
  assert.equal(device.claimed, false);
});

test('HID: what is written is cut into full reports with a number in front', () => {
  const [first, second, ...rest] = reportsOf(Buffer.alloc(70, 1), HID_FRAMING);
  assert.equal(rest.length, 0);
  assert.deepEqual(first, Buffer.concat([Uint8Array.of(0), Buffer.alloc(64, 1)]));
  assert.deepEqual(second, Buffer.concat([Uint8Array.of(0), Buffer.alloc(6, 1), Buffer.alloc(58)]));
  const [numbered] = reportsOf(Buffer.from('abc'), { reportSize: 8, reportId: 5, reportHeader: 2 });
  assert.deepEqual(numbered, Buffer.from([5, 0, 0, 0x61, 0x62, 0x63, 0, 0, 0]));
});

for (const reportId of [0, 7]) {
  test(`HID: reports ${reportId ? 'with' : 'without'} a number, both ways`, async (t) => {
    const simulated = new SimulatedHid((report, say) => say(report), { reportSize: 64, reportId });
    const { transport, hears } = hid(t, simulated, { ...HID_FRAMING, reportId });
    assert.ok((await transport.open()).ok);
    assert.ok((await transport.write(Buffer.alloc(64, 9))).ok);
    assert.deepEqual(await hears(64), Buffer.alloc(64, 9));
  });
}

test('HID: what an interrupted exchange left behind is let go before the first word', async (t) => {
  const simulated = new SimulatedHid((report, say) => say(report));
  simulated.stale.push(Buffer.from('old'), Buffer.from('older'));
  const { transport, hears } = hid(t, simulated);
  assert.ok((await transport.open()).ok);
  assert.ok((await transport.write(Buffer.from('new'))).ok);
  assert.equal((await hears(64)).subarray(0, 3).toString(), 'new');
});

test('HID: an unplugged device says so with a text; it is told once, and opened again', async (t) => {
  const simulated = new SimulatedHid((report, say) => say(report));
  const { transport, bus } = hid(t, simulated);
  assert.ok((await transport.open()).ok);
  const lost = lostOf(transport);
  simulated.unplug();
  assert.equal(await lost, 'could not read from HID device');
  assert.equal(await transport.isPresent(), false);
  const absent = await transport.open();
  assert.equal(!absent.ok && absent.error.reason, 'absent');
  const appeared = new Promise<void>((resolve) => transport.onAppeared?.(resolve));
  simulated.plugged = true;
  bus.plug(echo);
  await appeared;
  assert.ok((await transport.open()).ok);
  simulated.refuses = 'permission denied';
  await transport.close();
  const refused = await transport.open();
  assert.equal(!refused.ok && refused.error.reason, 'failed');
});
