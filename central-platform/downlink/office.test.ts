import assert from 'node:assert/strict';
import { type KeyObject, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, describe, test } from 'node:test';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { Catalogue as CatalogueShape } from '@kiosk/contract/platform/catalogue.ts';
import { type Envelope, type Statement, keyIdOf, openEnvelope } from '@kiosk/contract/platform/downlink.ts';
import { Parameters } from '@kiosk/contract/platform/parameters.ts';
import { currentCatalogue } from '../catalogue/catalogue.ts';
import { PROGRAM_GUIDES } from '../catalogue/guides/program-guides.ts';
import { PlatformConfig } from '../config.ts';
import { startPlatform } from '../platform.ts';
import { TERMINALS, install, startTestPlatform } from '../testing/installation.ts';
import { keySigner, processSigner } from './signer.ts';

const NOTHING = { catalogue: 0, parameters: 0, command: 0 };
const DAY = 86_400_000;
const [ONE, OTHER] = TERMINALS;
const stopped = {
  state: 'stopped',
  words: { zh: '停电检修', en: 'Power work' },
  instead: { zh: '到窗口', en: 'At the counter' },
};

async function start(t: TestContext) {
  const platform = await startTestPlatform();
  t.after(() => platform.end());
  const keys = new Map([[keyIdOf(platform.installation.configurationKey), platform.installation.configurationKey]]);
  const post = async (path: string, body: unknown) => {
    const answer = await platform.management(path, { method: 'POST', body: JSON.stringify(body) });
    return {
      status: answer.status,
      ...((await answer.json()) as { version?: number; code?: string; detail?: string }),
    };
  };
  /** What a terminal reads out of what it is offered. */
  const offered = async (terminalId: string, applied = NOTHING): Promise<Statement[]> => {
    const { envelopes } = await (await platform.terminal(terminalId)).ask('downlink', { applied });
    return envelopes.map((envelope) => {
      const opened = openEnvelope(envelope, keys, { terminalId, centreId: '38010000' });
      assert.ok(opened.ok, `not good for ${terminalId}: ${opened.ok ? '' : opened.error.code}`);
      return opened.value;
    });
  };
  const parameters = async (terminalId: string) => {
    const statement = (await offered(terminalId)).find(({ kind }) => kind === 'parameters');
    return { version: statement!.version, ...Parameters.parse(statement!.content) };
  };
  const hint = async (terminalId: string, applied = NOTHING) => {
    const terminal = await platform.terminal(terminalId);
    const content = { programVersion: '0.1.0', applied, commands: [], devices: [], pending: {} };
    return (await terminal.ask('heartbeat', content)).downlink;
  };
  return { platform, post, offered, parameters, hint };
}

test('a new terminal is offered the catalogue and the safe parameters, signed, and nothing twice', async (t) => {
  const { offered, hint } = await start(t);
  const first = await offered(ONE);
  assert.deepEqual(
    first.map(({ kind }) => kind),
    ['catalogue', 'parameters'],
  );
  const { guides = [], ...rest } = CatalogueShape.parse(first[0]!.content);
  const { guides: _none, ...program } = CatalogueShape.parse(currentCatalogue('12329'));
  assert.deepEqual(rest, program);
  assert.equal(guides.length, PROGRAM_GUIDES.length, 'the guides the knowledge base begins with');
  const standing = await hint(ONE);
  assert.deepEqual(
    [standing.catalogue, standing.parameters],
    first.map(({ version }) => version),
  );
  assert.deepEqual(await offered(ONE, standing), []);
});

describe('a change', () => {
  test('for the whole centre reaches every terminal; for one terminal only that one', async (t) => {
    const { post, parameters, hint } = await start(t);
    const before = await hint(OTHER);
    const { version } = await post('configuration', { terminalId: ONE, change: { channel: stopped } });
    assert.ok(version! > before.parameters);
    assert.deepEqual(
      [(await parameters(ONE)).channel.state, (await parameters(OTHER)).channel.state],
      ['stopped', 'open'],
    );
    await post('configuration', { change: { heartbeatSeconds: 60 } });
    const [one, other] = [await parameters(ONE), await parameters(OTHER)];
    assert.deepEqual([one.heartbeatSeconds, other.heartbeatSeconds], [60, 60]);
    assert.equal(one.channel.state, 'stopped', 'what was decided about one terminal holds');
    await post('configuration', { terminalId: ONE, change: { channel: null } });
    assert.equal((await parameters(ONE)).channel.state, 'open', 'taken back: as the centre says');
    assert.ok((await parameters(ONE)).version > one.version);
  });

  test('of an item is one more reason on the list, and gone when it is started again', async (t) => {
    const { post, parameters } = await start(t);
    const words = { zh: '系统升级，暂停办理', en: 'Paused for an update' };
    await post('items/P01', { words });
    await post('items/B08', { words });
    const ids = async () => (await parameters(ONE)).stoppedItems.map(({ id }) => id);
    assert.deepEqual(await ids(), ['P01', 'B08']);
    await post('items/P01', { words: null });
    assert.deepEqual(await ids(), ['B08']);
  });

  test('that makes no sense is refused, and nothing is sent', async (t) => {
    const { post, hint, platform } = await start(t);
    const before = await hint(ONE);
    const nonsense = [
      { change: { heartbeatSeconds: 1 } },
      { change: { caps: { mostWaiting: 3 } } },
      { change: { colour: 'green' } },
      { change: { retentionDays: { business: 400, audit: 30, telemetry: 30, keys: 30 } } },
      { terminalId: 'all', change: {} },
    ];
    for (const body of nonsense) {
      const { status, code } = await post('configuration', body);
      assert.deepEqual([status, code], [400, 'E9005'], JSON.stringify(body));
    }
    assert.equal((await post('commands', { terminalId: ONE, command: { name: 'openDoor' } })).code, 'E9005');
    assert.deepEqual(await hint(ONE), before);
    const nobody = await fetch(`${platform.running.publicUrl}/management/configuration`, { method: 'POST' });
    assert.equal(nobody.status, 401);
  });

  test('keeps who proposed it and who approved it apart', async (t) => {
    const { post, platform } = await start(t);
    await post('configuration', { change: { heartbeatSeconds: 20 }, by: 'lin', approvedBy: 'zhao' });
    const { changes } = (await (await platform.management('configuration')).json()) as {
      changes: { proposedBy: string; approvedBy: string; content: unknown }[];
    };
    const { proposedBy, approvedBy, content } = changes[0]!;
    assert.deepEqual([proposedBy, approvedBy, content], ['lin', 'zhao', { heartbeatSeconds: 20 }]);
  });
});

test('commands come in order, to their terminal only, and not any more once they are a day old', async (t) => {
  const { post, offered, platform, hint } = await start(t);
  const standing = await hint(ONE);
  const first = await post('commands', { terminalId: ONE, command: { name: 'verifyJournal' } });
  const second = await post('commands', { command: { name: 'reconcileNow' } });
  const commands = async (terminalId: string, applied = standing) =>
    (await offered(terminalId, applied)).filter(({ kind }) => kind === 'command').map(({ version }) => version);
  assert.deepEqual(await commands(ONE), [first.version, second.version]);
  assert.deepEqual(await commands(OTHER), [second.version]);
  assert.deepEqual(await commands(ONE, { ...standing, command: first.version! }), [second.version]);
  assert.equal((await hint(ONE, standing)).command, second.version);
  platform.clock.advance(DAY + 1);
  assert.deepEqual(await commands(ONE), []);
  assert.equal((await hint(ONE, standing)).command, standing.command, 'nobody asks for what nobody would get');
});

test('a restart changes nothing; a platform put back to an old backup still counts above its terminals', async (t) => {
  const { platform, hint, post } = await start(t);
  const before = await hint(ONE);
  await platform.restart();
  assert.deepEqual(await hint(ONE), before);
  const today = Math.floor(before.parameters / 10_000);
  assert.equal(today, 261_121, 'versions begin with the day');
  platform.clock.advance(DAY);
  const { version } = await post('configuration', { change: { heartbeatSeconds: 20 } });
  assert.equal(version, 2_611_220_001);
});

test('what a terminal refused as forged is an event for the security officer, once', async (t) => {
  const { platform } = await start(t);
  const terminal = await platform.terminal(ONE);
  const beat = (refused?: { code: string; at: number }) =>
    terminal.ask('heartbeat', {
      programVersion: '0.1.0',
      applied: NOTHING,
      commands: [],
      devices: [],
      pending: {},
      refused,
    });
  await beat();
  await beat({ code: 'E2304', at: 1 });
  await beat({ code: 'E2301', at: 2 });
  await beat({ code: 'E2301', at: 2 });
  await beat({ code: 'E2303', at: 3 });
  const events = (await (await platform.management('events')).json()) as { code: string; terminalId: string }[];
  assert.deepEqual(
    events.map(({ code, terminalId }) => [code, terminalId]),
    [
      ['E2303', ONE],
      ['E2301', ONE],
    ],
    'a wrong clock is no attack, and what was told before is told',
  );
});

test('a signature that ends within a quarter is made anew, with the same content', async (t) => {
  const { platform, offered, hint } = await start(t);
  const before = await offered(ONE);
  platform.clock.advance(300 * DAY);
  const standing = await hint(ONE);
  const after = await offered(ONE);
  for (const [i, statement] of after.entries()) {
    assert.ok(statement.version > before[i]!.version && statement.expires > before[i]!.expires);
    assert.deepEqual(statement.content, before[i]!.content);
    assert.equal(standing[statement.kind], statement.version);
  }
});

describe('the signer is a process of its own', () => {
  const pair = generateKeyPairSync('ed25519');
  function keyFile(t: TestContext, key: KeyObject = pair.privateKey): string {
    const dir = mkdtempSync(join(tmpdir(), 'signer-'));
    t.after(() => rmSync(dir, { recursive: true, force: true }));
    const file = join(dir, 'configuration.key');
    writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }));
    return file;
  }
  const catalogue: Catalogue = { items: [], branches: [], topics: [], enquiryPhone: '12329' };
  const said = (change: Partial<Statement> = {}): Statement => ({
    v: 1,
    kind: 'catalogue',
    version: 1,
    audience: { centreId: '38010000' },
    issuedAt: 0,
    notBefore: 0,
    expires: DAY,
    content: catalogue,
    ...change,
  });
  const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

  test('it signs statements as terminals read them, refuses everything else, and ends when it is told to', async (t) => {
    const log: string[] = [];
    const signer = processSigner(keyFile(t), ({ event }) => log.push(event));
    const signed = await signer.sign(bytes(said()));
    assert.ok(signed, log.join());
    const envelope: Envelope = {
      keyId: signed.keyId,
      statementBase64: bytes(said()).toString('base64'),
      signatureBase64: Buffer.from(signed.signature).toString('base64'),
    };
    const keys = new Map([[keyIdOf(pair.publicKey), pair.publicKey]]);
    assert.ok(openEnvelope(envelope, keys, { terminalId: '300120', centreId: '38010000' }).ok);
    assert.deepEqual(
      await keySigner(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()).sign(bytes(said())),
      { keyId: signed.keyId, signature: Buffer.from(signed.signature) },
    );
    for (const other of [bytes('transfer everything'), bytes(said({ expires: 500 * DAY })), Buffer.from([1, 2, 3])]) {
      assert.equal(await signer.sign(other), undefined);
    }
    await signer.close();
    assert.deepEqual(log, ['signer.refused', 'signer.refused', 'signer.refused']);
  });

  test('without its key it answers nothing, and the platform does not start with terminals it could not serve', async (t) => {
    const signer = processSigner(join(tmpdir(), 'no such key'), () => {});
    assert.equal(await signer.sign(bytes(said())), undefined);
    await signer.close();
    const wrong = processSigner(keyFile(t, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey), () => {});
    assert.equal(await wrong.sign(bytes(said())), undefined);
    await wrong.close();
    const nobody = { sign: async () => undefined, close: async () => {} };
    const installation = await install();
    t.after(() => installation.remove());
    const started = await startPlatform(PlatformConfig.parse(installation.config), { signer: nobody, log: () => {} });
    assert.equal(started.ok ? 'started' : started.error.code, 'E2307');
  });
});
