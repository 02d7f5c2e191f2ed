// Production bundles in dist/: the screens, Electron's main and preload, and the Node programs.
// Everything is built beside the old dist/ and moved into place at the end, so that a running program never finds half
// a build. Started by the bootstrap when sources changed; by hand: npm run build. With
// --if-changed it does nothing when dist/ belongs to the present sources.

import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './bootstrap.mjs';
import { buildNeeded, hashInputs, stampFile } from './bootstrap/build-stamp.mjs';
import { CONSOLE_ROOT, DIST, ELECTRON_ENTRIES, PROGRAM_ENTRIES, RENDERER_ROOT } from './build/targets.ts';
import { bundleConsole, bundleForElectron, bundleProgram, bundleRenderer } from './build/bundle.ts';

interface Job {
  /** Folder in dist/ that the job fills together with its namesakes. */
  readonly folder: string;
  readonly entry: string;
  readonly run: (outDir: string) => Promise<void>;
}

const JOBS: readonly Job[] = [
  {
    folder: 'renderer',
    entry: path.relative(ROOT, path.join(RENDERER_ROOT, 'index.html')),
    run: (out) => bundleRenderer(path.join(out, 'renderer')),
  },
  {
    folder: 'console',
    entry: path.relative(ROOT, path.join(CONSOLE_ROOT, 'index.html')),
    run: (out) => bundleConsole(path.join(out, 'console')),
  },
  ...Object.entries(ELECTRON_ENTRIES).map(([name, entry]) => ({
    folder: path.dirname(name),
    entry,
    run: (out: string) => bundleForElectron(entry, path.join(out, `${name}.cjs`)),
  })),
  ...Object.entries(PROGRAM_ENTRIES).map(([name, entry]) => ({
    folder: 'programs',
    entry,
    run: (out: string) => bundleProgram(entry, path.join(out, 'programs', `${name}.mjs`)),
  })),
];

if (!process.argv.includes('--if-changed') || (await buildNeeded(ROOT)) !== undefined) await main();

async function main(): Promise<void> {
  const startedAt = performance.now();
  // Taken first: a source that changes while we build makes the next start build again.
  const inputs = await hashInputs(ROOT);
  const fresh = path.join(DIST, `.fresh-${process.pid}`);
  await mkdir(fresh, { recursive: true });
  await rm(stampFile(ROOT), { force: true });
  try {
    for (const job of JOBS) {
      if (!existsSync(path.join(ROOT, job.entry)))
        throw new Error(`${job.entry}, named in tools/build, does not exist`);
      await job.run(fresh);
    }
    for (const folder of new Set(JOBS.map((job) => job.folder))) await putInPlace(fresh, folder);
    await writeFile(stampFile(ROOT), `${JSON.stringify({ inputs })}\n`);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  process.stdout.write(`built dist/ in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

async function putInPlace(fresh: string, folder: string): Promise<void> {
  const old = path.join(fresh, `old-${folder}`);
  if (existsSync(path.join(DIST, folder))) await rename(path.join(DIST, folder), old);
  await rename(path.join(fresh, folder), path.join(DIST, folder));
}
