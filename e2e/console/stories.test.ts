import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { consoleClient } from '@kiosk/central-platform/management/contract/client.ts';
import { type Desk, goTo, openDesk, settled, signIn } from '@kiosk/central-platform/management/web/gallery/desk.ts';
import type { Page } from 'playwright-core';

let desk: Desk;
before(async () => {
  desk = await openDesk();
});
after(() => desk.close());

/** The console's routes, asked with the session that a page holds. */
const asked = async (page: Page) => {
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  return consoleClient(desk.seeded.url, (input, init) =>
    fetch(input, { ...init, headers: { ...init?.headers, cookie: cookies } }),
  );
};

const toast = (page: Page) => page.getByTestId('toast-fine').first().waitFor();

test('who sees what: an operator works, a supervisor only looks, an auditor verifies the log', async () => {
  const supervisor = await desk.sit('sun.hua');
  for (const hidden of ['search', 'work-orders', 'audit', 'staff'])
    assert.equal(await supervisor.getByTestId(`nav-${hidden}`).count(), 0, `a supervisor sees ${hidden}`);
  await goTo(desk, supervisor, 'channels');
  assert.equal(
    (await supervisor.getByTestId('emergency').count()) + (await supervisor.getByTestId('stop-50').count()),
    0,
  );
  await goTo(desk, supervisor, 'staff');
  await supervisor.getByText('您的角色看不到这一页').last().waitFor();
  await supervisor.getByTestId('sign-out').click();
  await supervisor.getByTestId('login').waitFor();
  await signIn(supervisor, 'zhao.jie');
  await goTo(desk, supervisor, 'audit');
  await supervisor.getByTestId('verify-audit').click();
  await supervisor.getByTestId('verified').getByText('没有改动').waitFor();
  await supervisor.context().close();
});

test('a wrong secret is one sentence, and the page stays where it was', async () => {
  const page = await desk.approach({ language: 'en' });
  await page.getByTestId('login').fill('wang.min');
  await page.getByTestId('secret').fill('not the right one at all');
  await page.getByTestId('sign-in').click();
  await page.getByRole('alert').getByText('E2502').waitFor();
  await page.context().close();
});

test('one proposes a notice, another approves it with both sides before the eyes, and it goes down to the terminals', async () => {
  const terminal = await desk.seeded.platform.terminal();
  const applied = { catalogue: 0, parameters: 0, command: 0 };
  const proposer = await desk.sit('wang.min');
  await goTo(desk, proposer, 'channels?tab=notices');
  await proposer.getByTestId('new-notice').click();
  const dialog = proposer.getByTestId('propose');
  await dialog.locator('textarea[lang="zh-CN"]').fill('今日下午三点停水');
  await dialog.locator('textarea[lang="en"]').fill('No water from three o’clock');
  await dialog.getByTestId('reason').fill('物业通知');
  await dialog.getByTestId('propose-now').click();
  await toast(proposer);
  const mine = (await (await asked(proposer)).changes({ limit: 1 })) as {
    ok: true;
    value: { rows: { changeId: number }[] };
  };
  const { changeId } = mine.value.rows[0]!;
  await goTo(desk, proposer, `approvals/${changeId}?queue=all`);
  await proposer.getByTestId('withdraw').waitFor();
  assert.equal(await proposer.getByTestId('approve').count(), 0, 'who proposed it could approve it');

  const approver = await desk.sit('li.qiang', { language: 'en' });
  await goTo(desk, approver, `approvals/${changeId}`);
  await approver.getByTestId('approve').click();
  await approver.getByTestId('decide').getByTestId('difference').getByText('No water from three o’clock').waitFor();
  await approver.getByTestId('decide-now').click();
  await toast(approver);
  await approver.getByTestId('inspector').getByText('In force').first().waitFor();
  const down = JSON.stringify(
    (await terminal.ask('downlink', { applied })).envelopes.map(({ statementBase64 }) =>
      Buffer.from(statementBase64, 'base64').toString(),
    ),
  );
  assert.ok(down.includes('今日下午三点停水'), 'the notice is not among what the terminal is sent');
  await proposer.context().close();
  await approver.context().close();
});

test('a work order is taken, answered and closed; a look at the message is logged with its reason', async () => {
  const page = await desk.sit('wang.min');
  await goTo(desk, page, 'work-orders');
  const row = page.locator('tr[data-row^="YTJ"]').first();
  const number = (await row.getAttribute('data-row'))!;
  await row.click();
  await page.getByTestId('assign-me').click();
  await toast(page);
  await page.getByTestId('reveal-text').getByRole('button').click();
  await page.getByTestId('reason').fill('处理工单需要看留言');
  await page.getByTestId('reveal-now').click();
  await page.getByTestId('reveal-text').getByText('秒后遮住').waitFor();
  await page.getByTestId('answer').click();
  await page.getByTestId('order-text').fill('已联系网点处理。');
  await page.getByTestId('order-send').click();
  await page.getByTestId('order-dialog').waitFor({ state: 'detached' });
  await settled(page);
  await page.getByTestId('close-order').click();
  await page.getByTestId('order-text').fill('来电人满意。');
  await page.getByTestId('order-send').click();
  await page.getByTestId('inspector').getByText('已办结').first().waitFor();

  const auditor = await desk.sit('zhao.jie');
  const log = await (await asked(auditor)).audit({ limit: 50, actor: 'wang.min' });
  assert.ok(log.ok);
  const of = log.value.rows.filter(({ subject }) => subject === number).map(({ action }) => action);
  assert.ok(
    of.some((action) => /reveal/i.test(action)),
    `no entry of the look: ${of.join(', ')}`,
  );
  assert.ok(
    of.some((action) => /closed/i.test(action)),
    `no entry of the closing: ${of.join(', ')}`,
  );
  assert.ok(!JSON.stringify(log.value.rows).includes('已联系网点'), 'what staff wrote stands in the log');
  await page.context().close();
  await auditor.context().close();
});

test('the list goes home as a file, in the language of the desk', async () => {
  const page = await desk.sit('wang.min', { language: 'en' });
  await goTo(desk, page, 'fleet');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-csv').click()]);
  assert.equal(download.suggestedFilename(), 'fleet.csv');
  const text = readFileSync((await download.path())!, 'utf8');
  assert.match(text, /300202/);
  await page.context().close();
});

test('a morning by keyboard alone: a fault is found, its machine told to reconcile, a page jumped to, help read', async () => {
  const page = await desk.approach({ language: 'en' });
  const keys = async (...names: string[]) => {
    for (const name of names) await page.keyboard.press(name);
  };
  await page.keyboard.type('wang.min');
  await keys('Tab');
  await page.keyboard.type('only for the demonstration city');
  await keys('Enter');
  await page.locator('nav').waitFor();
  await settled(page);
  await keys('g', 'f');
  await settled(page);
  await keys('/');
  await page.keyboard.type('300202');
  await page.locator('tr[data-row="300202"]').waitFor();
  await page.locator('tr[data-row="300205"]').waitFor({ state: 'detached' });
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await keys('j', 'Enter');
  await page.getByTestId('inspector').getByText('300202').first().waitFor();
  await settled(page);
  await page.getByTestId('reconcile-now').focus();
  await keys('Enter');
  await toast(page);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await keys('Escape');
  await page.getByTestId('inspector').waitFor({ state: 'detached' });
  await keys('?');
  await page.getByRole('dialog').getByText('Keyboard shortcuts').waitFor();
  await keys('Escape', 'Control+k');
  await page.getByTestId('palette').waitFor();
  await page.keyboard.type('releases');
  await keys('Enter');
  await page.locator('h1', { hasText: 'Releases' }).waitFor();
  await page.getByTestId('language').focus();
  await keys('Enter');
  await page.locator('h1', { hasText: '发布' }).waitFor();
  await page.context().close();
});
