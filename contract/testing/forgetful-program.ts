// A program that reads and answers what people are called, and forgets it when it is told to.

import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { forget, keepNoPool } from '../kernel/forget.ts';

keepNoPool();
const path = join(tmpdir(), `forgetful-${process.pid}.sock`);
const server = createServer((socket) => {
  createInterface({ input: socket }).on('line', (line) => {
    const told = JSON.parse(line) as object;
    socket.write(Buffer.from(JSON.stringify({ again: told })).toString());
  });
  socket.on('error', () => {});
  socket.on('close', () => process.send?.('left'));
});
server.listen(path, () => process.send?.(path));
process.on('message', () => {
  rmSync(path, { force: true });
  void forget().then(() => process.send?.('forgotten'));
});
