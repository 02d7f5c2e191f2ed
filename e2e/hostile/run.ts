// The hostile network for longer, or one seed again:
//
//   npm run hostile -- [--deliveries N] [--seed N] [--each N]
//
// The deliveries are told in campaigns of `--each`, each with a seed of its own, printed when it fails.

import { parseArgs } from 'node:util';
import { wage } from './campaign.ts';
import { CENTRAL_PLATFORM, SYNC_AGENT } from './weak.ts';

const { values } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '10000000' },
    seed: { type: 'string', default: '1' },
    each: { type: 'string', default: '20000' },
  },
});
const wanted = Number(values.deliveries);
const say = (line: string) => void process.stdout.write(`${line}\n`);

let done = 0;
for (let seed = Number(values.seed); done < wanted; seed++) {
  const deliveries = Math.min(Number(values.each), wanted - done);
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
