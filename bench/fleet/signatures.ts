// What verifying one head costs the gateway, by the ways there are: node bench/fleet/signatures.ts
// CPU microseconds each, median of five rounds. Measured 2026-11-22 on two shared cores: reading the key 8, verifying with a kept
// key 71, with a key read each time 80. In the thread pool: 78 over all threads, 15 of them on the serving thread. The pool pays where
// a core stands idle beside the serving thread; on two cores shared with the database it takes more than it gives, so the
// gateway keeps keys (central-platform/ingest/signing-keys.ts) and verifies where it stands.

import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { performance } from 'node:perf_hooks';

const COUNT = 5_000;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
const head = createHash('sha256').update('a head').digest();
const signature = sign(null, head, privateKey);
const kept = createPublicKey(pem);

const inThePool = () =>
  Promise.all(
    Array.from(
      { length: 50 },
      () => new Promise<void>((done) => verify(null, head, kept, signature, () => void done())),
    ),
  );

async function tell(name: string, each: () => unknown, perCall = 1): Promise<void> {
  const rounds: number[] = [];
  for (let round = 0; round < 6; round++) {
    const before = process.cpuUsage();
    for (let i = 0; i < COUNT; i += perCall) await each();
    const { user, system } = process.cpuUsage(before);
    // The first round warms up.
    if (round > 0) rounds.push((user + system) / COUNT);
  }
  const median = rounds.sort((a, b) => a - b)[2]!;
  process.stdout.write(`${name.padEnd(32)}${median.toFixed(1).padStart(8)} µs\n`);
}

await tell('read the key', () => createPublicKey(pem));
await tell('verify, key kept', () => verify(null, head, kept, signature));
await tell('verify, key read each time', () => verify(null, head, createPublicKey(pem), signature));
await tell('verify in the pool, all threads', inThePool, 50);
const before = performance.eventLoopUtilization();
for (let i = 0; i < COUNT; i += 50) await inThePool();
const { active } = performance.eventLoopUtilization(before);
process.stdout.write(
  `${'  of it on the serving thread'.padEnd(32)}${((active * 1_000) / COUNT).toFixed(1).padStart(8)} µs\n`,
);
