import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ok } from '@kiosk/contract/kernel/result.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { Screen, View } from '@kiosk/contract/screen/view.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { SAMPLES, VARIANTS, viewOf } from '../renderer/gallery/fixtures.ts';
import { guideLights, lightsOf } from './lights.ts';
import * as F from './testing/fixtures.ts';

const view = (name: string): View =>
  viewOf(
    SAMPLES.find((sample) => sample.name === name)!,
    VARIANTS[0]!,
  );
const BOARD = { ...F.hostSnapshot().devices[0]!, id: 'io-board', kind: 'ioBoard' as const };

/** A device-host that notes what the board is told. */
function cabinet(boards: readonly (typeof BOARD)[] = [BOARD]) {
  const told: string[] = [];
  const host = {
    snapshot: { ...F.hostSnapshot(), devices: [...F.hostSnapshot().devices, ...boards] },
    call(command: string, input: { slot?: string; light?: string; pattern?: string }) {
      told.push(command === 'setLight' ? `${input.slot} ${input.light}` : `sound ${input.pattern}`);
      return Promise.resolve(ok({}));
    },
  } as unknown as ServiceClient<typeof deviceHost>;
  const guide = guideLights(host);
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    /** What the board is told when this is shown. */
    async shows(name: string): Promise<string[]> {
      const from = told.length;
      guide(view(name));
      await settled();
      return told.slice(from);
    },
  };
}

test('the light stands where the picture on the screen points, and nowhere else', () => {
  const lights = (name: string) => lightsOf(view(name).content);
  assert.deepEqual(lights('attract'), { idReader: 'slow' });
  assert.deepEqual(lights('reading-card'), { idReader: 'on' });
  assert.deepEqual(lights('checking-card'), {}, 'the card may be taken: the screen says so');
  assert.deepEqual(lights('wait-insertCard'), { bankCard: 'slow' });
  assert.deepEqual(lights('wait-takeCard'), { bankCard: 'fast' });
  assert.deepEqual(lights('wait-enterPin'), { pinPad: 'slow' });
  assert.deepEqual(lights('menu'), {});
  const printing = view('printing').content as Extract<Screen, { screen: 'printing' }>;
  assert.deepEqual(lightsOf(printing), { document: 'slow' });
  assert.deepEqual(lightsOf({ ...printing, stoppedBy: 'E4102' }), {}, 'nothing comes out of a printer that stands');
  assert.deepEqual(lights('printed'), { document: 'fast', slip: 'fast' });
});

test('the first view switches off what the session before left on; then only changes are told', async () => {
  const { shows } = cabinet();
  const first = await shows('attract');
  assert.deepEqual(first.toSorted(), [
    'bankCard off',
    'document off',
    'idReader slow',
    'pinPad off',
    'scanner off',
    'slip off',
    'sound off',
  ]);
  assert.deepEqual(await shows('attract'), []);
  assert.deepEqual(await shows('reading-card'), ['idReader on']);
  assert.deepEqual(await shows('menu'), ['idReader off']);
});

test('a bank card that waits in the slot is called for by light and sound, and no longer when it is taken', async () => {
  const { shows } = cabinet();
  await shows('wait-insertCard');
  assert.deepEqual(await shows('wait-takeCard'), ['bankCard fast', 'sound attention']);
  assert.deepEqual(await shows('wait-takeCard'), []);
  assert.deepEqual(await shows('menu'), ['bankCard off', 'sound off']);
});

test('staff are called by light and sound as well, also without the line, until the screen is left', async () => {
  const { shows } = cabinet();
  await shows('menu');
  for (const name of ['staff-called', 'staff-unreachable']) {
    assert.deepEqual(await shows(name), ['idReader fast', 'sound attention'], name);
    assert.deepEqual(await shows('menu'), ['idReader off', 'sound off']);
  }
});

test('a machine without a board, or with one that fails, is asked for nothing', async () => {
  assert.deepEqual(await cabinet([]).shows('attract'), []);
  assert.deepEqual(await cabinet([{ ...BOARD, state: 'offline' }]).shows('attract'), []);
});
