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
 * A folder inside a workspace that may do less than the workspace.
 * @typedef {object} RestrictedFolder
 * @property {string} folder
 * @property {readonly string[]} except folders inside it that are tools, not product
 * @property {readonly string[]} typesFrom workspaces it may use with `import type` only
 * @property {readonly RegExp[]} valuesFrom files whose values it may use too
 */

/** @type {readonly RestrictedFolder[]} */
export const RESTRICTED_FOLDERS = [
  {
    // The screen runs in a sandboxed browser: shapes, words and pure functions may come in, and nothing of Node.
    // The gallery photographs screens; no bundle contains it.
    folder: 'kiosk-app/renderer',
    except: ['kiosk-app/renderer/gallery'],
    typesFrom: ['contract', 'kiosk-app'],
    valuesFrom: [
      /^kiosk-app\/renderer\//,
      /^contract\/(screen|errors)\//,
      /^contract\/kernel\/(clock|result)\.ts$/,
      /^contract\/services\/self-test-words\.ts$/,
      /^domain\//,
    ],
  },
  {
    // The console runs in a browser as well, and knows the platform by the console's contract alone. Its gallery starts one.
    folder: 'central-platform/management/web',
    except: ['central-platform/management/web/gallery'],
    typesFrom: ['contract', 'central-platform'],
    valuesFrom: [
      /^central-platform\/management\/(web|contract)\//,
      /^contract\/(errors|platform)\//,
      /^contract\/kernel\/(clock|result)\.ts$/,
      /^domain\//,
    ],
  },
];
