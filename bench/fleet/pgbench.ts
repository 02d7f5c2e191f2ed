import { execFile } from 'node:child_process';
import { accessSync, constants, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresTables } from '@kiosk/central-platform/store/engine/postgres.ts';
import { PREPARED_NAMES } from '@kiosk/central-platform/store/engine/prepared.ts';
import { findPostgres } from '@kiosk/central-platform/testing/postgres-programs.ts';
import { terminalIdOf } from './simulator/credentials.ts';

/** In the order in which the platform's own statement for one batch names them (central-platform/store/areas/append-postgres.ts). */
const GIVEN = [
  ...[':terminal', "'audit'", ':next::bigint', ':link', "'\\x00'::bytea", ':now::bigint', ':durable::bigint', ':head'],
  ...[
    'ARRAY[:next::bigint]',
    'ARRAY[:link::text]',
    'ARRAY[:link::text]',
    "ARRAY['\\x00'::bytea]",
    'BODY',
    'ARRAY[NULL]',
  ],
  ...['ARRAY[]', 'ARRAY[]', 'ARRAY[]'],
] as const;

/**
 * pgbench on the platform's schema with the platform's own statement for one record of one stream: what this database gives to
 * somebody who does nothing else. Transactions a second; or why it cannot be measured here.
 */
export async function pgbench(
  url: string,
  folder: string,
  options: {
    readonly clients: number;
    readonly seconds: number;
    readonly terminals: number;
    readonly bodyBytes: number;
  },
): Promise<number | { readonly reason: string }> {
  const program = findProgram();
  if (program === undefined) return { reason: 'pgbench is not installed' };
  const statement = await appendStatement(url);
  const given = GIVEN.map((one) => (one === 'BODY' ? `ARRAY[decode(repeat('7b', ${options.bodyBytes}), 'hex')]` : one));
  if (
    statement === undefined ||
    !statement.includes(`$${GIVEN.length}`) ||
    statement.includes(`$${GIVEN.length + 1}`)
  ) {
    return { reason: "the platform's append statement has changed; bench/fleet/pgbench.ts has not" };
  }
  const filled = statement.replaceAll(/\$(\d+)/g, (_all, n: string) => given[Number(n) - 1]!).replaceAll(/\s+/g, ' ');
  const first = Number(terminalIdOf(0));
  const script = [
    `\\set number random(${first}, ${first + options.terminals - 1})`,
    `\\set now ${Date.now()}`,
    `SELECT :number::text AS terminal, coalesce(max(durable_up_to), 0) AS durable, coalesce(max(head), repeat('0', 64)) AS head, coalesce(max(durable_up_to), 0) + 1 AS next, md5(random()::text) || md5(random()::text) AS link FROM stream_head WHERE terminal_id = :number::text AND stream = 'audit' \\gset`,
    `${filled};`,
  ];
  const file = join(folder, 'append.sql');
  writeFileSync(file, `${script.join('\n')}\n`);
  const wanted = ['-n', '-M', 'prepared', '-f', file, '-c', String(options.clients), '-j', '2'];
  const ran = await promisify(execFile)(program, [...wanted, '-T', String(options.seconds), url]).catch(
    (error: Error & { stderr?: string }) => error,
  );
  // What it is measured beside must not take the measurement with it.
  if (ran instanceof Error)
    return { reason: `pgbench ended badly: ${/error:.*/i.exec(ran.stderr ?? '')?.[0] ?? ran.name}` };
  const { stdout } = ran;
  const found = /tps = ([\d.]+)/.exec(stdout)?.[1];
  return found === undefined ? { reason: 'pgbench told no tps' } : Number(found);
}

/** Its text as the store makes it; the store is opened for that alone. */
async function appendStatement(url: string): Promise<string | undefined> {
  const { journalStore } = await import('@kiosk/central-platform/store/areas/journal.ts');
  const db = await postgresTables(url, 1);
  journalStore(db);
  await db.destroy();
  return [...PREPARED_NAMES.keys()].find(
    (text) => /INSERT INTO stream_head \(/.test(text) && !text.includes('stream_head AS there'),
  );
}

function findProgram(): string | undefined {
  for (const file of [join(findPostgres() ?? '', 'pgbench'), '/usr/bin/pgbench']) {
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // The next one.
    }
  }
  return undefined;
}
