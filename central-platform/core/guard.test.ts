import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ok } from '@kiosk/contract/kernel/result.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import type { CoreSystem } from './core-system.ts';
import { faultSwitch, type Fault } from './fault-switch.ts';
import { guardCore } from './guard.ts';
import { syntheticCore } from './synthetic-core.ts';

const { idNumber } = syntheticPerson('ordinary', '2026-11-21');

/** A core that answers every question through one line with faults. */
function faulty(clock: ManualClock) {
  const core = syntheticCore(clock);
  const faults = faultSwitch(clock);
  const through: CoreSystem = {
    ...core,
    findByIdNumber: (number) =>
      faults.run(
        () => core.findByIdNumber(number),
        (right) => (right.ok && right.value ? ok({ ...right.value, idNumber: '1' }) : right),
      ),
    get: (id) =>
      faults.run(
        () => core.get(id),
        (right) => {
          if (!right.ok || !right.value) return right;
          const [first, ...others] = right.value.accounts;
          return ok({ ...right.value, accounts: [{ ...first!, balanceFen: first!.balanceFen + 1 }, ...others] });
        },
      ),
    changePhone: (change) =>
      faults.run(
        () => core.changePhone(change),
        () => 'OK',
      ),
  };
  return { faults, core: guardCore(through, { clock, deadlineMs: 5_000 }) };
}

const change = { reference: 'p1', depositorId: 'ordinary', phone: '12200000001' };
const cases: readonly [Fault, string, string][] = [
  [{ kind: 'down' }, 'E3301', 'E3305'],
  [{ kind: 'lost' }, 'E3301', 'E3305'],
  [{ kind: 'wrong' }, 'E3303', 'E3305'],
  [{ kind: 'slow', ms: 9_000 }, 'E3302', 'E3305'],
];

for (const [fault, asked, changed] of cases) {
  test(`the core is ${fault.kind}: a question ends with ${asked}, a change with ${changed}, and asked again all is well`, async () => {
    const clock = new ManualClock();
    const { core, faults } = faulty(clock);
    const code = async (call: Promise<{ ok: boolean; error?: { code: string } }>) => {
      if (fault.kind === 'slow') clock.advance(10_000);
      return (await call).error?.code;
    };
    for (const call of [() => core.findByIdNumber(idNumber), () => core.get('ordinary')]) {
      faults.set(fault, 1);
      assert.equal(await code(call()), asked);
      assert.ok((await call()).ok);
    }
    faults.set(fault, 1);
    assert.equal(await code(core.changePhone(change)), changed);
    assert.ok((await core.changePhone(change)).ok, 'the same reference settles it');
    const found = await core.get('ordinary');
    assert.ok(found.ok && found.value?.phone === change.phone);
  });
}
