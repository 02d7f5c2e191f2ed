import assert from 'node:assert/strict';
import { mutations } from '../codec/fuzz.ts';
import { MAX_MESSAGE, MessageReader, encodeMessage } from './frames.ts';
import { Answer, Hello } from './messages.ts';

const MESSAGES = [
  { protocol: 1, name: 'fuzz', version: '1', capabilities: ['photo'] },
  { id: 1, result: { score: 0.5 } },
  { id: 2, problem: 'licence missing' },
].map(encodeMessage);

/** No throw, no more kept than one message; after a problem nothing at all. */
export function fuzzPluginFrames(count: number): void {
  let reader = new MessageReader();
  let understood = 0;
  for (const bytes of mutations(MESSAGES, count, 1_701)) {
    const read = reader.push(bytes);
    assert.ok(reader.pendingBytes <= MAX_MESSAGE + 4, 'what is not understood grows without end');
    if (!read.ok) {
      reader = new MessageReader();
      continue;
    }
    // One that waits for the rest of a long message would swallow all others.
    if (reader.pendingBytes > 4_096) reader = new MessageReader();
    for (const message of read.value) {
      understood++;
      Answer.safeParse(message);
      Hello.safeParse(message);
    }
  }
  assert.ok(understood > count / 50, 'the fuzzing hit no messages at all');
}
