import { idleCpu } from './device/idle.ts';
import { leak } from './device/leak.ts';
import { bankCardWireRatio, idCardWireRatio, pinPadWireRatio, slipWireRatio } from './device/wire-ratio.ts';
import { commitShare } from './journal/commit-share.ts';
import { recordsTogether } from './journal/records-x64.ts';
import { spacedTail } from './journal/spaced.ts';
import { startWithFullJournal } from './journal/start.ts';
import { FLEET_FIGURES } from './fleet/figures.ts';
import type { Figure } from './harness/figure.ts';
import { statementTime } from './pdf/statement.ts';
import { bundleSize } from './screen/bundle.ts';
import { screenPaint, tapPaint } from './screen/paint.ts';
import { testSeconds } from './setup/test-seconds.ts';
import { warmStart } from './setup/warm-start.ts';

const CRASH_LAB = { writtenBy: 'the crash lab (e2e/crash/lab.ts)' };
import { drainSeconds, foregroundSlowdown } from './sync/drain.ts';
import { coldStart } from './window/cold-start.ts';
import { totalMemory } from './window/memory.ts';
import { rendererRecovery } from './window/recovery.ts';
import { sessionGrowth } from './window/session-growth.ts';

/** Every figure of the product, each in one line; the only list there is. */
export const FIGURES: readonly Figure[] = [
  figure(
    'journal.commit_share',
    'durable requests, chained and sealed ÷ flushed 4 KiB overwrites beside them',
    '',
    'higher',
    '≥ 0.85',
    commitShare,
  ),
  figure(
    'journal.records_x64_per_s',
    'durable records a second, 64 a commit',
    '1/s',
    'higher',
    '≥ 50,000, first of all',
    recordsTogether,
  ),
  figure(
    'journal.spaced_p99_ratio',
    'slowest hundredth, one commit every 20 ms ÷ a raw fsync at the same spacing',
    '',
    'lower',
    '≤ 1.5',
    spacedTail,
  ),
  figure(
    'journal.start_200k_s',
    'open with 200,000 pending records, quick_check and all chains',
    's',
    'lower',
    '≤ 1.5',
    startWithFullJournal,
  ),

  figure('sync.drain_10k_s', '10,000 records to the platform over loopback TLS', 's', 'lower', '≤ 30', drainSeconds),
  figure(
    'sync.foreground_slowdown',
    'an interactive call (p95) while a backlog is sent ÷ without one',
    '',
    'lower',
    '≤ 1.10',
    foregroundSlowdown,
  ),

  figure('crashlab.states', 'distinct crash states checked', '', 'higher', '≥ 50,000', CRASH_LAB),
  figure('crashlab.lost', 'acknowledged records lost in them', '', 'lower', '0', CRASH_LAB),
  figure('crashlab.mutants_caught', 'weak builds that the lab found out', '', 'higher', 'all', CRASH_LAB),

  figure(
    'device.idcard_wire_ratio',
    'reading a card ÷ the time its bytes need at 115200 baud',
    '',
    'lower',
    '≤ 1.10',
    idCardWireRatio,
  ),
  figure(
    'device.bankcard_wire_ratio',
    "reading a bank card's chip ÷ the time its bytes need at 9600 baud",
    '',
    'lower',
    '≤ 1.10',
    bankCardWireRatio,
  ),
  figure(
    'device.pinpad_wire_ratio',
    'entering a PIN ÷ the time its bytes need at 9600 baud',
    '',
    'lower',
    '≤ 1.10',
    pinPadWireRatio,
  ),
  figure(
    'device.slip_wire_ratio',
    'printing a slip ÷ the time its bytes need at 115200 baud',
    '',
    'lower',
    '≤ 1.10',
    slipWireRatio,
  ),
  figure(
    'device.idle_cpu_pct',
    'device-host with every device open and a card waited for, of one core',
    '%',
    'lower',
    '≤ 1',
    idleCpu,
  ),
  figure(
    'device.leak_pct',
    'growth of the device-host over 10,000 cards, 10,000 slips and 1,000 unplugs',
    '%',
    'lower',
    '≤ 5',
    leak,
  ),

  figure(
    'pdf.statement_1p_ms',
    'deposit statement of one page, warm, to the finished bytes',
    'ms',
    'lower',
    '≤ 20; 3×, 15× faster',
    statementTime(1),
  ),
  figure('pdf.statement_12p_ms', 'the same of twelve pages', 'ms', 'lower', '≤ 45; 3×, 15× faster', statementTime(12)),

  figure(
    'ui.tap_paint_p95_ms',
    'a touch to the next frame, every screen of every flow, 4× CPU throttle',
    'ms',
    'lower',
    '≤ 50',
    tapPaint,
  ),
  figure('ui.screen_p95_ms', 'a new view to its first frame, the same', 'ms', 'lower', '≤ 100', screenPaint),
  figure(
    'ui.cold_start_s',
    'start of the Electron process to the attract screen drawn',
    's',
    'lower',
    '≤ 2',
    coldStart,
  ),
  figure(
    'ui.bundle_gzip_kb',
    'JavaScript and CSS of the screens, compressed, without fonts',
    'kB',
    'lower',
    '≤ 250',
    bundleSize,
  ),
  figure(
    'ui.session_growth_pct',
    'growth of everything that survives 1,000 sessions',
    '%',
    'lower',
    '≤ 5',
    sessionGrowth,
  ),
  figure(
    'mem.total_pss_mb',
    'window, sessions, device-host and sync-agent on the attract screen',
    'MB',
    'lower',
    '≤ 400',
    totalMemory,
  ),
  figure(
    'ops.renderer_recovery_s',
    'renderer killed to the attract screen, worst of a run',
    's',
    'lower',
    '≤ 3',
    rendererRecovery,
  ),

  ...FLEET_FIGURES,

  figure('setup.bare_to_screen_s', 'npm start in a clean root to the attract screen', 's', 'lower', '≤ 180', {
    notYet: 'needs a clean machine; the bench makes none',
  }),
  figure('setup.warm_start_s', 'npm start when everything is there', 's', 'lower', '≤ 8', warmStart),
  figure('test.seconds', 'npm test, all suites', 's', 'lower', '≤ 1,800', testSeconds),
];

function figure(
  id: string,
  what: string,
  unit: string,
  better: Figure['better'],
  aim: string,
  source: Figure['source'],
): Figure {
  return { id, what, unit, better, aim, source };
}
