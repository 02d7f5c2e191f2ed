// Lint rules. Not type-aware, so that the whole repository takes seconds; types are tsc's business.

import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { importDirection } from './tools/lint/import-direction.js';

const PRODUCT = ['contract', 'domain', 'documents', 'device-drivers', 'sync-agent', 'central-platform', 'kiosk-app'];

const WALL_CLOCK = [
  "CallExpression[callee.object.name='Date'][callee.property.name='now']",
  "NewExpression[callee.name='Date'][arguments.length=0]",
];

export default defineConfig(
  { ignores: ['**/node_modules/', '**/dist/', 'build-output/', 'var/', 'test-results/'] },
  js.configs.recommended,
  ts.configs.strict,
  ts.configs.stylistic,
  svelte.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { globals: globals.node },
    plugins: { kiosk: { rules: { 'import-direction': importDirection } } },
    rules: {
      'kiosk/import-direction': 'error',
      eqeqeq: 'error',
      // Chinese text spaces with U+3000.
      'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true }],
      'no-implicit-coercion': 'error',
      'no-unreachable-loop': 'error',
      'object-shorthand': 'error',
      'prefer-const': ['error', { ignoreReadBeforeAssign: true }],
      '@typescript-eslint/array-type': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // An index that the line above bounds: noUncheckedIndexedAccess makes the assertion visible, and that is enough.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: PRODUCT.map((folder) => `${folder}/**/*.{ts,svelte}`),
    ignores: ['**/*.test.ts', '**/testing/**', 'contract/kernel/{clock,ids}.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...WALL_CLOCK.map((selector) => ({
          selector,
          message: 'Take the time from the injected Clock (contract/kernel/clock.ts).',
        })),
      ],
    },
  },
  {
    // tsc knows the browser's names everywhere, for the sake of tests that run code in a page.
    files: PRODUCT.map((folder) => `${folder}/**/*.ts`),
    ignores: ['kiosk-app/renderer/**', 'kiosk-app/preload/**', 'central-platform/management/web/**', '**/public/**'],
    rules: {
      'no-restricted-globals': ['error', 'window', 'document', 'navigator', 'location', 'localStorage', 'self'],
    },
  },
  {
    files: ['kiosk-app/renderer/**', 'kiosk-app/preload/**', 'central-platform/management/web/**'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  // tsc resolves names in TypeScript; this rule only knows names that ESLint was told about.
  { files: ['**/*.ts', '**/*.svelte'], rules: { 'no-undef': 'off' } },
  {
    files: ['**/*.svelte'],
    rules: {
      'no-irregular-whitespace': 'off',
      'svelte/no-useless-mustaches': 'off',
      // Properties come out of one destructuring; one that can be bound makes the others `let` as well.
      'prefer-const': ['error', { destructuring: 'all', ignoreReadBeforeAssign: true }],
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
