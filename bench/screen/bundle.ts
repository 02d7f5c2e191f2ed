import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Measure } from '../harness/figure.ts';
import { rounded } from '../harness/statistics.ts';
import { RENDERER } from './built-screen.ts';

/** JavaScript and style sheets of the screens as built, compressed as a web server would. Fonts are files of their own. */
export const bundleSize: Measure = () => {
  const files = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' });
  const kilobytes = (ending: string) =>
    files
      .filter((file) => file.endsWith(ending))
      .reduce((sum, file) => sum + gzipSync(readFileSync(join(RENDERER, file)), { level: 9 }).length / 1000, 0);
  const script = kilobytes('.js');
  const style = kilobytes('.css');
  return Promise.resolve({
    runs: [script + style],
    against: { 'JavaScript kB': rounded(script), 'CSS kB': rounded(style) },
  });
};
