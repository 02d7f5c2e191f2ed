// For editors and `vite build` by hand; `npm run build` builds the same page with the options of tools/build.

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  publicDir: '../../../assets',
  plugins: [svelte({ configFile: false })],
  build: {
    outDir: '../../../dist/console',
    emptyOutDir: true,
    target: 'chrome109',
    assetsInlineLimit: 0,
    modulePreload: false,
  },
});
