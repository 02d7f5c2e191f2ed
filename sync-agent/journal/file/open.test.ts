import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTooOld, linkedSqliteVersion } from './open.ts';

test('a SQLite that may lose a commit opens no journal; the one linked into this program may', () => {
  for (const old of ['3.51.2', '3.51', '3.50.9', '3.9.4', '2.99.9', '', 'nonsense']) assert.ok(isTooOld(old), old);
  for (const good of ['3.51.3', '3.51.10', '3.52.0', '3.100.0', '4.0.0']) assert.ok(!isTooOld(good), good);
  assert.ok(!isTooOld(linkedSqliteVersion()), 'better-sqlite3 brings a SQLite with the WAL-reset bug');
});
