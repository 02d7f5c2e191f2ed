// The registry packages that lie beside the bundled programs: those which stay outside the bundles, and all that they
// need in turn.

import { existsSync } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

interface Manifest {
  readonly dependencies?: Record<string, string>;
  /** Native code for one platform each; npm installs the one that fits. */
  readonly optionalDependencies?: Record<string, string>;
}

/**
 * Folders below node_modules, relative to `root`, that the named packages need at run time, themselves included.
 * A name is resolved as Node does: from the folder of the package that asks for it, outwards.
 */
export async function runtimeClosure(root: string, names: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  const visit = async (name: string, from: string): Promise<void> => {
    const folder = findPackage(root, name, from);
    if (folder === undefined) throw new Error(`package ${name}, needed by ${from || 'a program'}, is missing`);
    if (found.has(folder)) return;
    found.add(folder);
    const manifest = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8')) as Manifest;
    const optional = Object.keys(manifest.optionalDependencies ?? {});
    for (const dependency of Object.keys(manifest.dependencies ?? {})) {
      // npm's own copies of a manifest list optional ones among the others as well.
      if (!optional.includes(dependency)) await visit(dependency, folder);
    }
    for (const dependency of optional) if (findPackage(root, dependency, folder)) await visit(dependency, folder);
  };
  for (const name of names) await visit(name, '');
  return [...found].sort();
}

function findPackage(root: string, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder === '.' ? '' : folder, 'node_modules', name);
    if (existsSync(path.join(root, candidate, 'package.json'))) return candidate;
    if (folder === '' || folder === '.') return undefined;
  }
}

/** Sources and headers of native modules, and builds for other machines, which a packed terminal never opens. */
const BUILD_MATERIAL = /\/(deps|src|binding\.gyp|hidapi|libusb|node_modules)$/;

/** Copies one package without what only its own build needs. */
export async function copyPackage(root: string, folder: string, target: string): Promise<void> {
  const source = path.join(root, folder);
  const native = existsSync(path.join(source, 'prebuilds'));
  await mkdir(path.dirname(target), { recursive: true });
  await cp(source, target, {
    recursive: true,
    filter: (file) => {
      const inside = file.slice(source.length).split(path.sep).join('/');
      // A nested package is an entry of the closure of its own.
      if (/\/node_modules(\/|$)/.test(inside)) return false;
      if (!native) return true;
      const prebuild = /^\/prebuilds\/([^/]+)/.exec(inside)?.[1];
      if (prebuild !== undefined) return isForThisMachine(prebuild);
      return !BUILD_MATERIAL.test(inside);
    },
  });
}

/** Prebuilds are named after platform and architecture, in one form or another: HID-linux-x64, linux-x64.node. */
function isForThisMachine(prebuild: string): boolean {
  return new RegExp(`(^|-)${process.platform}-${process.arch}(\\.node)?$`).test(prebuild);
}
