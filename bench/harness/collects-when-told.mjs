// Loaded into a program before its own code (NODE_OPTIONS=--import): it collects its garbage on SIGUSR2 and knows nothing of it.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => {
  collect();
  collect();
});
