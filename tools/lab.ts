// The laboratory: production drivers, journal and line on devices, disks and a network that a Linux kernel plays, in a
// machine of its own.

import { ensureLabPackages } from './bootstrap.mjs';
import { commandLine } from './command-line.ts';
import { whyNoLab } from './lab/prepare.ts';
import { LAB_CHECKS } from '@kiosk/e2e/lab/all.ts';
import { lineOf, unknownChecks } from './lab/lines.ts';
import { runLab } from './lab/run.ts';

const USAGE = `npm run lab -- [--only CHECK]… [--console]

  --only CHECK  one check, by the name it is listed with; may be given more than once (all of them)
  --console     with everything the machine says

The exit code is 0 when every check that ran passed.`;

const options = commandLine(USAGE, {
  only: { type: 'string', multiple: true, default: [] },
  console: { type: 'boolean', default: false },
});
const print = (text: string) => void process.stdout.write(text);

process.exitCode = await main();

async function main(): Promise<number> {
  // Said at once: a machine that boots for a minute to find nothing of that name helps nobody.
  const strange = unknownChecks(
    options.only,
    LAB_CHECKS.map(({ id }) => id),
  );
  if (strange !== undefined) {
    print(strange);
    return 1;
  }
  await ensureLabPackages();
  const why = await whyNoLab();
  if (why !== undefined) {
    print(`NOT RUN the laboratory: ${why}\n`);
    return 1;
  }
  const startedAt = performance.now();
  const onConsole = options.console ? print : undefined;
  const checks = await runLab({ only: options.only, tell: (line) => print(`${line}\n`), onConsole });
  for (const check of checks) print(`${lineOf(check)}\n`);
  const count = (result: string) => checks.filter((check) => check.result === result).length;
  const notRun = count('NOT RUN') > 0 ? `, ${count('NOT RUN')} not run` : '';
  print(`\n${((performance.now() - startedAt) / 1_000).toFixed(0)} s in all\n`);
  print(`${count('PASS')} passed, ${count('FAIL')} failed${notRun}\n`);
  return checks.length > 0 && count('FAIL') === 0 ? 0 : 1;
}
