// What the product is built from and into. Everything below dist/; see tools/build.ts.

import path from 'node:path';
import { ROOT } from '../bootstrap.mjs';

/** Modules that stay outside the bundles: native code, and code that reads files lying beside it. */
export const EXTERNAL = [
  'better-sqlite3',
  'serialport',
  '@serialport/bindings-cpp',
  'node-hid',
  'usb',
  'koffi',
  'pcsc-mini',
  'pdfkit',
];

/** CommonJS bundles for Electron 25 and newer: name in dist/ -> entry. */
export const ELECTRON_ENTRIES = {
  'main/main': 'kiosk-app/main/main.ts',
  'preload/preload': 'kiosk-app/preload/preload.ts',
} as const;

/** Oldest Node inside a supported Electron (25), and its Chromium. */
export const ELECTRON_NODE_TARGET = 'node18.15';
export const RENDERER_TARGET = 'chrome114';
export const PROGRAM_TARGET = 'node24';

/**
 * The programs of a terminal, for the Node from the lockfile: name in dist/programs/ -> entry. The platform runs
 * elsewhere and the preview never in a hall: neither is packed, both run from their sources.
 */
export const PROGRAM_ENTRIES = {
  'device-host': 'device-drivers/host/main.ts',
  // Started by the device-host where only a vendor's library reaches the reader (driver sdt-dll).
  'sdt-dll': 'device-drivers/plugin/sdt-dll/main.ts',
  'sync-agent': 'sync-agent/agent/main.ts',
  session: 'kiosk-app/session/main.ts',
  'kiosk-service': 'sync-agent/cli/kiosk-service.ts',
} as const;

export const RENDERER_ROOT = path.join(ROOT, 'kiosk-app', 'renderer');
/** The staff's console: a page of the platform, for a browser at a desk. */
export const CONSOLE_ROOT = path.join(ROOT, 'central-platform', 'management', 'web');
export const CONSOLE_TARGET = 'chrome109';
export const DIST = path.join(ROOT, 'dist');
/** Copied beside the screens as it is. */
export const PUBLIC_ASSETS = path.join(ROOT, 'assets');
