import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { catalogue, explain } from './catalogue.ts';

const root = join(import.meta.dirname, '../..');
const SOURCES = [
  'contract',
  'domain',
  'documents',
  'device-drivers',
  'sync-agent',
  'central-platform',
  'kiosk-app',
  'testbench',
];

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(ts|svelte)$/.test(entry.name) && !entry.name.includes('.test.')) yield path;
  }
}

describe('the error catalogue', () => {
  it('has a sentence and a next step for everyone, in every language', () => {
    for (const [code, entry] of Object.entries(catalogue)) {
      for (const part of ['depositor', 'next', 'technician'] as const) {
        assert.match(entry[part].zh, /[\u4e00-\u9fff]/, `${code}.${part}.zh has no Chinese`);
        assert.match(entry[part].en, /^[A-Z0-9]/, `${code}.${part}.en is not an English sentence`);
        assert.doesNotMatch(entry[part].en, /[\u4e00-\u9fff]/, `${code}.${part}.en has Chinese left in it`);
      }
    }
  });

  it('never shows a depositor a code word of ours', () => {
    for (const [code, { depositor, next }] of Object.entries(catalogue)) {
      for (const text of [depositor.zh, depositor.en, next.zh, next.en]) {
        assert.doesNotMatch(text, /IPP|ASB|SAM|journal|token|JSON|timeout|\bE\d{4}\b/, `${code}: "${text}"`);
      }
    }
  });

  it('holds every code the programs use', () => {
    for (const folder of SOURCES) {
      for (const file of sources(join(root, folder))) {
        for (const [code] of readFileSync(file, 'utf8').matchAll(/\bE[1-9]\d{3}\b/g)) {
          assert.ok(Object.hasOwn(catalogue, code), `${file} uses ${code}, which is not in contract/errors`);
        }
      }
    }
  });

  it('answers an unknown code as a fault of this machine, never as nothing', () => {
    assert.equal(explain('E0000'), catalogue.E9006);
    assert.equal(explain('toString'), catalogue.E9006);
  });
});
