import { readFileSync } from 'node:fs';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { PlatformConfig, type PlatformConfigInput } from '../config.ts';
import type { Role } from '../management/contract/route.ts';
import { hashSecret } from '../management/secrets.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { createVault, type Vault } from '../vault.ts';
import { startTestPlatform, type TestPlatform } from './installation.ts';
import { seedDesk } from './seed/desk.ts';
import { seedFigures } from './seed/figures.ts';
import { SEEDED_TERMINALS, seedFleet } from './seed/fleet.ts';
import { seedDuty, seedMessages } from './seed/messages.ts';
import { seedOutward } from './seed/outward.ts';
import { seedPublished } from './seed/published.ts';
import { seedRequests } from './seed/requests.ts';
import { seeded } from './seed/random.ts';

/** People of the invented centre: one a role, and two operators, for one proposes what the other approves. */
export const CONSOLE_STAFF: readonly { readonly login: string; readonly name: string; readonly role: Role }[] = [
  { login: 'wang.min', name: '王敏（演示）', role: 'operator' },
  { login: 'li.qiang', name: '李强（演示）', role: 'operator' },
  { login: 'zhao.jie', name: '赵洁（演示）', role: 'auditor' },
  { login: 'chen.yu', name: '陈宇（演示）', role: 'administrator' },
  { login: 'sun.hua', name: '孙华（演示）', role: 'supervisor' },
];
/** Of all of them, in tests and pictures. A demonstration city makes its own at random (tools/provision). */
export const CONSOLE_SECRET = 'only for the demonstration city';

export interface SeedParts {
  readonly store: Store;
  readonly vault: Vault;
  /** UTC ms: everything seeded lies before it. */
  readonly now: number;
  readonly secret?: string;
  /** Only the accounts, for a test that makes its own business. */
  readonly staffOnly?: boolean;
}

/** Lively synthetic data for every page of the console. Twice changes nothing but adds nothing either. */
export async function seedConsole(parts: SeedParts): Promise<void> {
  const { store, vault, now } = parts;
  if ((await store.staff.list()).length > 0) return;
  const secret = await hashSecret(parts.secret ?? CONSOLE_SECRET);
  for (const { login, name, role } of CONSOLE_STAFF) {
    await store.staff.add({
      ...{ login, name, role, state: 'active', secret, mustChange: false, tries: 0, lockedUntil: 0 },
      ...{ createdAt: now - 300 * 3_600_000, lastSignInAt: null },
    });
  }
  if (parts.staffOnly) return;
  const random = seeded(38_010_000);
  await seedFleet(store, now, random);
  await seedFigures(store, now, SEEDED_TERMINALS, random);
  await seedDesk(store, vault, now, random);
  await seedPublished(store, vault, now, random);
  await seedOutward(store, now, random);
  await seedRequests(store, vault, now);
  await seedMessages(store, vault, now);
  await seedDuty(store, vault, now);
}

/** Seeds the store of an installation that is not running, as `config` says where it is. */
export async function seedInstallation(
  input: PlatformConfigInput,
  now: number,
  more: Partial<SeedParts> = {},
): Promise<void> {
  const config = PlatformConfig.parse(input);
  const opened = await openStore(config);
  if (!opened.ok) throw new Error(`${opened.error.code} ${opened.error.detail}`);
  const vault = createVault(readFileSync(config.verificationSecretFile, 'utf8').trim());
  try {
    await seedConsole({ ...more, store: opened.value, vault, now });
  } finally {
    await opened.value.close();
  }
}

export interface SeededConsole {
  readonly platform: TestPlatform;
  /** http://127.0.0.1:…, without the path. */
  readonly url: string;
}

/** A platform with a console and everything in it, on loopback, with a clock that stands at 14:08 of 21 November 2026. */
export async function startSeededConsole(
  options: {
    readonly config?: Partial<PlatformConfigInput>;
    readonly staffOnly?: boolean;
    readonly clock?: ManualClock;
  } = {},
): Promise<SeededConsole> {
  const clock = options.clock ?? new ManualClock();
  const platform = await startTestPlatform({
    config: { consoleListener: { port: 0 }, ...options.config },
    clock,
    prepare: (config) =>
      seedInstallation(config, clock.now(), options.staffOnly === undefined ? {} : { staffOnly: options.staffOnly }),
  });
  return {
    platform,
    get url() {
      return new URL(platform.running.consoleUrl!).origin;
    },
  };
}
