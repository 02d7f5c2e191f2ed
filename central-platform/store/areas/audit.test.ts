import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../../testing/engines.ts';
import { auditStore } from './audit.ts';

const event = (n: number) => ({ at: n, actor: 'wang', action: 'document.cancelled', subject: `D${n}`, detail: { n } });

for (const { name, skip, open } of engines) {
  test(`twenty people act at the same moment: every act is logged, in one chain (${name})`, { skip }, async (t) => {
    const audit = auditStore(await open(t));
    await Promise.all(Array.from({ length: 20 }, (_, n) => audit.append(event(n))));
    assert.deepEqual(await audit.verify(), { entries: 20, brokenAt: null });
    const all = await audit.list(100);
    assert.equal(new Set(all.map(({ subject }) => subject)).size, 20);
    assert.deepEqual(await audit.list(100, all[4]!.id), all.slice(5), 'a page begins below the one before');
  });

  test(
    `somebody alters an entry in the database, or takes one out: the walk names the place (${name})`,
    { skip },
    async (t) => {
      const db = await open(t);
      const audit = auditStore(db);
      for (let n = 1; n <= 5; n++) await audit.append(event(n));
      await db.updateTable('audit_entry').set({ actor: 'li' }).where('id', '=', 3).execute();
      assert.deepEqual(await audit.verify(), { entries: 2, brokenAt: 3 });
      await db.updateTable('audit_entry').set({ actor: 'wang' }).where('id', '=', 3).execute();
      assert.equal((await audit.verify()).brokenAt, null);
      await db.deleteFrom('audit_entry').where('id', '=', 2).execute();
      assert.deepEqual(await audit.verify(), { entries: 1, brokenAt: 3 });
    },
  );
}
