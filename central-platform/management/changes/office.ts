import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { z } from 'zod';
import type { AuditStore } from '../../store/audit-store.ts';
import type { ChangeStore, KeptChange } from '../../store/desk-store.ts';
import type { StaffStore } from '../../store/staff-store.ts';
import type { SecurityStore } from '../../store/store.ts';
import type { Change, ChangeContent, ChangeDetail, DecidedChange } from '../contract/changes.ts';
import type { WordsOf } from '../contract/common.ts';
import type { Steps } from '../steps.ts';
import type { Appliers } from './appliers.ts';

/** The second person of an emergency stop comes within this time, or the console says so in red and an alarm stands. */
const CONFIRM_MS = 30 * 60_000;

type Words = z.infer<ReturnType<typeof WordsOf>>;

export interface ChangeOffice {
  /** Errors: E2508, E9005. */
  propose(content: ChangeContent, reason: string, by: string): Promise<Result<Change>>;
  /** Errors: E2506, E2507, E2508, E2514. */
  decide(id: number, approve: boolean, comment: string, by: string): Promise<Result<DecidedChange>>;
  withdraw(id: number, comment: string, by: string): Promise<Result<Change>>;
  step(id: number, act: 'next' | 'halt' | 'back', comment: string, by: string): Promise<Result<Change>>;
  emergencyStop(words: Words, instead: Words, reason: string, by: string): Promise<Result<Change>>;
  list(limit: number, before: number | undefined, state: Change['state'] | undefined, by: string): Promise<Change[]>;
  get(id: number, by: string): Promise<ChangeDetail | undefined>;
}

export interface ChangeParts {
  readonly clock: Clock;
  readonly store: ChangeStore;
  readonly staff: Pick<StaffStore, 'list'>;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly security: Pick<SecurityStore, 'record'>;
  readonly steps: Steps;
  readonly appliers: Appliers;
}

/** Everything two people decide passes here: proposed by one, decided by another, carried out by the office it concerns. */
export function createChangeOffice(parts: ChangeParts): ChangeOffice {
  const { clock, store, staff, audit, security, steps, appliers } = parts;

  async function said(change: Pick<KeptChange, 'id' | 'content'>, by: string, act: string, text: string) {
    const at = clock.now();
    await steps.add('change', String(change.id), { at, by, act, text });
    await audit.append({
      ...{ at, actor: by, action: `change.${act}`, subject: String(change.id) },
      detail: { kind: change.content.kind },
    });
  }

  async function shown(kept: KeptChange, by: string): Promise<Change> {
    const names = new Map((await staff.list()).map(({ login, name }) => [login, name]));
    return lineOf(kept, by, names, clock.now());
  }

  async function again(id: number, by: string): Promise<Result<Change>> {
    return ok(await shown((await store.get(id))!, by));
  }

  /** Why this person may not decide it now. */
  function objection(kept: KeptChange | undefined, by: string): Result<KeptChange> {
    if (!kept) return fail('E2508');
    if (kept.state !== 'proposed' && kept.state !== 'unconfirmed') return fail('E2507', kept.state);
    return kept.proposedBy === by ? fail('E2506') : ok(kept);
  }

  async function apply(kept: KeptChange, by: string, comment: string): Promise<Result<DecidedChange>> {
    const decided = { decidedBy: by, decidedAt: clock.now(), decision: comment };
    // Taken before it is carried out: whoever approves at the same moment finds it decided.
    if (!(await store.move(kept.id, 'proposed', { state: 'applied', ...decided }))) return fail('E2507');
    await said(kept, by, 'approved', comment);
    const done = await appliers.apply(kept.content, { by: kept.proposedBy, approvedBy: by }, kept);
    if (done.ok) {
      const { version, secret } = done.value;
      await store.move(kept.id, 'applied', { version });
      if (wavesOf(kept.content) > 0) await store.wave(kept.id, 0, { wavesSent: 1 });
      await said(kept, by, 'applied', version === null ? '' : `v${version}`);
      return ok({ ...(await shown((await store.get(kept.id))!, by)), ...(secret && { secret }) });
    }
    const { code, detail } = done.error;
    await store.move(kept.id, 'applied', { state: 'failed', code });
    await said(kept, by, 'failed', detail === undefined ? code : `${code} ${detail}`);
    return fail('E2514', code);
  }

  async function confirm(kept: KeptChange, approve: boolean, comment: string, by: string): Promise<Result<Change>> {
    const decided = { decidedBy: by, decidedAt: clock.now(), decision: comment };
    const state = approve ? 'applied' : 'rejected';
    if (!(await store.move(kept.id, 'unconfirmed', { state, ...decided }))) return fail('E2507');
    await said(kept, by, approve ? 'confirmed' : 'rejected', comment);
    if (approve) return again(kept.id, by);
    const open: ChangeContent = { kind: 'channel.all', state: { state: 'open' } };
    const undone = await appliers.apply(open, { by: kept.proposedBy, approvedBy: by }, kept);
    if (!undone.ok) {
      await store.move(kept.id, 'rejected', { state: 'failed', code: undone.error.code });
      return fail('E2514', undone.error.code);
    }
    await said(kept, by, 'takenBack', '');
    return again(kept.id, by);
  }

  async function flagOverdue(kept: KeptChange): Promise<void> {
    const late = kept.state === 'unconfirmed' && kept.confirmBy !== null && kept.confirmBy < clock.now();
    if (!late || (await steps.of('change', String(kept.id))).some(({ act }) => act === 'confirmOverdue')) return;
    await said(kept, 'system', 'confirmOverdue', '');
    await security.record({ at: clock.now(), code: 'E2506', terminalId: null, detail: `emergency stop ${kept.id}` });
  }

  return {
    async propose(content, reason, by) {
      const before = await appliers.check(content);
      if (!before.ok) return before;
      const id = await store.add({
        ...{ content, before: before.value, state: 'proposed', emergency: false, confirmBy: null, version: null },
        ...{ proposedBy: by, proposedAt: clock.now(), reason },
      });
      await said({ id, content }, by, 'proposed', reason);
      return again(id, by);
    },
    async decide(id, approve, comment, by) {
      const kept = objection(await store.get(id), by);
      if (!kept.ok) return kept;
      if (kept.value.state === 'unconfirmed') return confirm(kept.value, approve, comment, by);
      if (approve) return apply(kept.value, by, comment);
      const decided = { decidedBy: by, decidedAt: clock.now(), decision: comment };
      if (!(await store.move(id, 'proposed', { state: 'rejected', ...decided }))) return fail('E2507');
      await said(kept.value, by, 'rejected', comment);
      return again(id, by);
    },
    async withdraw(id, comment, by) {
      const kept = await store.get(id);
      if (!kept) return fail('E2508');
      if (kept.proposedBy !== by) return fail('E2506', 'only who proposed it');
      if (!(await store.move(id, 'proposed', { state: 'withdrawn', decision: comment }))) return fail('E2507');
      await said(kept, by, 'withdrawn', comment);
      return again(id, by);
    },
    async step(id, act, comment, by) {
      const kept = await store.get(id);
      if (!kept) return fail('E2508');
      const waves = wavesOf(kept.content);
      const sent = kept.wavesSent;
      const over = kept.state !== 'applied' || waves === 0 || sent > waves || (sent === 0 && kept.halted);
      if (over) return fail('E2507');
      const approval = { by: kept.proposedBy, approvedBy: kept.decidedBy ?? by };
      if (act === 'halt') {
        if (!(await store.wave(id, sent, { halted: true }))) return fail('E2507');
      } else if (act === 'back') {
        if (!(await store.wave(id, sent, { wavesSent: 0, halted: true }))) return fail('E2507');
        const back = await appliers.wave(kept.content, sent, 'back', approval);
        if (!back.ok) return fail('E2514', back.error.code);
      } else {
        if (!(await store.wave(id, sent, { wavesSent: sent + 1, halted: false }))) return fail('E2507');
        const next = await appliers.wave(kept.content, sent, 'next', approval);
        if (!next.ok) {
          await store.wave(id, sent + 1, { wavesSent: sent, halted: true });
          return fail('E2514', next.error.code);
        }
        await store.move(id, 'applied', { version: next.value });
      }
      await said(kept, by, `wave.${act}`, comment);
      return again(id, by);
    },
    async emergencyStop(words, instead, reason, by) {
      const content: ChangeContent = { kind: 'channel.all', state: { state: 'stopped', words, instead } };
      const before = await appliers.check(content);
      if (!before.ok) return before;
      const at = clock.now();
      const id = await store.add({
        ...{ content, before: before.value, state: 'unconfirmed', emergency: true, confirmBy: at + CONFIRM_MS },
        ...{ proposedBy: by, proposedAt: at, reason, version: null },
      });
      await said({ id, content }, by, 'emergency', reason);
      const kept = (await store.get(id))!;
      const done = await appliers.apply(content, { by, approvedBy: by }, kept);
      if (!done.ok) {
        await store.move(id, 'unconfirmed', { state: 'failed', code: done.error.code });
        await said({ id, content }, by, 'failed', done.error.code);
        return fail('E2514', done.error.code);
      }
      await store.move(id, 'unconfirmed', { version: done.value.version });
      await said({ id, content }, by, 'stopped', '');
      return again(id, by);
    },
    async list(limit, before, state, by) {
      const names = new Map((await staff.list()).map(({ login, name }) => [login, name]));
      const kept = await store.list(limit, before, state);
      for (const one of kept) await flagOverdue(one);
      return kept.map((one) => lineOf(one, by, names, clock.now()));
    },
    async get(id, by) {
      const kept = await store.get(id);
      if (!kept) return undefined;
      await flagOverdue(kept);
      return { ...(await shown(kept, by)), before: kept.before, steps: await steps.of('change', String(id)) };
    },
  };
}

export const wavesOf = (content: ChangeContent): number =>
  content.kind === 'parameters' ? (content.waves?.length ?? 0) : 0;

function lineOf(kept: KeptChange, by: string, names: ReadonlyMap<string, string>, now: number): Change {
  const { id, confirmBy, wavesSent, halted, before: _before, ...rest } = kept;
  const waves = wavesOf(kept.content);
  const waiting = kept.state === 'proposed' || kept.state === 'unconfirmed';
  return {
    ...rest,
    changeId: id,
    confirmBy,
    confirmOverdue: kept.state === 'unconfirmed' && confirmBy !== null && confirmBy < now,
    proposedByName: names.get(kept.proposedBy) ?? kept.proposedBy,
    // The last step is the whole centre.
    waves: waves === 0 ? null : { sent: wavesSent, of: waves + 1, halted },
    mayDecide: waiting && kept.proposedBy !== by,
  };
}
