// The layers of the product, lowest first. Imports point one way: a folder may use the folders listed for it, itself,
// and nothing else of this repository. docs/architecture.md shows the same as a picture.

const BASE = ['contract', 'domain', 'documents'];
const PROGRAMS = ['device-drivers', 'sync-agent', 'central-platform', 'kiosk-app'];
const EVERYTHING = [...BASE, ...PROGRAMS, 'testbench', 'e2e', 'bench', 'tools'];

/** @type {Record<string, readonly string[]>} workspace folder -> workspace folders it may import from */
export const LAYERS = {
  contract: [],
  domain: ['contract'],
  documents: ['contract', 'domain'],
  // Programs talk to each other over sockets, described in contract/; they never import each other.
  ...Object.fromEntries(PROGRAMS.map((program) => [program, BASE])),
  testbench: [...BASE, ...PROGRAMS, 'tools'],
  e2e: EVERYTHING,
  bench: EVERYTHING,
  tools: EVERYTHING,
};

/**
 * Folders inside a workspace that may do less than the workspace. `typesFrom` may be imported with `import type` only;
 * `valuesFrom` are path patterns whose values may be used too.
 * @type {readonly { folder: string, typesFrom: readonly string[], valuesFrom: readonly RegExp[], builtins: boolean }[]}
 */
export const RESTRICTED_FOLDERS = [
  {
    // The screen runs in a sandboxed browser: words and shapes may come in, no code of ours and nothing of Node.
    folder: 'kiosk-app/renderer',
    typesFrom: ['contract', 'kiosk-app'],
    valuesFrom: [/^kiosk-app\/renderer\//, /^contract\/(screen|errors)\//, /^contract\/kernel\/(clock|result)\.ts$/],
    builtins: false,
  },
];
