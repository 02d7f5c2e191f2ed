// The hostile network for longer, or one seed again.

import { commandLine, wholeNumber } from '@kiosk/tools/command-line.ts';
import { wage } from './campaign.ts';
import { CENTRAL_PLATFORM, SYNC_AGENT } from './weak.ts';

const USAGE = `npm run hostile -- [--deliveries N] [--each N] [--seed N]

  --deliveries N  batches that the terminal tries to send, in all (10,000,000)
  --each N        of them in one campaign, with a seed of its own that is printed (20,000)
  --seed N        of the first campaign; those that follow count on from it (1)

The exit code is 1 when something was lost, came twice or out of order; the line to play it again is printed.`;

const values = commandLine(USAGE, {
  deliveries: { type: 'string', default: '10000000' },
  each: { type: 'string', default: '20000' },
  seed: { type: 'string', default: '1' },
});
const wanted = wholeNumber(USAGE, 'deliveries', values.deliveries);
const each = wholeNumber(USAGE, 'each', values.each);
const first = wholeNumber(USAGE, 'seed', values.seed, 0);
const say = (line: string) => void process.stdout.write(`${line}\n`);

let done = 0;
for (let seed = first; done < wanted; seed++) {
  const deliveries = Math.min(each, wanted - done);
  const found = await wage({
    seed,
    deliveries,
    syncAgent: SYNC_AGENT,
    centralPlatform: CENTRAL_PLATFORM,
    killOneOf: 3_000,
  });
  done += found.deliveries;
  say(`seed ${seed}: ${found.entries} entries, ${done} of ${wanted} deliveries, ${found.violations.length} violations`);
  for (const violation of found.violations) say(`  ${violation}`);
  if (found.violations.length > 0) {
    say(`  again: npm run hostile -- --seed ${seed} --deliveries ${deliveries} --each ${deliveries}`);
    process.exitCode = 1;
  }
}
