import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { ending, within } from './ending.ts';

test('the youngest goes first, and one that fails keeps nobody from going', async () => {
  let after: () => unknown = () => assert.fail('nothing was left for the end');
  const t = { after: (end: () => unknown) => (after = end) } as unknown as TestContext;
  const gone: string[] = [];
  ending(t, () => gone.push('folder'));
  ending(t, () => Promise.reject(new Error('does not stop')));
  ending(t, () => gone.push('client'));
  await assert.rejects(after() as Promise<void>, /not everything/);
  assert.deepEqual(gone, ['client', 'folder']);
});

test('what never comes is given up with words', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const waited = within(new Promise(() => {}), () => 'the queue holds 3');
  t.mock.timers.tick(120_000);
  await assert.rejects(waited, /still waiting after 120 s: the queue holds 3/);
});
