import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where the parts of the program lie. Paths are absolute. */
export interface Layout {
  readonly renderer: string;
  readonly preload: string;
  /** The Node that runs session processes. */
  readonly node: string;
  readonly sessionEntry: string;
  /** This runtime is for development and tests and must never serve a hall. */
  readonly testOnlyRuntime: boolean;
}

export interface LayoutFacts {
  readonly packaged: boolean;
  /** Folder of the bundle that runs, dist/main. */
  readonly bundle: string;
  /** Electron's own resources folder. */
  readonly resources: string;
  /** KIOSK_NODE: the Node to use; in a package the one inside it is used otherwise. */
  readonly node: string | undefined;
}

/** A package carries Node and the bundled session in its resources; a checkout runs the session from its source. */
export function layoutOf({ packaged, bundle, resources, node }: LayoutFacts): Layout {
  const root = path.join(bundle, '..', '..');
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  return {
    renderer: path.join(bundle, '..', 'renderer'),
    preload: path.join(bundle, '..', 'preload', 'preload.cjs'),
    node: node ?? (packaged ? path.join(resources, executable) : path.join(root, 'node_modules', '.bin', executable)),
    sessionEntry: packaged
      ? path.join(resources, 'programs', 'session.mjs')
      : path.join(root, 'kiosk-app', 'session', 'main.ts'),
    testOnlyRuntime: existsSync(path.join(resources, 'test-only.json')),
  };
}
