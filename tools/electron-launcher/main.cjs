// What Electron's own default app does for `electron path/to/app`, for a runtime that was shipped without one.
// Copied to resources/app of the test-only runtime, never into a package.

const { app } = require('electron');
const fs = require('node:fs');
const path = require('node:path');

/** Electron's default app uses these two, which its type declarations leave out. */
const appOfDefaultApp =
  /** @type {import('electron').App & Record<'setVersion' | 'setAppPath', (value: string) => void>} */ (app);

/** @param {string} target a folder with package.json, or a script */
function loadApp(target) {
  const isFolder = fs.statSync(target).isDirectory();
  const folder = isFolder ? target : path.dirname(target);
  const manifestFile = path.join(folder, 'package.json');
  const manifest = fs.existsSync(manifestFile) ? JSON.parse(fs.readFileSync(manifestFile, 'utf8')) : {};
  const name = manifest.productName ?? manifest.name;
  if (name !== undefined) app.setName(name);
  if (manifest.version !== undefined) appOfDefaultApp.setVersion(manifest.version);
  appOfDefaultApp.setAppPath(folder);
  require(isFolder ? path.join(folder, manifest.main ?? 'index.js') : target);
}

const target = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (process.argv.includes('--version')) {
  process.stdout.write(`v${process.versions.electron}\n`);
  app.exit(0);
} else if (target === undefined) {
  process.stderr.write('electron: name the app to start: a folder with package.json, or a script\n');
  app.exit(2);
} else {
  loadApp(path.resolve(target));
}
