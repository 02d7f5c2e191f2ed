import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { CONSOLE_STAFF, type SeededConsole, startSeededConsole } from '../testing/console-seed.ts';
import { signedIn } from '../testing/console-client.ts';
import { type ConsoleRouteName, consoleRoutes } from './contract/api.ts';
import { Role } from './contract/route.ts';

/** Written out by hand, so that a cell that changes in the table changes in two places. Columns: O A D S as in Role. */
const EXPECTED: Readonly<Record<Exclude<ConsoleRouteName, 'signIn'>, string>> = {
  ...{ me: 'OADS', signOut: 'OADS', changeSecret: 'OADS', attention: 'OADS' },
  ...{ fleet: 'OADS', terminal: 'OADS', placeTerminal: 'O-D-', commandTerminal: 'O-D-' },
  ...{ changes: 'OADS', change: 'OADS', proposeChange: 'O-D-', decideChange: 'O-D-', withdrawChange: 'O-D-' },
  ...{ stepWave: 'O-D-', emergencyStop: 'O-D-', channels: 'OADS' },
  ...{ catalogue: 'OADS', articles: 'OADS', article: 'OADS', saveArticle: 'O-D-' },
  ...{ flow: 'OADS', branches: 'OADS', slots: 'OADS', saveBranch: 'O-D-', reportWaiting: 'O-D-' },
  ...{ search: 'OAD-', reveal: 'O-D-' },
  ...{ workOrders: 'OAD-', workOrder: 'OAD-', assignWorkOrder: 'O-D-', classifyWorkOrder: 'O-D-' },
  ...{ commentWorkOrder: 'O-D-', answerWorkOrder: 'O-D-', closeWorkOrder: 'O-D-', deadlines: 'OADS' },
  ...{ analysis: 'OADS', usageReport: 'OADS', exportList: 'OADS' },
  ...{ anomalies: 'OAD-', settleAnomaly: '-AD-', register: 'OAD-' },
  ...{ cases: 'OADS', case: 'OADS', assignCase: 'O-D-', commentCase: 'OAD-' },
  ...{ releases: 'OADS', quarantine: 'OAD-', quarantined: 'OAD-', lookQuarantined: 'OAD-', decideQuarantined: 'O-D-' },
  ...{ audit: '-AD-', verifyAudit: '-AD-', security: 'OAD-', backups: 'OAD-' },
  ...{ documents: 'OAD-', document: 'OAD-', cancelRequests: 'OAD-' },
  ...{ requests: 'OAD-', request: 'OAD-', decideRequest: 'O-D-', askForMaterials: 'O-D-' },
  ...{ findOutRequest: 'O-D-', identifyRequest: 'O-D-' },
  ...{ departments: 'OADS', outwardAnswers: 'OAD-' },
  ...{ staff: '-AD-', addStaff: '--D-', changeStaff: '--D-', resetSecret: '--D-', unlockStaff: '--D-' },
};

let seeded: SeededConsole;
before(async () => (seeded = await startSeededConsole({ staffOnly: true })));
after(() => seeded.platform.end());
// So many requests at once are more than anybody makes: time goes on between two tests.
beforeEach(() => seeded.platform.clock.advance(60_000));

const routes = Object.keys(consoleRoutes) as ConsoleRouteName[];
const address = (name: ConsoleRouteName) => seeded.url + consoleRoutes[name].path.replace(/:\w+/g, '1');

for (const [column, role] of Role.options.entries()) {
  test(`every route asked by a ${role}: refused with E2504 exactly where the table says so`, async () => {
    const { login } = CONSOLE_STAFF.find((one) => one.role === role)!;
    const browser = await signedIn(seeded.url, login);
    const me = await browser.me({});
    const token = me.ok ? me.value.csrfToken : '';
    for (const name of routes) {
      if (name === 'signIn' || name === 'signOut') continue;
      const { method } = consoleRoutes[name];
      const response = await fetch(address(name), {
        method,
        headers: { cookie: browser.cookie, 'x-csrf-token': token, 'content-type': 'application/json' },
        ...(method === 'POST' && { body: '{"junk":true}' }),
      });
      const body = (await response.json()) as { code?: string };
      const allowed = EXPECTED[name][column] !== '-';
      assert.equal(body.code === 'E2504', !allowed, `${role} at ${name}: ${response.status} ${JSON.stringify(body)}`);
      assert.equal(response.status === 403, !allowed, `${role} at ${name}: ${response.status}`);
      assert.notEqual(response.status, 500, name);
    }
    assert.equal((await browser.signOut({})).ok, true);
  });
}

test('nobody who has not signed in gets anything, and no route changes anything without the token', async () => {
  const browser = await signedIn(seeded.url, 'chen.yu');
  for (const name of routes) {
    if (name === 'signIn') continue;
    const { method } = consoleRoutes[name];
    const headers = { 'content-type': 'application/json' };
    const body = method === 'POST' ? { body: '{}' } : {};
    assert.equal((await fetch(address(name), { method, headers, ...body })).status, 401, name);
    if (method !== 'POST') continue;
    const forged = await fetch(address(name), { method, headers: { ...headers, cookie: browser.cookie }, ...body });
    assert.deepEqual(await forged.json(), { code: 'E2505' }, name);
  }
});

test('who may see a page may take its list along, and nobody else', async () => {
  const supervisor = await signedIn(seeded.url, 'sun.hua');
  const lists = async (list: 'fleet' | 'documents' | 'audit') => {
    const answer = await supervisor.exportList({ list, format: 'csv' });
    return answer.ok ? 'taken' : answer.error.code;
  };
  assert.deepEqual(await Promise.all((['fleet', 'documents', 'audit'] as const).map(lists)), [
    'taken',
    'E2504',
    'E2504',
  ]);
});
