import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import type { BankCard } from '@kiosk/contract/services/devices.ts';
import {
  type CommandApdu,
  type ResponseApdu,
  SW,
  describeSw,
  getProcessingOptions,
  getResponse,
  readRecord,
  select,
} from './apdu.ts';
import { TAG, cardFromRecords, hex } from './card-data.ts';
import { fillDol, parseAfl, parseDol } from './lists.ts';
import { type Tlv, findTag, findTemplates, parseTlv } from './tlv.ts';

/** Directory of a contact card's applications. */
export const PSE = Buffer.from('1PAY.SYS.DDF01', 'latin1');

/** Tried in this order where a card has no directory: debit, credit, quasi-credit, electronic cash, common debit. */
export const UNIONPAY_AIDS: readonly string[] = [
  'A000000333010101',
  'A000000333010102',
  'A000000333010103',
  'A000000333010106',
  'A000000333010108',
];

/** A card that answers for ever is given up: a real reading takes 10 to 25 commands. */
const MAX_COMMANDS = 160;
const MAX_DIRECTORY_RECORDS = 16;
const MAX_APPLICATIONS = 8;
/** One answer together with all that 61xx announces after it. */
const MAX_CHAINED = 1024;

export interface ReadInput {
  /** Three bytes YYMMDD, binary coded decimal, for a PDOL that asks for the date (9A). */
  readonly date?: Uint8Array;
  /** For a PDOL that asks for it (9F37); four bytes. */
  readonly unpredictableNumber?: Uint8Array;
}

/** Step of the reading, for progress and for tests that break it at each one. */
export type ReadStep = 'directory' | 'directoryRecord' | 'application' | 'options' | 'record';

/** The next command with the step it belongs to. */
export interface NextCommand {
  readonly step: ReadStep;
  readonly apdu: CommandApdu;
}

/** The chip could not be read; says where and the status word, never the content. */
export interface ChipUnreadable {
  readonly step: ReadStep;
  readonly detail: string;
}

/**
 * Reads number, expiry and holder's document of a bank card: directory, else the UnionPay applications by name; the
 * application's options; the records that it names. Pure: yields a command, is given its answer, returns the card.
 */
export function* readBankCardChip(
  input: ReadInput = {},
): Generator<NextCommand, Result<BankCard, ChipUnreadable>, ResponseApdu> {
  const budget = { left: MAX_COMMANDS };
  const listed = yield* listApplications(budget);
  const names = listed.length > 0 ? listed : UNIONPAY_AIDS;
  let failure: ChipUnreadable = { step: 'application', detail: 'no application answers' };
  for (const name of names) {
    const card = yield* readApplication(name, input, budget);
    if (card.ok) return card;
    // What went wrong deeper inside says more than a name that the card does not have.
    if (card.error.step !== 'application' || failure.step === 'application') failure = card.error;
    if (budget.left <= 0) break;
  }
  return err(failure);
}

interface Budget {
  left: number;
}

/** Sends a command, follows 6Cxx (wrong length) once and 61xx (more to fetch) to its end. */
function* exchange(
  step: ReadStep,
  apdu: CommandApdu,
  budget: Budget,
): Generator<NextCommand, ResponseApdu, ResponseApdu> {
  let answer = yield* once(step, apdu, budget);
  if (answer.sw >> 8 === 0x6c) answer = yield* once(step, { ...apdu, le: answer.sw & 0xff || 256 }, budget);
  let data = answer.data;
  while (answer.sw >> 8 === 0x61 && data.length < MAX_CHAINED && budget.left > 0) {
    const wanted = answer.sw & 0xff || 256;
    answer = yield* once(step, getResponse(wanted), budget);
    if (answer.sw >> 8 === 0x6c) answer = yield* once(step, getResponse(answer.sw & 0xff || 256), budget);
    data = Buffer.concat([data, answer.data]);
    // It announces again and again and brings nothing.
    if (answer.data.length === 0) break;
  }
  return { data, sw: answer.sw };
}

const OUT_OF_COMMANDS: ResponseApdu = { data: new Uint8Array(0), sw: 0x6f00 };

function* once(step: ReadStep, apdu: CommandApdu, budget: Budget): Generator<NextCommand, ResponseApdu, ResponseApdu> {
  if (budget.left-- <= 0) return OUT_OF_COMMANDS;
  return yield { step, apdu };
}

/** Names of the applications in the card's directory, by priority; none where it has no directory that can be read. */
function* listApplications(budget: Budget): Generator<NextCommand, readonly string[], ResponseApdu> {
  const answer = yield* exchange('directory', select(PSE), budget);
  if (answer.sw !== SW.success) return [];
  const objects = parseTlv(answer.data);
  const sfi = objects.ok ? findTag(objects.value, TAG.sfi)?.[0] : undefined;
  if (sfi === undefined || sfi === 0 || sfi > 10) return [];
  const found: { name: string; priority: number }[] = [];
  for (let record = 1; record <= MAX_DIRECTORY_RECORDS; record++) {
    const entry = yield* exchange('directoryRecord', readRecord(sfi, record), budget);
    if (entry.sw !== SW.success) break;
    const entries = parseTlv(entry.data);
    if (!entries.ok) continue;
    for (const { children = [] } of findTemplates(entries.value, TAG.applicationTemplate)) {
      const name = findTag(children, TAG.applicationId);
      if (!name || name.length < 5 || name.length > 16) continue;
      // Low nibble: 1 is the highest priority, 0 means none.
      const priority = (findTag(children, TAG.priority)?.[0] ?? 0) & 0x0f;
      found.push({ name: hex(name), priority: priority || 16 });
    }
  }
  return found
    .sort((a, b) => a.priority - b.priority)
    .slice(0, MAX_APPLICATIONS)
    .map(({ name }) => name);
}

function* readApplication(
  name: string,
  input: ReadInput,
  budget: Budget,
): Generator<NextCommand, Result<BankCard, ChipUnreadable>, ResponseApdu> {
  const failed = (step: ReadStep, detail: string) => err({ step, detail });
  const selected = yield* exchange('application', select(Buffer.from(name, 'hex')), budget);
  if (selected.sw !== SW.success) return failed('application', describeSw(selected.sw));
  const about = parseTlv(selected.data);
  if (!about.ok) return failed('application', about.error);

  const pdol = parseDol(findTag(about.value, TAG.pdol) ?? new Uint8Array(0));
  if (!pdol.ok) return failed('options', pdol.error);
  const given = {
    ...(input.date ? { 0x9a: input.date } : {}),
    ...(input.unpredictableNumber ? { 0x9f37: input.unpredictableNumber } : {}),
  };
  const options = yield* exchange('options', getProcessingOptions(fillDol(pdol.value, given)), budget);
  if (options.sw !== SW.success) return failed('options', describeSw(options.sw));
  const afl = locator(options.data);
  if (!afl.ok) return failed('options', afl.error);

  // Some cards give track 2 in the options already.
  const atOnce = parseTlv(options.data);
  // Unreached: the locator was found in these very bytes, so they can be taken apart.
  const objects: Tlv[] = atOnce.ok ? [...atOnce.value] : [];
  let missing: string | undefined;
  for (const { sfi, first, last } of afl.value) {
    for (let record = first; record <= last; record++) {
      const answer = yield* exchange('record', readRecord(sfi, record), budget);
      const content = answer.sw === SW.success ? parseTlv(answer.data) : err(describeSw(answer.sw));
      // A record that cannot be read may hold only what we do not need; its trouble counts if the number is missing.
      if (content.ok) objects.push(...content.value);
      else missing ??= content.error;
    }
  }
  const card = cardFromRecords(objects, name);
  return card.ok ? card : failed('record', missing ?? card.error);
}

/** The file locator in both forms of the answer: 80 with profile and locator in a row, 77 with 94 inside. */
function locator(data: Uint8Array) {
  const objects = parseTlv(data);
  if (!objects.ok) return objects;
  const plain = findTag(objects.value, TAG.format1);
  const bytes = plain ? plain.subarray(2) : findTag(objects.value, TAG.afl);
  return bytes ? parseAfl(bytes) : err('no file locator in the options');
}

/** Runs a reading whose every answer is already there; for tests and for chips that answer at once. */
export function readAtOnce(
  answer: (command: NextCommand) => ResponseApdu,
  input?: ReadInput,
): Result<BankCard, ChipUnreadable> {
  const reading = readBankCardChip(input);
  let next = reading.next();
  while (!next.done) next = reading.next(answer(next.value));
  return next.value.ok ? ok(next.value.value) : next.value;
}
