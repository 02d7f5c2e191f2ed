// Every suite of `npm test` and `npm run test:long`, in the order in which they run: the cheapest answer first.

import type { CheckName } from '../check.ts';
import type { Need } from './needs.ts';

export type Suite =
  | { readonly name: string; readonly check: CheckName }
  | {
      readonly name: string;
      /** Test files, relative to the repository. `*.long.test.ts` files belong to suites marked long only. */
      readonly globs: readonly string[];
      readonly needs: readonly Need[];
      /** Test files that run at once; windows want the machine for themselves. */
      readonly concurrency: 1 | 2 | 3 | 4;
      /** What its tests find in their environment beside what all find. */
      readonly env?: Readonly<Record<string, string>>;
      /** Waits more than it works: runs while the others marked so do. */
      readonly beside?: true;
      /** Left to `npm run test:long`. */
      readonly long?: true;
    };

/** Made before everything that needs dist/, also when only such a suite is asked for. */
export const BUILD: Suite = { name: 'build', check: 'build' };

export const SUITES: readonly Suite[] = [
  { name: 'format', check: 'format' },
  { name: 'lint', check: 'lint' },
  { name: 'typecheck', check: 'typecheck' },
  BUILD,
  unit('contract'),
  unit('domain'),
  unit('documents', ['poppler']),
  unit('device-drivers', ['socat']),
  unit('sync-agent'),
  { ...unit('central-platform'), globs: ['central-platform/**/!(*.chromium).test.ts'] },
  {
    name: 'platform-postgres',
    globs: [
      ...['ingest/*', 'documents/*', 'reconciliation/*', 'downlink/*', 'gateway/ingest', 'identity/factors'],
      ...[
        'channels/sign-in',
        'channels/services',
        'channels/outward/service',
        'requests/requests',
        'requests/elsewhere',
      ],
    ].map((files) => `central-platform/${files}.test.ts`),
    needs: ['postgres'],
    concurrency: 2,
    env: { KIOSK_TEST_ENGINE: 'postgres' },
  },
  { ...unit('kiosk-app'), globs: ['kiosk-app/**/!(*.chromium).test.ts'] },
  {
    name: 'screens',
    globs: ['{kiosk-app,central-platform}/**/*.chromium.test.ts'],
    needs: ['chromium'],
    concurrency: 1,
  },
  // Drivers wait for what simulated devices do not answer: nearly all of its time is time-outs, hardly any of it work.
  { ...unit('testbench', ['socat', 'poppler']), concurrency: 4 },
  { name: 'tools', globs: ['tools/**/*.test.ts', 'bench/**/*.test.ts'], needs: ['display'], concurrency: 2 },
  { name: 'crash', globs: ['e2e/crash/**/*.test.ts', 'e2e/disks/**/*.test.ts'], needs: ['gcc'], concurrency: 2 },
  { name: 'hostile', globs: ['e2e/hostile/**/*.test.ts'], needs: [], concurrency: 2 },
  { name: 'gateway', globs: ['e2e/gateway/**/*.test.ts'], needs: [], concurrency: 2 },
  {
    name: 'gateway-postgres',
    globs: ['e2e/gateway/web.test.ts'],
    needs: ['postgres'],
    concurrency: 1,
    env: { KIOSK_TEST_ENGINE: 'postgres' },
    beside: true,
  },
  { name: 'reconcile', globs: ['e2e/reconcile/**/*.test.ts'], needs: [], concurrency: 1, beside: true },
  { name: 'fleet', globs: ['e2e/fleet/**/*.test.ts'], needs: [], concurrency: 1, beside: true },
  { name: 'month', globs: ['e2e/month/**/*.test.ts'], needs: [], concurrency: 1, beside: true },
  { name: 'lab', globs: ['e2e/lab/**/*.test.ts'], needs: ['lab'], concurrency: 1 },
  { name: 'console', globs: ['e2e/console/**/*.test.ts'], needs: ['chromium', 'build'], concurrency: 2 },
  {
    name: 'e2e-chromium',
    globs: ['e2e/chromium/**/*.test.ts'],
    needs: ['chromium', 'display', 'socat', 'poppler', 'build'],
    // A visit waits for its devices more than it works.
    concurrency: 3,
  },
  {
    name: 'e2e-electron',
    globs: ['e2e/electron/**/*.test.ts', 'e2e/packaged/**/*.test.ts'],
    needs: ['electron', 'display', 'socat', 'poppler', 'build'],
    concurrency: 1,
  },
  { name: 'long', globs: ['*/**/*.long.test.ts'], needs: [], concurrency: 1, long: true },
];

function unit(folder: string, needs: readonly Need[] = []): Suite {
  return { name: folder, globs: [`${folder}/**/*.test.ts`], needs, concurrency: 2 };
}
