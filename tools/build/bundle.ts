// The three kinds of bundle, made with Vite.

import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, type InlineConfig, type Plugin } from 'vite';
import { ROOT } from '../bootstrap.mjs';
import {
  CONSOLE_ROOT,
  CONSOLE_TARGET,
  ELECTRON_NODE_TARGET,
  EXTERNAL,
  PROGRAM_TARGET,
  PUBLIC_ASSETS,
  RENDERER_ROOT,
  RENDERER_TARGET,
} from './targets.ts';

const COMMON = { configFile: false, logLevel: 'warn', envDir: false, clearScreen: false } as const;

/** The screens: one page without any outside address, the fonts beside it as files. */
export async function bundleRenderer(outDir: string): Promise<void> {
  await build({
    ...COMMON,
    root: RENDERER_ROOT,
    // The page is served by the app's own protocol, from any folder.
    base: './',
    // `/fonts/...` in a style sheet: copied as files, never inlined.
    publicDir: PUBLIC_ASSETS,
    plugins: [svelte({ configFile: false })],
    build: { outDir, emptyOutDir: true, target: RENDERER_TARGET, assetsInlineLimit: 0, modulePreload: false },
  });
}

/** The staff's console: one page, served by the platform under any path, with fonts for desks that have none. */
export async function bundleConsole(outDir: string): Promise<void> {
  await build({
    ...COMMON,
    root: CONSOLE_ROOT,
    base: './',
    publicDir: PUBLIC_ASSETS,
    plugins: [svelte({ configFile: false })],
    build: {
      outDir,
      emptyOutDir: true,
      target: CONSOLE_TARGET,
      assetsInlineLimit: 0,
      modulePreload: false,
      // One file, 170 kB as it travels; e2e/console holds it below 250.
      chunkSizeWarningLimit: 700,
    },
  });
}

/** Electron's own two programs. CommonJS, because Electron 25 loads nothing else as a sandboxed preload. */
export async function bundleForElectron(entry: string, outFile: string): Promise<void> {
  await build(nodeBundle(entry, outFile, { format: 'cjs', target: ELECTRON_NODE_TARGET, external: ['electron'] }));
}

/** One program for the Node from the lockfile, as a single ESM file. */
export async function bundleProgram(entry: string, outFile: string): Promise<void> {
  await build(nodeBundle(entry, outFile, { format: 'esm', target: PROGRAM_TARGET, external: EXTERNAL }));
}

interface NodeBundle {
  readonly format: 'cjs' | 'esm';
  readonly target: string;
  readonly external: readonly string[];
}

function nodeBundle(entry: string, outFile: string, { format, target, external }: NodeBundle): InlineConfig {
  return {
    ...COMMON,
    root: ROOT,
    publicDir: false,
    plugins: [assetsBesideProgram()],
    ssr: { noExternal: true, external: [...external], target: 'node' },
    build: {
      ssr: path.join(ROOT, entry),
      outDir: path.dirname(outFile),
      emptyOutDir: false,
      target,
      // Stack traces of a kiosk in a hall are read by people.
      minify: false,
      rolldownOptions: {
        output: { format, entryFileNames: path.basename(outFile), codeSplitting: false },
      },
    },
  };
}

/**
 * A bundle lies in programs/, beside assets/, wherever its sources lay: `new URL('../../assets/x', import.meta.url)`
 * from any folder becomes `../assets/x`.
 */
function assetsBesideProgram(): Plugin {
  const written = /new URL\(\s*(['"`])(?:\.\.\/)+assets\//g;
  return {
    name: 'assets-beside-program',
    transform: (code) => (written.test(code) ? code.replace(written, 'new URL($1../assets/') : null),
  };
}
