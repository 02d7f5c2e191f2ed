import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import type { Failed } from './classify.ts';
import { Drain } from './drain.ts';
import { Foreground } from './foreground.ts';
import type { Sent } from './sender.ts';
import type { BatchLimit } from './window.ts';

type Answer = Result<Sent, Failed>;
const refused = (code: string, more: Partial<Failed> = {}): Answer => err({ code, ...more });

/** A drain over streams that are only counters, on a platform that answers what the test says. */
function world(pending: Partial<Record<StreamName, number>>) {
  const clock = new ManualClock();
  const foreground = new Foreground(clock);
  const left = { business: 0, audit: 0, telemetry: 0, ...pending };
  const asked: { stream: StreamName; limit: BatchLimit }[] = [];
  let heard = () => {};
  const platform = {
    answer: async (_stream: StreamName, _limit: BatchLimit): Promise<Answer> =>
      ok({ kind: 'acknowledged', moved: true, entries: 1 }),
  };
  const drain = new Drain({
    clock,
    random: () => 0,
    foreground,
    standing: (stream) => ({ headSeq: 10_000, acknowledgedSeq: 10_000 - left[stream], stopped: null, baseSeq: 0 }),
    sender: {
      align: async () => ok({ kind: 'acknowledged', moved: false, entries: 0 }),
      async sendNext(stream, limit = { entries: 0, bytes: 0 }) {
        asked.push({ stream, limit });
        heard();
        const answer = await platform.answer(stream, limit);
        if (answer.ok && answer.value.kind === 'acknowledged' && answer.value.moved) left[stream]--;
        return answer;
      },
    },
    onSent: () => heard(),
    onFailed: () => heard(),
  });
  drain.start();
  return {
    clock,
    foreground,
    left,
    asked,
    platform,
    drain,
    /** Lets everything happen that can without time going on. */
    async settle() {
      for (let i = 0; i < 30; i++) await new Promise(setImmediate);
    },
    async until(holds: () => boolean) {
      while (!holds()) await new Promise<void>((resolve) => (heard = resolve));
      heard = () => {};
    },
    streams: () => asked.map(({ stream }) => stream),
  };
}

test('an audit batch that hangs holds up nothing that a depositor left', async () => {
  const { platform, drain, left, until, settle, streams } = world({ business: 3, audit: 1, telemetry: 2 });
  let letGo = () => {};
  platform.answer = async (stream) => {
    if (stream === 'audit') await new Promise<void>((resolve) => (letGo = resolve));
    return ok({ kind: 'acknowledged', moved: true, entries: 1 });
  };
  drain.setOnline(true);
  await until(() => left.business === 0 && left.telemetry === 0);
  await settle();
  assert.equal(left.audit, 1);
  assert.equal(streams().filter((stream) => stream === 'audit').length, 1, 'one batch in flight a stream');
  assert.equal(streams()[0], 'business', 'the most important stream begins');
  letGo();
  await until(() => left.audit === 0);
  await drain.close();
});

test('a stream in trouble does not hold up the others; too busy is said to all of them, and obeyed to the second', async () => {
  const { platform, drain, clock, left, until, settle, asked, streams } = world({
    business: 1,
    audit: 1,
    telemetry: 1,
  });
  let trouble: Answer | undefined = refused('E3103');
  platform.answer = async (stream) =>
    stream === 'business' && trouble ? trouble : ok({ kind: 'acknowledged', moved: true, entries: 1 });
  drain.setOnline(true);
  await until(() => left.audit === 0 && left.telemetry === 0);

  trouble = refused('E3106', { retryAfterMs: 30_000 });
  drain.setOnline(false);
  drain.setOnline(true);
  await settle();
  left.audit = 1;
  const before = asked.length;
  drain.kick();
  await settle();
  drain.setOnline(false);
  drain.setOnline(true);
  clock.advance(29_999);
  await settle();
  assert.equal(asked.length, before, 'the platform asked for 30 s: no stream, and no new link, shortens that');

  trouble = undefined;
  clock.advance(1);
  await until(() => left.audit === 0 && left.business === 0);
  assert.deepEqual(
    streams().slice(before),
    ['business', 'audit'],
    'where capacity is short, the important stream first',
  );
  await drain.close();
});

test('nothing is started while a person waits, nor in the breath between two questions of one screen', async () => {
  const { drain, clock, foreground, left, asked, until, settle } = world({ business: 2 });
  let answer = () => {};
  const waiting = foreground.run(() => new Promise<void>((resolve) => (answer = resolve)));
  drain.setOnline(true);
  clock.advance(60_000);
  await settle();
  assert.equal(asked.length, 0, 'a batch was started while a person waits');
  answer();
  await waiting;
  clock.advance(14);
  await settle();
  assert.equal(asked.length, 0, 'a screen asks several things in a row');
  clock.advance(1);
  await until(() => left.business < 2);
  await drain.close();
});

test('while somebody is served: small batches and long rests, which no answer shortens; whole batches side by side when they are gone', async () => {
  const { drain, clock, foreground, left, asked, platform, until, settle } = world({ business: 3, audit: 3 });
  let open = 0;
  let most = 0;
  platform.answer = async () => {
    most = Math.max(most, ++open);
    clock.advance(2);
    await new Promise(setImmediate);
    open--;
    return ok({ kind: 'acknowledged', moved: true, entries: 1 });
  };
  await foreground.run(async () => {});
  drain.setOnline(true);
  clock.advance(15);
  await settle();
  const begun = asked.length;
  assert.equal(begun, 1);
  clock.advance(40);
  await foreground.run(async () => {});
  clock.advance(37);
  await settle();
  assert.equal(asked.length, begun, 'a batch of 2 ms is followed by a rest of 78');
  clock.advance(1);
  await until(() => asked.length > begun);
  assert.ok(asked.every(({ limit }) => limit.entries <= 25 && limit.bytes <= 64 * 1024));
  await settle();
  assert.equal(most, 1, 'two batches at once while somebody is served');
  clock.advance(15_000);
  await until(() => left.business === 0 && left.audit === 0);
  assert.ok(asked.at(-1)!.limit.bytes >= 64 * 1024, 'nobody has asked for 15 s');
  await drain.close();
});

test('a batch too large for somebody on the way is halved at once until it passes; larger ones are tried seldom', async () => {
  const { drain, left, asked, platform, until } = world({ business: 100 });
  platform.answer = async (_stream, { entries }) =>
    entries > 20 ? refused('E3107', { tooLargeWith: entries }) : ok({ kind: 'acknowledged', moved: true, entries: 1 });
  drain.setOnline(true);
  await until(() => left.business === 0);
  const sizes = asked.map(({ limit }) => limit.entries);
  assert.deepEqual(sizes.slice(0, 6), [250, 125, 62, 31, 15, 15]);
  assert.ok(sizes.slice(5).filter((size) => size > 20).length <= 5, 'one in twenty may be wasted');
  assert.ok(sizes.slice(5).every((size) => size === 15 || size === 30));
  await drain.close();
});

test('a record that is too large even alone is tried again now and then, is never left out, and blocks no other stream', async () => {
  const { drain, clock, left, asked, platform, until, settle } = world({ business: 1, audit: 1 });
  platform.answer = async (stream) =>
    stream === 'business'
      ? refused('E3107', { tooLargeWith: 1 })
      : ok({ kind: 'acknowledged', moved: true, entries: 1 });
  drain.setOnline(true);
  await until(() => left.audit === 0);
  await settle();
  const before = asked.length;
  clock.advance(149_000);
  await settle();
  assert.equal(asked.length, before, 'it will not have become smaller');
  platform.answer = async () => ok({ kind: 'acknowledged', moved: true, entries: 1 });
  clock.advance(151_000);
  await until(() => left.business === 0);
  await drain.close();
});

test('a platform that fails for a day is asked seldom: not one request in ten is a repeat when it works, few when not', async () => {
  const { drain, clock, left, asked, platform, settle } = world({ business: 500 });
  let n = 0;
  // Two of three requests fail for ever.
  platform.answer = async () =>
    ++n % 3 === 0 ? ok({ kind: 'acknowledged', moved: true, entries: 1 }) : refused('E3103');
  drain.setOnline(true);
  for (let minute = 0; minute < 24 * 60; minute++) {
    clock.advance(60_000);
    await settle();
  }
  const repeats = asked.length - (500 - left.business);
  // Without the budget there would be a thousand; with it, after the first few, one each 150 s at the most.
  assert.ok(repeats <= 24 * 24 + 20, `${repeats} repeats in a day`);

  const healthy = world({ business: 400 });
  let turn = 0;
  healthy.platform.answer = async () =>
    ++turn % 20 === 0 ? refused('E3103') : ok({ kind: 'acknowledged', moved: true, entries: 1 });
  healthy.drain.setOnline(true);
  for (let i = 0; healthy.left.business > 0; i++) {
    assert.ok(i < 10_000, 'does not come to an end');
    healthy.clock.advance(1_000);
    await healthy.settle();
  }
  const again = healthy.asked.length - 400;
  assert.ok(again <= 0.1 * healthy.asked.length, `${again} of ${healthy.asked.length} were repeats`);
  await Promise.all([drain.close(), healthy.drain.close()]);
});

test('batches grow while answers are quick and halve when they are slow', async () => {
  const { drain, clock, asked, platform, until, left } = world({ business: 20 });
  let tookMs = 10;
  platform.answer = async () => {
    clock.advance(tookMs);
    return ok({ kind: 'acknowledged', moved: true, entries: 1 });
  };
  drain.setOnline(true);
  await until(() => left.business === 10);
  assert.equal(asked.at(-1)!.limit.bytes, 512 * 1024);
  tookMs = 5_000;
  await until(() => left.business === 0);
  assert.ok(asked.at(-1)!.limit.bytes <= 4096);
  await drain.close();
});

test('a platform with ten thousand callers says "in two seconds" again and again: each time it is two seconds, never minutes', async () => {
  const { drain, clock, asked, platform, left, until, settle } = world({ business: 1 });
  platform.answer = async () => refused('E3106', { retryAfterMs: 2_000 });
  drain.setOnline(true);
  for (let told = 1; told <= 12; told++) {
    await until(() => asked.length === told);
    await settle();
    clock.advance(1_999);
    await settle();
    assert.equal(asked.length, told, 'it came too early');
    if (told === 12) platform.answer = async () => ok({ kind: 'acknowledged', moved: true, entries: 1 });
    clock.advance(1_001);
  }
  await until(() => left.business === 0);
  await drain.close();
});

test('a wall clock that falls back to 1970 or runs a year ahead shortens no wait and lengthens none', async () => {
  const YEAR = 365 * 86_400_000;
  for (const step of [YEAR, -YEAR, -Date.UTC(2026, 10, 21)]) {
    const { drain, clock, left, asked, platform, until, settle } = world({ business: 1 });
    platform.answer = async () => refused('E3106', { retryAfterMs: 30_000 });
    drain.setOnline(true);
    await until(() => asked.length === 1);
    await settle();
    clock.step(step);
    clock.advance(29_999);
    await settle();
    assert.equal(asked.length, 1, `a step of ${step} ms shortened the wait`);
    platform.answer = async () => ok({ kind: 'acknowledged', moved: true, entries: 1 });
    clock.advance(1);
    await until(() => left.business === 0);
    await drain.close();
  }
});
