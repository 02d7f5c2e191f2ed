import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';

/**
 * Messages between the device-host and a vendor plug-in: 4 bytes of length (big-endian), then that many bytes of JSON
 * in UTF-8. The length does not count itself.
 */
const HEADER = 4;
/** Two pictures in base64 are far below it. */
export const MAX_MESSAGE = 1 << 20;

export function encodeMessage(message: unknown): Uint8Array {
  const body = Buffer.from(JSON.stringify(message));
  if (body.length > MAX_MESSAGE) throw new RangeError(`a message has at most ${MAX_MESSAGE} bytes, not ${body.length}`);
  const frame = Buffer.alloc(HEADER + body.length);
  frame.writeUInt32BE(body.length);
  frame.set(body, HEADER);
  return frame;
}

/** Why what came is no message. Nothing after it can be understood: the stream has lost its step. */
export type FrameProblem = 'tooLong' | 'notJson';

/**
 * Puts chunks together to messages. Keeps at most one message, never longer than MAX_MESSAGE, and nothing after a
 * problem.
 */
export class MessageReader {
  #chunks: Uint8Array[] = [];
  #length = 0;
  #broken: FrameProblem | undefined;

  get pendingBytes(): number {
    return this.#length;
  }

  /** The messages that are whole now. */
  push(chunk: Uint8Array): Result<readonly unknown[], FrameProblem> {
    if (this.#broken) return err(this.#broken);
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const messages: unknown[] = [];
    while (this.#length >= HEADER) {
      const wanted = this.#peekLength();
      if (wanted > MAX_MESSAGE) return this.#break('tooLong');
      if (this.#length < HEADER + wanted) break;
      const all = this.#join();
      try {
        messages.push(JSON.parse(UTF8.decode(all.subarray(HEADER, HEADER + wanted))));
      } catch {
        return this.#break('notJson');
      }
      this.#chunks = [all.subarray(HEADER + wanted)];
      this.#length -= HEADER + wanted;
    }
    return ok(messages);
  }

  #peekLength(): number {
    if (this.#chunks[0]!.length < HEADER) this.#chunks = [this.#join()];
    return Buffer.from(this.#chunks[0]!.buffer, this.#chunks[0]!.byteOffset, HEADER).readUInt32BE();
  }

  #join(): Uint8Array {
    return this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
  }

  #break(problem: FrameProblem): Result<never, FrameProblem> {
    this.#chunks = [];
    this.#length = 0;
    this.#broken = problem;
    return err(problem);
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
