// Lays out what goes into a package, in dist/stage: app/ becomes app.asar, the rest lies beside it.

import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lockfileNode } from '../bootstrap/dependencies.mjs';
import { DIST, EXTERNAL, PROGRAM_ENTRIES } from '../build/targets.ts';
import type { ElectronRuntime } from '../electron-runtime.mjs';
import { copyPackage, runtimeClosure } from './closure.ts';

/** What a package calls itself. */
export interface Identity {
  readonly name: string;
  readonly productName: string;
  readonly version: string;
}

/** A package with the test-only runtime cannot be mistaken for a release, by name, version or file name. */
export function identityOf(version: string, runtime: Pick<ElectronRuntime, 'testOnly' | 'version'>): Identity {
  const release = { name: 'provident-fund-kiosk', productName: 'Provident Fund Kiosk', version };
  if (!runtime.testOnly) return release;
  return {
    name: `${release.name}-test-only`,
    productName: `${release.productName} (test-only)`,
    version: `${version}-testonly.electron${runtime.version.split('.')[0]}`,
  };
}

/** Fills dist/stage from dist/ and returns its path. */
export async function stagePackage(root: string, identity: Identity, runtime: ElectronRuntime): Promise<string> {
  const stage = path.join(DIST, 'stage');
  await rm(stage, { recursive: true, force: true });
  await stageApp(path.join(stage, 'app'), identity);
  await stageResources(root, path.join(stage, 'resources'));
  await stageModules(root, path.join(stage, 'modules'));
  await stageRuntime(path.join(stage, 'electron'), runtime);
  return stage;
}

async function stageApp(app: string, identity: Identity): Promise<void> {
  await mkdir(app, { recursive: true });
  for (const folder of ['main', 'preload', 'renderer']) {
    await cp(path.join(DIST, folder), path.join(app, folder), { recursive: true });
  }
  // No dependencies: the bundles are complete, so that electron-builder has nothing to collect.
  const manifest = {
    ...identity,
    description: identity.productName,
    author: 'Provident fund kiosk',
    main: 'main/main.cjs',
  };
  await writeFile(path.join(app, 'package.json'), JSON.stringify(manifest, undefined, 2));
}

async function stageResources(root: string, resources: string): Promise<void> {
  await mkdir(path.join(resources, 'programs'), { recursive: true });
  for (const program of Object.keys(PROGRAM_ENTRIES)) {
    await cp(path.join(DIST, 'programs', `${program}.mjs`), path.join(resources, 'programs', `${program}.mjs`));
  }
  await cp(path.join(root, 'assets'), path.join(resources, 'assets'), { recursive: true });
  const node = lockfileNode(root);
  await cp(node, path.join(resources, path.basename(node)));
  await cp(path.join(node, '../../LICENSE'), path.join(resources, 'LICENSE.node.txt'));
}

/** Becomes resources/node_modules, where Node looks for what the bundles in resources/programs do not contain. */
async function stageModules(root: string, modules: string): Promise<void> {
  for (const folder of await runtimeClosure(root, EXTERNAL)) {
    await copyPackage(root, folder, path.join(modules, path.relative('node_modules', folder)));
  }
}

/** A copy, because electron-builder writes the fuses into the binary, and without the launcher of development. */
async function stageRuntime(target: string, runtime: ElectronRuntime): Promise<void> {
  const launcher = path.join(runtime.dist, 'resources', 'app');
  await cp(runtime.dist, target, { recursive: true, filter: (file) => file !== launcher });
}
