import type { KeptStep, StepKind, WorkStore } from '../store/desk-store.ts';
import type { Vault } from '../vault.ts';

export interface Steps {
  add(kind: StepKind, subject: string, step: { at: number; by: string; act: string; text: string }): Promise<void>;
  of(kind: StepKind, subject: string): Promise<{ at: number; by: string; act: string; text: string }[]>;
}

/** Words that staff write beside a case: encrypted, for they may name somebody. */
export function createSteps(store: Pick<WorkStore, 'addStep' | 'steps'>, vault: Vault): Steps {
  const contextOf = (kind: StepKind, subject: string) => `step ${kind} ${subject}`;
  return {
    add: (kind, subject, { text, ...step }) =>
      store.addStep(kind, subject, { ...step, text: vault.seal(contextOf(kind, subject), Buffer.from(text)) }),
    of: async (kind, subject) =>
      (await store.steps(kind, subject)).map(({ text, ...step }: KeptStep) => ({
        ...step,
        text: vault.open(contextOf(kind, subject), text).toString('utf8'),
      })),
  };
}
