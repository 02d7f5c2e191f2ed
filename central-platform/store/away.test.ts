import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../testing/engines.ts';
import { startTestPlatform } from '../testing/installation.ts';
import { startPostgres } from '../testing/postgres.ts';
import { TestJournal } from '../testing/terminal.ts';

const { skip } = engines.find(({ name }) => name === 'postgres')!;

test(
  'the machine of the database dies: terminals hear when to come back, and what they bring then is taken',
  { skip },
  async (t) => {
    const server = await startPostgres();
    t.after(() => server.end());
    const platform = await startTestPlatform({ config: { databaseUrl: server.url('postgres') } });
    t.after(() => platform.end());
    const terminal = await platform.terminal();
    const journal = new TestJournal(terminal, 'telemetry');
    journal.write({ type: 'device.changed', deviceId: 'd', state: 'online' });
    assert.equal((await terminal.deliver(journal.batch())).status, 200);

    await server.kill();
    journal.write({ type: 'device.changed', deviceId: 'd', state: 'offline' });
    const refused = await terminal.deliver(journal.batch());
    assert.deepEqual([refused.status, (refused.body as { code: string }).code], [503, 'E6109']);
    assert.ok(Number(refused.headers['retry-after']) > 0, 'no time to come back was told');

    await server.restart();
    for (;;) {
      const { status, body } = await terminal.deliver(journal.batch());
      if (status === 503) continue;
      assert.equal(status, 200, JSON.stringify(body));
      break;
    }
    assert.equal((await terminal.ask('linkAt', { stream: 'telemetry', seq: 2 })).link, journal.linkAt(2));
  },
);
