import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { FarEnd } from './paced-line.ts';

/** A simulator that offers only a pseudo-terminal, opened at the speed that its device is set to. */
export function terminalEnd(path: string, baudRate: number): FarEnd {
  const socat = spawn('socat', ['-', `FILE:${path},raw,echo=0,b${baudRate}`], { stdio: ['pipe', 'pipe', 'inherit'] });
  // Bytes still under way when the line is closed are lost, as on a cable that is pulled.
  socat.stdin.on('error', () => {});
  return {
    write: (bytes) => void socat.stdin.write(bytes),
    onData: (listener) => void socat.stdout.on('data', listener),
    async close() {
      if (socat.exitCode !== null || socat.signalCode !== null) return;
      const ended = once(socat, 'exit');
      socat.kill();
      await ended;
    },
  };
}

/** A simulator on TCP: `tcp://host:port`. */
export async function tcpEnd(address: string): Promise<FarEnd> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname).setNoDelay(true);
  await once(socket, 'connect');
  socket.on('error', () => socket.destroy());
  return {
    write: (bytes) => void socket.write(bytes),
    onData: (listener) => void socket.on('data', listener),
    close: () => Promise.resolve(void socket.destroy()),
  };
}
