import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { it } from 'node:test';
import { startDisplay } from './display.ts';

const socketOf = (display: string): string => `/tmp/.X11-unix/X${display.slice(1)}`;

it('two virtual screens at once take different numbers and leave nothing behind', async () => {
  const [first, second] = await Promise.all([startDisplay(), startDisplay()]);
  const sockets = [first, second].map((display) => socketOf(display.env.DISPLAY));
  assert.notEqual(sockets[0], sockets[1]);
  for (const socket of sockets) assert.ok(existsSync(socket), `${socket} is not there`);
  await Promise.all([first.stop(), second.stop()]);
  for (const socket of sockets) assert.ok(!existsSync(socket), `${socket} stays behind`);
});
