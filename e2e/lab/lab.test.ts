// The laboratory, each check once (docs/lab.md). It takes as long as one machine takes to start, so all of them are run
// in one go and counted one by one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareLab } from '@kiosk/tools/lab/prepare.ts';
import { runLab } from '@kiosk/tools/lab/run.ts';

const tell = (line: string) => process.stderr.write(`${line}\n`);
const missing = await prepareLab(tell).then(
  () => undefined,
  (error: unknown) => `no kernel for the laboratory: ${error instanceof Error ? error.message.split('\n')[0] : ''}`,
);

if (missing !== undefined) test('the laboratory', { skip: missing }, () => {});
else {
  for (const { id, title, result, detail } of await runLab({ only: [], tell })) {
    test(`${id}: ${title}`, { skip: result === 'NOT RUN' && detail }, () => assert.equal(result, 'PASS', detail));
  }
}
