import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { ESLint } from 'eslint';
import { ROOT } from '../bootstrap.mjs';
import { importProblem } from './import-direction.js';

const problem = (from: string, specifier: string, typeOnly = false): string | undefined =>
  importProblem({ importer: path.join(ROOT, from), specifier, typeOnly });

describe('imports point one way', () => {
  it('the real lint configuration reports a program that imports another program', async () => {
    const eslint = new ESLint({ cwd: ROOT });
    const code = "import { openJournal } from '@kiosk/sync-agent/journal/journal.ts';\nopenJournal();\n";
    const [result] = await eslint.lintText(code, { filePath: path.join(ROOT, 'device-drivers/host/main.ts') });
    const rules = result?.messages.map((message) => message.ruleId);
    assert.deepEqual(rules, ['kiosk/import-direction'], JSON.stringify(result?.messages));
  });

  it('the real lint configuration reports a screen that imports Node', async () => {
    const eslint = new ESLint({ cwd: ROOT });
    const code = "export const read = async (): Promise<unknown> => await import('node:fs');\n";
    const [result] = await eslint.lintText(code, { filePath: path.join(ROOT, 'kiosk-app/renderer/main.ts') });
    assert.deepEqual(
      result?.messages.map((message) => message.ruleId),
      ['kiosk/import-direction'],
    );
  });

  it('downwards is allowed, upwards and sideways are not', () => {
    assert.equal(problem('sync-agent/agent/main.ts', '@kiosk/domain/money.ts'), undefined);
    assert.equal(problem('e2e/electron/story.test.ts', '@kiosk/testbench/index.ts'), undefined);
    assert.match(problem('contract/slip.ts', '@kiosk/domain/money.ts') ?? '', /contract\/ may import from no other/);
    assert.match(problem('domain/money.ts', '@kiosk/documents/kit.ts') ?? '', /only from contract/);
    assert.match(problem('kiosk-app/session/main.ts', '@kiosk/testbench/index.ts') ?? '', /not from testbench/);
  });

  it('a relative path does not get round it', () => {
    assert.match(problem('domain/money.ts', '../contract/slip.ts') ?? '', /import '@kiosk\/contract\/slip\.ts'/);
    assert.equal(problem('device-drivers/host/main.ts', '../codec/sdt.ts'), undefined);
  });

  it('a screen takes shapes and words from the contract, and nothing that runs elsewhere', () => {
    const screen = 'kiosk-app/renderer/screens/Attract.svelte';
    assert.equal(problem(screen, '@kiosk/contract/services/common.ts', true), undefined);
    assert.equal(problem(screen, '@kiosk/contract/errors/catalogue.ts'), undefined);
    assert.equal(problem(screen, '../parts/TopBar.svelte'), undefined);
    assert.match(problem(screen, '@kiosk/contract/rpc/client.ts') ?? '', /types from contract/);
    assert.equal(problem(screen, '@kiosk/domain/money.ts'), undefined);
    assert.match(problem(screen, '@kiosk/documents/kit.ts') ?? '', /types from contract/);
    assert.match(problem(screen, '../../session/main.ts') ?? '', /types from contract/);
    assert.match(problem(screen, 'electron') ?? '', /no Node and no Electron/);
  });
});
