// ESLint rule: imports follow tools/lint/layers.js. It resolves where an import really leads, relative or by package
// name, static or dynamic, so that no spelling gets round it.

import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LAYERS, RESTRICTED_FOLDERS } from './layers.js';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Where an import leads inside the repository, e.g. 'contract/slip.ts'; undefined for packages from the registry.
 * @param {string} specifier
 * @param {string} importer absolute path of the importing file
 */
function destination(specifier, importer) {
  if (specifier.startsWith('@kiosk/')) return specifier.slice('@kiosk/'.length);
  if (!specifier.startsWith('.')) return undefined;
  return path
    .relative(ROOT, path.resolve(path.dirname(importer), specifier))
    .split(path.sep)
    .join('/');
}

/** @param {string} specifier */
function isBuiltin(specifier) {
  return specifier.startsWith('node:') || specifier === 'electron' || builtinModules.includes(specifier);
}

/**
 * @param {{ importer: string, specifier: string, typeOnly: boolean }} what
 * @returns {string | undefined} what is wrong with it and what to do
 */
export function importProblem({ importer, specifier, typeOnly }) {
  const from = path.relative(ROOT, importer).split(path.sep).join('/');
  const workspace = from.split('/')[0] ?? '';
  const allowed = LAYERS[workspace];
  if (allowed === undefined) return undefined;

  const to = destination(specifier, importer);
  const target = to?.split('/')[0] ?? '';
  if (to !== undefined && target !== workspace) {
    if (specifier.startsWith('.')) {
      if (target in LAYERS) return `leave a package by its name: import '@kiosk/${to}' instead of '${specifier}'`;
    } else if (!allowed.includes(target)) {
      const may = allowed.length === 0 ? 'from no other folder' : `only from ${allowed.join(', ')}`;
      return `${workspace}/ may import ${may}, not from ${target}/ (see tools/lint/layers.js)`;
    }
  }
  return restrictedProblem({ from, to, specifier, typeOnly });
}

/** @param {{ from: string, to: string | undefined, specifier: string, typeOnly: boolean }} what */
function restrictedProblem({ from, to, specifier, typeOnly }) {
  const folder = RESTRICTED_FOLDERS.find((entry) => from.startsWith(`${entry.folder}/`));
  if (folder === undefined || /\.test\.ts$/.test(from)) return undefined;
  if (folder.except.some((inside) => from.startsWith(`${inside}/`))) return undefined;
  if (isBuiltin(specifier)) return `${folder.folder}/ has no Node and no Electron: '${specifier}'`;
  if (to === undefined || folder.valuesFrom.some((pattern) => pattern.test(to))) return undefined;
  const target = to.split('/')[0] ?? '';
  if (typeOnly && folder.typesFrom.includes(target)) return undefined;
  const may = `types from ${folder.typesFrom.join(', ')} and values from ${folder.valuesFrom.join(', ')}`;
  return `${folder.folder}/ may import ${may}, not '${specifier}'`;
}

/** @type {import('eslint').Rule.RuleModule} */
export const importDirection = {
  meta: { type: 'problem', messages: { wrong: '{{problem}}' }, schema: [] },
  create(context) {
    /**
     * @param {import('estree').Node} node
     * @param {import('estree').Node | null | undefined} source
     * @param {boolean} typeOnly
     */
    function check(node, source, typeOnly) {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const problem = importProblem({ importer: context.filename, specifier: source.value, typeOnly });
      if (problem !== undefined) context.report({ node, messageId: 'wrong', data: { problem } });
    }
    return {
      ImportDeclaration: (node) => check(node, node.source, isTypeOnly(node, 'importKind')),
      ExportNamedDeclaration: (node) => check(node, node.source, isTypeOnly(node, 'exportKind')),
      ExportAllDeclaration: (node) => check(node, node.source, isTypeOnly(node, 'exportKind')),
      ImportExpression: (node) => check(node, node.source, false),
    };
  },
};

/**
 * The TypeScript parser adds the kind, which ESLint's own node types do not know.
 * @param {object} node
 * @param {'importKind' | 'exportKind'} kind
 */
function isTypeOnly(node, kind) {
  return /** @type {Record<string, unknown>} */ (node)[kind] === 'type';
}
