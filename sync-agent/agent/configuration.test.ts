import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { type TestContext, describe, test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { EntryBody, type EntryData } from '@kiosk/contract/journal/entry.ts';
import { keyIdOf } from '@kiosk/contract/platform/downlink.ts';
import { type Parameters, SAFE_PARAMETERS } from '@kiosk/contract/platform/parameters.ts';
import type { Journal } from '../journal/journal.ts';
import { ending } from '../testing/ending.ts';
import { type Said, configurationKey, signedEnvelope } from '../testing/envelope.ts';
import { TERMINAL, must, openTestJournal, temporaryFolder } from '../testing/journal.ts';
import { testCatalogue } from '../testing/platform.ts';
import { Configuration } from './configuration.ts';
import { effectiveCatalogue, nextNoticeEnd, shownNotices } from './effective.ts';

const DAY = 86_400_000;
const stranger = generateKeyPairSync('ed25519');
const centre = new Map([[keyIdOf(configurationKey.publicKey), configurationKey.publicKey]]);
const stopped: Parameters['channel'] = {
  state: 'stopped',
  words: { zh: '停电检修', en: 'Power work' },
  instead: { zh: '到窗口', en: 'At the counter' },
};

/** A terminal's configuration on a journal of its own; `again` is the same after a restart. */
function terminal(t: TestContext, clock = new ManualClock()) {
  const folder = temporaryFolder(t);
  const start = (keys = centre) => {
    const journal = must(openTestJournal(folder, clock));
    const reader = { terminalId: TERMINAL, centreId: '38010000' };
    return { journal, configuration: new Configuration({ journal, keys, reader, clock, log: () => {} }) };
  };
  let running = start();
  ending(t, () => running.journal.close());
  return {
    clock,
    get configuration() {
      return running.configuration;
    },
    get journal() {
      return running.journal;
    },
    again(keys = centre) {
      running.journal.close();
      running = start(keys);
    },
    take(said: Partial<Said> & Pick<Said, 'kind' | 'version'>) {
      const times = { notBefore: clock.now(), expires: clock.now() + 366 * DAY };
      const whole = { audience: { terminalId: TERMINAL }, content: SAFE_PARAMETERS, ...times, ...said };
      const taken = running.configuration.take(signedEnvelope(whole));
      return taken.ok ? (taken.value.command ?? 'taken') : taken.error.code;
    },
    parameters(version: number, change: Partial<Parameters> = {}) {
      return this.take({ kind: 'parameters', version, content: { ...SAFE_PARAMETERS, ...change } });
    },
  };
}

/** What the audit stream says about the down-link. */
function told(
  journal: Journal,
): Extract<EntryData, { type: `${'command' | 'downlink'}.${string}` | `${string}.applied` }>[] {
  const batch = must(journal.withOutbox((outbox) => outbox.nextBatch('audit', { entries: 500, bytes: 1e9 })));
  const entries = (batch?.entries ?? []).map(
    ({ bodyBase64 }) => EntryBody.parse(JSON.parse(Buffer.from(bodyBase64, 'base64').toString())).data,
  );
  return entries.filter((entry) => /^(command|downlink|catalogue|parameters)\./.test(entry.type)) as never;
}
const types = (journal: Journal) => told(journal).map(({ type }) => type);

test('nothing ever came: the safe defaults hold, and there is no catalogue to serve by', (t) => {
  const { configuration } = terminal(t);
  assert.deepEqual(configuration.parameters, SAFE_PARAMETERS);
  assert.equal(configuration.catalogue, null);
  assert.deepEqual(configuration.versions, { catalogue: 0, parameters: 0, command: 0 });
});

test('what came is in force, journaled with its digest, and there again after a restart', (t) => {
  const kiosk = terminal(t);
  assert.equal(kiosk.take({ kind: 'catalogue', version: 4, content: testCatalogue }), 'taken');
  const stoppedItems = [{ id: 'S01', words: { zh: '暂停', en: 'Paused' } }];
  assert.equal(kiosk.parameters(7, { channel: stopped, stoppedItems }), 'taken');
  const [catalogue, parameters] = told(kiosk.journal);
  assert.equal(catalogue?.type, 'catalogue.applied');
  assert.ok(parameters?.type === 'parameters.applied');
  assert.deepEqual([parameters.version, parameters.channel, parameters.stoppedItems], [7, 'stopped', ['S01']]);
  assert.match(parameters.sha256, /^[0-9a-f]{64}$/);
  kiosk.again();
  assert.deepEqual(kiosk.configuration.parameters.channel, stopped);
  assert.deepEqual(kiosk.configuration.catalogue, testCatalogue);
  assert.deepEqual(kiosk.configuration.versions, { catalogue: 4, parameters: 7, command: 0 });
  const shown = effectiveCatalogue(kiosk.configuration.catalogue, kiosk.configuration.parameters);
  const item = shown?.items.find(({ id }) => id === 'S01');
  assert.deepEqual([item?.state, item?.closedReason?.zh], ['closed', '暂停']);
});

describe('refused, journaled once, and what was good before stays', () => {
  const cases: [string, string, Partial<Said>][] = [
    ['signed by a stranger', 'E2301', { signedBy: stranger }],
    ['for another terminal', 'E2302', { audience: { terminalId: '999999' } }],
    ['for another centre', 'E2302', { audience: { centreId: '38020000' } }],
    ['sent again', 'E2303', { version: 5 }],
    ['older than what is in force', 'E2303', { version: 4 }],
    ['expired', 'E2304', { expires: Date.UTC(2026, 9, 1) }],
    ['not valid before next year', 'E2304', { notBefore: Date.UTC(2027, 0, 1) }],
    ['in a shape this release does not know', 'E2305', { content: { ...SAFE_PARAMETERS, caps: 'none' } }],
  ];
  for (const [what, code, said] of cases) {
    test(what, (t) => {
      const kiosk = terminal(t);
      kiosk.parameters(5, { channel: stopped });
      const forged = signedEnvelope({
        kind: 'parameters',
        version: 6,
        content: SAFE_PARAMETERS,
        audience: { terminalId: TERMINAL },
        notBefore: kiosk.clock.now(),
        expires: kiosk.clock.now() + DAY,
        ...said,
      });
      for (let i = 0; i < 3; i++) {
        const result = kiosk.configuration.take(forged);
        assert.equal(result.ok ? 'taken' : result.error.code, code);
      }
      assert.deepEqual(kiosk.configuration.parameters.channel, stopped);
      assert.equal(kiosk.configuration.versions.parameters, 5);
      assert.equal(kiosk.configuration.refused?.code, code);
      const refusals = told(kiosk.journal).filter((entry) => entry.type === 'downlink.refused');
      assert.deepEqual(
        refusals.map((entry) => entry.code),
        [code],
      );
      kiosk.again();
      assert.deepEqual(kiosk.configuration.parameters.channel, stopped);
    });
  }
});

test('a year in the dark: what was taken in time stays in force, also over restarts, and a replay is still known', (t) => {
  const kiosk = terminal(t);
  kiosk.parameters(5, { channel: stopped, heartbeatSeconds: 60 });
  const old = signedEnvelope({
    kind: 'parameters',
    version: 4,
    content: SAFE_PARAMETERS,
    audience: { terminalId: TERMINAL },
    expires: kiosk.clock.now() + 900 * DAY,
  });
  for (let month = 0; month < 13; month++) {
    kiosk.clock.advance(31 * DAY);
    kiosk.again();
    assert.equal(kiosk.configuration.parameters.heartbeatSeconds, 60);
  }
  const replay = kiosk.configuration.take(old);
  assert.equal(replay.ok ? 'taken' : replay.error.code, 'E2303');
  assert.equal(kiosk.parameters(6), 'taken');
});

test('somebody changes the kept parameters on the disk: they are not believed, and the same version may come again', (t) => {
  const kiosk = terminal(t);
  kiosk.parameters(5, { channel: stopped });
  const generous = { ...SAFE_PARAMETERS, caps: { ...SAFE_PARAMETERS.caps, mostAmountFen: 9_999_99 } };
  const forged = { kind: 'parameters', version: 5, content: generous, audience: { terminalId: TERMINAL } } as const;
  kiosk.journal.store.db
    .prepare(`UPDATE downlink SET json = ? WHERE name = 'parameters'`)
    .run(JSON.stringify(signedEnvelope({ ...forged, signedBy: stranger })));
  kiosk.again();
  assert.deepEqual(kiosk.configuration.parameters.caps, SAFE_PARAMETERS.caps);
  assert.equal(kiosk.configuration.refused?.code, 'E2301');
  assert.equal(kiosk.parameters(4), 'E2303', 'an older one does not come back this way');
  assert.equal(kiosk.parameters(5, { channel: stopped }), 'taken');
});

test('the entry that tells of it cannot be written: nothing is in force either', (t) => {
  const kiosk = terminal(t);
  kiosk.parameters(1);
  kiosk.journal.store.db.exec(
    `CREATE TEMP TRIGGER no_entry BEFORE INSERT ON entry_audit BEGIN SELECT RAISE(ABORT, 'no entry'); END`,
  );
  assert.throws(() => kiosk.parameters(2, { channel: stopped }), /no entry/);
  kiosk.again();
  assert.deepEqual(
    [kiosk.configuration.versions.parameters, kiosk.configuration.parameters.channel.state],
    [1, 'open'],
  );
});

test('keys change: while both are trusted both are taken, and the old one is refused when it is gone', (t) => {
  const kiosk = terminal(t);
  const both = new Map([...centre, [keyIdOf(stranger.publicKey), stranger.publicKey]]);
  kiosk.again(both);
  assert.equal(kiosk.take({ kind: 'parameters', version: 1 }), 'taken');
  assert.equal(kiosk.take({ kind: 'parameters', version: 2, signedBy: stranger }), 'taken');
  kiosk.again(new Map([[keyIdOf(stranger.publicKey), stranger.publicKey]]));
  assert.equal(kiosk.configuration.versions.parameters, 2);
  assert.equal(kiosk.take({ kind: 'parameters', version: 3 }), 'E2301');
});

describe('commands', () => {
  const verify = { name: 'verifyJournal' } as const;

  test('are marked before they are carried out, settled after, and never given out twice', (t) => {
    const kiosk = terminal(t);
    assert.deepEqual(kiosk.take({ kind: 'command', version: 1, content: verify }), { version: 1, command: verify });
    assert.deepEqual(types(kiosk.journal), ['command.received']);
    kiosk.configuration.settle(1, verify.name, 'done');
    assert.equal(kiosk.take({ kind: 'command', version: 1, content: verify }), 'E2303');
    assert.deepEqual(types(kiosk.journal), ['command.received', 'command.settled', 'downlink.refused']);
    assert.deepEqual(kiosk.configuration.commands, [{ version: 1, name: 'verifyJournal', outcome: 'done' }]);
  });

  test('the program ends in the middle of one: its outcome is unknown, and it is not done again', (t) => {
    const kiosk = terminal(t);
    kiosk.take({ kind: 'command', version: 3, content: verify });
    kiosk.again();
    assert.deepEqual(kiosk.configuration.commands, [
      { version: 3, name: 'verifyJournal', outcome: 'unknown', code: 'E2306' },
    ]);
    assert.equal(kiosk.take({ kind: 'command', version: 3, content: verify }), 'E2303');
    kiosk.again();
    assert.equal(types(kiosk.journal).filter((type) => type === 'command.settled').length, 1, 'settled once');
  });

  test('too late or not understood: settled as failed, and the next one is not held up', (t) => {
    const kiosk = terminal(t);
    const late = { kind: 'command', version: 1, content: verify, expires: kiosk.clock.now() - DAY } as const;
    assert.equal(kiosk.take(late), 'taken');
    assert.equal(kiosk.take({ kind: 'command', version: 2, content: { name: 'openDoor' } }), 'taken');
    assert.deepEqual(
      kiosk.configuration.commands.map(({ version, outcome, code }) => [version, outcome, code]),
      [
        [2, 'failed', 'E2305'],
        [1, 'failed', 'E2304'],
      ],
    );
    assert.deepEqual(kiosk.take({ kind: 'command', version: 3, content: verify }), { version: 3, command: verify });
  });

  test('only the last twenty are told, however many there were', (t) => {
    const kiosk = terminal(t);
    for (let version = 1; version <= 30; version++) {
      kiosk.take({ kind: 'command', version, content: verify });
      kiosk.configuration.settle(version, verify.name, 'done');
    }
    const kept = kiosk.configuration.commands.map(({ version }) => version);
    assert.deepEqual([kept.length, kept[0], kept.at(-1)], [20, 30, 11]);
    assert.equal(kiosk.journal.store.db.prepare('SELECT count(*) FROM remote_command').pluck().get(), 20);
  });

  test('a notice by command is shown beside the others, survives a restart and ends when it says', (t) => {
    const kiosk = terminal(t);
    const notice = (id: string, level: 'emergency' | 'information', until: number | null) => ({
      id,
      level,
      words: { zh: id, en: id },
      until,
    });
    const end = kiosk.clock.now() + DAY;
    kiosk.parameters(1, { notices: [notice('move', 'information', null)] });
    kiosk.configuration.showNotice(notice('storm', 'emergency', end));
    kiosk.again();
    const { notices } = kiosk.configuration;
    const ids = (at: number) => shownNotices(notices, at).map(({ id }) => id);
    assert.deepEqual(ids(kiosk.clock.now()), ['storm', 'move']);
    assert.equal(nextNoticeEnd(notices, kiosk.clock.now()), end);
    assert.deepEqual(ids(end), ['move']);
    assert.equal(nextNoticeEnd(notices, end), undefined);
  });
});

test('the limits of a day and of a sum: counted with the request or not at all, and nobody is kept over the day', (t) => {
  const { journal } = terminal(t);
  const take = (n: number, day: string, amountFen?: number) =>
    must(
      journal.takeRequest({
        sessionId: 's',
        operationId: `operation-${n}`,
        level: 'L1',
        offline: true,
        form: { item: 'S01', topicId: 'other' },
        countFor: { day, person: 'hash' },
        amountFen,
      }),
    );
  const used = (day: string) => must(journal.offlineUse((use) => [use.ofPerson(day, 'hash'), use.waitingAmountFen()]));
  take(1, '2026-11-21', 500);
  take(1, '2026-11-21', 500);
  assert.deepEqual(used('2026-11-21'), [1, 500], 'the same request counts once');
  take(2, '2026-11-21', 700);
  assert.deepEqual(used('2026-11-21'), [2, 1_200]);
  must(journal.withOutbox((outbox) => outbox.acknowledge('business', 1, [])));
  assert.deepEqual(used('2026-11-21'), [2, 700], 'what the platform has waits no more');
  take(3, '2026-11-22');
  assert.deepEqual(used('2026-11-22'), [1, 700]);
  assert.deepEqual(used('2026-11-21'), [0, 700], 'yesterday is forgotten');
});
