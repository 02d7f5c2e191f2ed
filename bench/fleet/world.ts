import { join } from 'node:path';
import { type TestPostgres, startPostgres } from '@kiosk/central-platform/testing/postgres.ts';
import { whyNoPostgres } from '@kiosk/central-platform/testing/postgres-programs.ts';
import { whyNotDurable, withFolder } from '../harness/scratch.ts';
import { type FleetPlatform, type PlatformOptions, startFleetPlatform } from './platform.ts';
import { type FleetCredentials, fleetCredentials } from './simulator/credentials.ts';

export type EngineName = 'postgres' | 'sqlite';

export interface World {
  readonly credentials: FleetCredentials;
  readonly platform: FleetPlatform;
  /** A folder that goes with it. */
  readonly folder: string;
  /** Absent with SQLite. */
  readonly postgres?: { readonly server: TestPostgres; readonly url: string };
}

/** A limit a terminal's share of which a few hundred connections can do the work of ten thousand terminals with. */
export const ROOM_FOR_ALL: PlatformOptions['limits'] = {
  terminalPerSecond: 1e6,
  terminalBurst: 1e6,
  totalPerSecond: 1e6,
  totalBurst: 1e6,
};

/** A platform on an empty database with so many terminals registered; everything is gone afterwards. */
export async function withWorld<T>(
  engine: EngineName,
  options: {
    readonly terminals: number;
    readonly limits?: PlatformOptions['limits'];
    readonly processes?: number;
    /** Processors everything but the generator may use, as taskset writes them. */
    readonly processors?: string;
  },
  work: (world: World) => Promise<T>,
): Promise<T> {
  const all = await fleetCredentials(10_000);
  const credentials = { ...all, members: all.members.slice(0, options.terminals) };
  return withFolder(async (folder) => {
    const server = engine === 'postgres' ? await startPostgres() : undefined;
    try {
      const url = server?.url('postgres');
      const { limits, processes } = options;
      const platform = await startFleetPlatform({
        folder: join(folder),
        credentials,
        databaseUrl: url,
        ...(limits && { limits }),
        ...(processes && { processes }),
      });
      try {
        return await work({ credentials, platform, folder, ...(server && { postgres: { server, url: url! } }) });
      } finally {
        await platform.stop();
      }
    } finally {
      await server?.end();
    }
  });
}

/** Why a figure of PostgreSQL cannot be measured here. */
export function whyNoDatabase(): string | undefined {
  return whyNoPostgres() ?? whyNotDurable(import.meta.dirname);
}
