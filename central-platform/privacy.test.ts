import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { syntheticPeople } from '@kiosk/domain/synthetic.ts';
import { startTestPlatform } from './testing/installation.ts';
import { claimOf, complaint, TestJournal } from './testing/terminal.ts';

const PEOPLE = syntheticPeople('2026-11-21');

test('a whole day of people leaves nothing of them in the log, nor in clear in the database', async (t) => {
  const platform = await startTestPlatform();
  t.after(() => platform.end());
  const terminal = await platform.terminal();
  const journal = new TestJournal(terminal, 'business');
  const secrets = PEOPLE.flatMap((person) => [
    person.name,
    person.idNumber,
    person.phone,
    person.idNumber.slice(6, 14),
  ]);

  let counter = 0;
  for (const person of PEOPLE) {
    const sent = await terminal.call('sendCode', claimOf(person));
    if (sent.status !== 200) continue;
    const { challengeId } = sent.body as { challengeId: string };
    const [message] = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
    const code = /\d{6}/.exec(message!.text)![0];
    const check = await terminal.ask('checkCode', { challengeId, code });
    assert.ok(check.accepted);
    const { identityToken } = check;
    secrets.push(identityToken, message!.text, person.accounts[0]!.accountNumber);
    await terminal.ask('account', { identityToken });
    const period = { from: '2025-12', to: '2026-11' };
    const operationId = `op-${++counter}`;
    const issued = await terminal.call('issueStatement', { identityToken, operationId, period, maskIdNumber: true });
    // A name our fonts lack is refused, and that answer must not tell the name either.
    if (issued.status !== 200) assert.equal((issued.body as { code: string }).code, 'E5204');
    const { name, idNumber, phone } = person;
    const { data, wrapped } = complaint(makeRequestNumber({ terminal: terminal.terminalId, counter }), operationId, {
      clear: { name, idNumber, phone },
      centreKey: platform.installation.centreKey,
    });
    journal.write(data, wrapped);
  }
  assert.ok(counter >= 6, 'the story needs people in it');
  // What breaks must not tell either: values of a person in the wrong place, in the address, in a broken body.
  const [someone] = PEOPLE;
  await terminal.send('POST', '/v1/identity/codes', { name: [someone!.name], idNumber: { value: someone!.idNumber } });
  await terminal.send('POST', '/v1/identity/codes', `{"name":"${someone!.name}`);
  await terminal.send('GET', `/v1/people/${someone!.idNumber}?phone=${someone!.phone}`);
  journal.writeRaw(
    Buffer.from(JSON.stringify({ v: 1, at: 1, data: { type: someone!.name, person: someone!.idNumber } })),
  );
  await terminal.deliver(journal.batch());
  const seen = [
    ...['requests', 'documents', 'quarantine', 'events', 'terminals'].map(async (path) =>
      (await platform.management(path)).text(),
    ),
  ];
  const shown = (await Promise.all(seen)).join('\n');
  await platform.running.close();

  const log = platform.logLines.join('');
  assert.ok(log.includes('/v1/documents/statements'), 'the log says what was asked for');
  for (const secret of secrets) {
    assert.ok(!log.includes(secret), 'the log holds a personal value or a secret');
    assert.ok(!shown.includes(secret), 'the management interface shows a personal value or a secret');
  }

  // The bodies of the journal are the terminal's own bytes, sealed by it; the garbage entry above is the one exception.
  const garbage = [someone!.name, someone!.idNumber, someone!.idNumber.slice(6, 14)];
  const data = join(platform.installation.dir, 'data');
  for (const file of readdirSync(data)) {
    const bytes = readFileSync(join(data, file));
    for (const secret of secrets.filter((one) => !garbage.includes(one))) {
      assert.ok(!bytes.includes(secret), `${file} holds a personal value in clear`);
    }
  }
});
