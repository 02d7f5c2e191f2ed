// Packs the terminal's window and programs into dist/package/linux-unpacked: npm run package [-- --release]
//
// --release refuses a runtime that is for tests only; without it, such a package is marked in name, version and on
// screen (resources/test-only.json, which the app shows).

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build, Platform, type Configuration } from 'electron-builder';
import { parse } from 'yaml';
import { ROOT } from './bootstrap.mjs';
import { findElectronRuntime, type ElectronRuntime } from './electron-runtime.mjs';
import { identityOf, stagePackage } from './package/stage.ts';

const { values: options } = parseArgs({ options: { release: { type: 'boolean', default: false } } });

process.exitCode = await main();

async function main(): Promise<number> {
  const runtime = await findElectronRuntime();
  if (runtime === undefined) return fail('no Electron runtime: run "node tools/bootstrap.mjs" and read what it says');
  if (options.release && runtime.testOnly) {
    return fail(
      `Electron ${runtime.version} at ${runtime.dist} is for tests only and never goes into a release. Reach the ` +
        `download site of the pinned version once, or set ELECTRON_OVERRIDE_DIST_PATH to its unpacked folder.`,
    );
  }
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const identity = identityOf(version, runtime);
  const stage = await stagePackage(ROOT, identity, runtime);
  const [folder] = await build({
    projectDir: ROOT,
    targets: Platform.current().createTarget('dir'),
    publish: 'never',
    config: await writeConfiguration(stage, runtime),
  });
  process.stdout.write(`${identity.productName} ${identity.version}: ${folder ?? 'dist/package'}\n`);
  return 0;
}

/**
 * electron-builder.yml with what depends on the runtime, as a file of its own: given as an object, it would be merged
 * with electron-builder.yml again, and a fuse left out would come back.
 */
async function writeConfiguration(stage: string, runtime: ElectronRuntime): Promise<string> {
  const written = parse(await readFile(path.join(ROOT, 'electron-builder.yml'), 'utf8')) as Configuration;
  const configuration: Configuration = {
    ...written,
    electronDist: path.join(stage, 'electron'),
    electronVersion: runtime.version,
    electronFuses: await knownFuses(written.electronFuses ?? {}, runtime.executable),
  };
  const file = path.join(stage, 'electron-builder.json');
  await writeFile(file, JSON.stringify(configuration, undefined, 2));
  return file;
}

type Fuses = NonNullable<Configuration['electronFuses']>;

/**
 * The fuses that this runtime has. Each release of Electron may add one at the end of its wire; what an older runtime
 * does not know it also cannot do or cannot switch off, so it is told and left out.
 */
async function knownFuses(fuses: Fuses, executable: string): Promise<Fuses> {
  const wire = await getCurrentFuseWire(executable);
  const known = new Set(Object.keys(wire).map((index) => FuseV1Options[Number(index)]?.toLowerCase()));
  const result: Fuses = {};
  for (const [name, value] of Object.entries(fuses)) {
    const plain = name.toLowerCase();
    if (known.has(plain) || known.has(`enable${plain}`)) Object.assign(result, { [name]: value });
    else process.stdout.write(`fuse ${name} is unknown to this runtime and stays as it is\n`);
  }
  return result;
}

function fail(reason: string): number {
  process.stderr.write(`${reason}\n`);
  return 1;
}
