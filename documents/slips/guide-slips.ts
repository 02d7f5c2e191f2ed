import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { bold, GAP, line, list, row, RULE, slip, wordsOf, type SlipFrame } from './parts.ts';

export interface MaterialSlip extends SlipFrame {
  /** Of the print, not of a person. */
  readonly number: string;
  readonly item: string;
  readonly materials: readonly {
    readonly name: string;
    /** 'shared': the centre has it or looks it up. */
    readonly form: 'original' | 'copy' | 'both' | 'shared';
    readonly note?: string;
  }[];
  /** In the slip's language. */
  readonly timeLimit?: string;
  readonly places: readonly string[];
  /** 'YYYY-MM-DD' of the knowledge base it comes from. */
  readonly updatedOn: string;
}

/** 材料清单: what to bring for an item, to take home. */
export function materialSlip(input: MaterialSlip): SlipDocumentInput {
  const words = wordsOf(input);
  const forms = {
    original: words.original,
    copy: words.copy,
    both: `${words.original}, ${words.copy}`,
    shared: words.shared,
  };
  return slip(input.number, words.materialsTitle, input, [
    bold(input.item),
    ...(input.timeLimit ? [row(words.timeLimit, input.timeLimit)] : []),
    RULE,
    bold(words.materials),
    ...input.materials.flatMap(({ name, form, note }, i) => [
      row(`${i + 1}. ${name}`, forms[form]),
      ...(note ? [line(note)] : []),
    ]),
    GAP,
    ...list(words.whereToGo, input.places, words.none),
    line(words.offlineContent(input.updatedOn)),
  ]);
}

export interface BranchSlip extends SlipFrame {
  readonly number: string;
  readonly name: string;
  readonly address: string;
  /** In the slip's language, a line each. */
  readonly hours: readonly string[];
  readonly phone: string;
  /** How many wait, and when that was; a cached figure is told as one. */
  readonly waiting?: { readonly people: number; readonly at: string };
  /** 'Two machines, one out of order', in the slip's language. */
  readonly machines?: string;
  /** A map's address, printable ASCII. */
  readonly map?: string;
}

/** 网点信息: where a branch is and when it is open. */
export function branchSlip(input: BranchSlip): SlipDocumentInput {
  const words = wordsOf(input);
  const { waiting, machines, map } = input;
  return slip(input.number, words.branchTitle, input, [
    bold(input.name),
    row(words.address, input.address),
    ...input.hours.map((hours, i) => row(i === 0 ? words.hours : '', hours)),
    row(words.phone, input.phone),
    ...(machines ? [row(words.machines, machines)] : []),
    ...(waiting ? [RULE, row(words.waiting, words.waitingPeople(waiting.people)), line(words.asOf(waiting.at))] : []),
    ...(map ? [GAP, { type: 'qr', data: map } as const] : []),
  ]);
}
