import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { loadConfig } from './config.ts';
import { jsonLog } from './log.ts';
import { openStore } from './store/open-store.ts';
import { createBackups } from './store/upkeep/backup.ts';
import { copiesOf } from './store/upkeep/copies.ts';

const USAGE = `Usage: node central-platform/backup.ts                     a backup now, proven by restoring it elsewhere
       node central-platform/backup.ts restore COPY TARGET  puts a copy back: TARGET is a file that is not there yet,
                                                            or the postgresql:// address of an empty database

PLATFORM_CONFIG names the platform's configuration; its \`backup\` says where copies go and how many are kept. Stop the platform before
a restored store takes the place of its own. Exit codes: 0 done and proven, 1 not, 2 usage.`;

process.exitCode = await main();

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } });
  const [what, copy, target] = positionals;
  if (values.help === true) return tell(USAGE, 0);
  if (what === undefined) return backup();
  if (what !== 'restore' || copy === undefined || target === undefined) return tell(USAGE, 2);
  if (!existsSync(copy)) return tell(`no such file: ${copy}`, 2);
  const isUrl = /^postgres(ql)?:/.test(target);
  if (!isUrl && existsSync(target)) return tell(`${target} is there already; nothing is overwritten`, 2);
  const done = await copiesOf(isUrl ? { url: target } : { file: target }).restore(copy, target);
  return done.ok ? tell(`restored to ${isUrl ? 'the database' : target}`, 0) : tell(`E6110  ${done.error.detail}`, 1);
}

async function backup(): Promise<number> {
  const config = loadConfig();
  if (!config.ok) return tell(`${config.error.code}  ${config.error.detail}`, 2);
  const { dataDir, databaseUrl } = config.value;
  const opened = await openStore(config.value);
  if (!opened.ok) return tell(`${opened.error.code}  ${opened.error.detail}`, 1);
  const store = opened.value;
  try {
    const { folder, keep } = config.value.backup ?? { folder: join(dataDir, 'backups'), keep: 14 };
    const done = await createBackups({
      store: store.upkeep,
      place: databaseUrl === undefined ? { file: join(dataDir, 'platform.db') } : { url: databaseUrl },
      folder,
      keep,
      clock: systemClock,
      log: jsonLog(
        () => systemClock.now(),
        () => {},
      ),
    }).run();
    if (!done.ok) return tell(`${done.error.code}  ${done.error.detail}`, 1);
    const { file, bytes, compared } = done.value;
    return tell(`${join(folder, file)}: ${bytes} bytes, restored elsewhere and compared, ${compared} rows`, 0);
  } finally {
    await store.close();
  }
}

function tell(text: string, exitCode: number): number {
  (exitCode === 0 ? process.stdout : process.stderr).write(`${text}\n`);
  return exitCode;
}
