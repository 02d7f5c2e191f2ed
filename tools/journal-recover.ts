// Reads what depositors left in the journal of a terminal that is gone, with the centre's private key:
//
//   node tools/run.mjs tools/journal-recover.ts journal.db centre.key > requests.jsonl
//
// One request a line on standard output, in clear: it is for the centre's own people, on a machine of the centre. What was
// found, and whether the chains verify, goes to standard error. Ends with 1 when something could not be read.

import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { recover } from './recover/recover.ts';

const [file, keyFile] = process.argv.slice(2);
if (file === undefined || keyFile === undefined) {
  process.stderr.write('usage: journal-recover.ts journal.db centre.key\n');
  process.exit(2);
}
const { terminalId, verdicts, requests } = recover(file, createPrivateKey(readFileSync(keyFile)));
for (const request of requests) process.stdout.write(JSON.stringify(request) + '\n');

const unreadable = requests.filter(({ person }) => person === 'unreadable').length;
process.stderr.write(`terminal ${terminalId}: ${requests.length} requests, ${unreadable} of them unreadable\n`);
for (const { stream, entries, brokenAt } of verdicts) {
  const found = brokenAt === null ? 'chain verifies' : `chain broken from sequence ${brokenAt}`;
  process.stderr.write(`${stream}: ${entries} entries, ${found}\n`);
}
process.exitCode = unreadable > 0 || verdicts.some(({ brokenAt }) => brokenAt !== null) ? 1 : 0;
