import type { Figure } from '../harness/figure.ts';
import { consolePage } from './console.ts';
import { cores } from './cores.ts';
import { reconnect } from './outage.ts';
import { overload, stall } from './overload.ts';
import { batchRate, duplicateRate, singleRate, singleTail } from './throughput.ts';

/** What a fleet asks of a platform with PostgreSQL, on the cores that generator, platform and database share. */
export const FLEET_FIGURES: readonly Figure[] = [
  figure(
    'single_rps',
    'durable single-record requests a second, two shared cores',
    '1/s',
    'higher',
    '≥ 2,500',
    singleRate,
  ),
  figure('single_p99_ms', 'their slowest hundredth', 'ms', 'lower', '≤ 50', singleTail),
  figure('batch50_rps', 'records a second in batches of 50', '1/s', 'higher', '≥ 15,000', batchRate),
  figure('dup_rps', 'duplicates skipped a second', '1/s', 'higher', '≥ 50,000', duplicateRate),
  figure('reconnect_10k_s', '10,000 terminals back after an outage', 's', 'lower', '≤ 60, only 429s', reconnect),
  figure('overload_goodput', 'share of capacity kept at three times the load', '', 'higher', '≥ 0.9', overload),
  figure(
    'stall_recovery_s',
    'the database stood still for 30 s: release to the usual p99',
    's',
    'lower',
    '≤ 60',
    stall,
  ),
  figure('core_scaling', 'requests a second on two cores ÷ prediction from one', '', 'higher', '0.8 to 1.2', cores),
  figure('console_page_ms', 'the console’s page of 10,000 terminals, PostgreSQL', 'ms', 'lower', '≤ 250', consolePage),
];

function figure(
  id: string,
  what: string,
  unit: string,
  better: Figure['better'],
  aim: string,
  source: Figure['source'],
): Figure {
  return { id: `fleet.${id}`, what, unit, better, aim, source };
}
