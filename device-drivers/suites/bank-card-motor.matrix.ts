/**
 * What every motorised bank card reader does about every fault at every step, as data: the tests run each cell, the
 * documentation shows it. A cell is how the operation that has the step ends: `ok`; `stripe` (read by the stripe instead of the chip);
 * a code of the catalogue; `failed E…` or `unknown E…` for a card that was to be retained. After every cell the fault is
 * taken away, and the reader must be ready and read a card without a restart of the program.
 */
export type MatrixFamily = 'crt' | 'ict';
export const MATRIX_FAMILIES: readonly MatrixFamily[] = ['crt', 'ict'];

const CHIP_STEPS = ['directory', 'directoryRecord', 'application', 'options', 'record'] as const;
const ALL_STEPS = [
  'initialise',
  'status',
  'enableEntry',
  'disableEntry',
  'toChip',
  'chipOn',
  ...CHIP_STEPS,
  'chipOff',
  'releaseChip',
  'stripe',
  'eject',
  'retrieve',
  'retain',
] as const;
export type MatrixStep = (typeof ALL_STEPS)[number];

/** A CRT lets go of the chip and draws a card in from the gate with the commands that move it. */
export const MATRIX_STEPS: Readonly<Record<MatrixFamily, readonly MatrixStep[]>> = {
  crt: ALL_STEPS.filter((step) => step !== 'releaseChip' && step !== 'retrieve'),
  ict: ALL_STEPS,
};

export const MATRIX_FAULTS = {
  silent: 'no ACK and no answer, once',
  dead: 'no ACK and no answer, from now on',
  noAck: 'the ACK is lost',
  noAnswer: 'an ACK, then nothing',
  late: 'the answer comes after its time',
  nak: 'the command is refused as garbled, once',
  badCheck: 'an answer with a wrong check',
  garbage: 'noise instead of an answer',
  split: 'the answer byte by byte',
  merged: 'noise, ACK and answer in one piece',
  repeated: 'the answer twice',
  unplug: 'the cable is pulled out',
  powerLoss: 'the reader loses its power; a card stays inside',
  pulled: 'the card is torn out',
  jam: 'the card jams',
  device: 'motor dead',
  binFull: 'the bin is full',
  chipMute: 'the chip does not start',
  getResponse: 'the chip wants its answers fetched (61xx)',
  wrongLength: 'the chip wants another length (6Cxx)',
  badStatus: 'the chip answers 6F00',
  nonsense: 'the chip answers noise',
  wrongRecords: 'the chip names records it does not have',
  endless: 'the chip announces more for ever',
} as const;
export type MatrixFault = keyof typeof MATRIX_FAULTS;

export type Cell = string | { readonly notApplicable: string };
type Rule = Readonly<Partial<Record<MatrixStep, Cell>>> & { readonly otherwise: Cell };

const na = (reason: string): Cell => ({ notApplicable: reason });

/** The line repairs it and nobody notices. */
const REPAIRED: Rule = { otherwise: 'ok', stripe: 'stripe' };
/** The connection is given up. A card that was read before keeps its reading. */
const LOST: Rule = {
  otherwise: 'E1301',
  chipOff: 'ok',
  releaseChip: 'ok',
  retrieve: 'unknown E1301',
  retain: 'unknown E1301',
};
/** The same; an initialisation is simply tried again. */
const LOST_ONCE: Rule = { ...LOST, initialise: 'ok' };
const fault = (code: string): Rule => ({
  otherwise: code,
  chipOff: 'ok',
  releaseChip: 'ok',
  retrieve: `failed ${code}`,
  retain: `failed ${code}`,
});
const onlyAt = (step: MatrixStep, cell: Cell, reason: string): Rule => ({ otherwise: na(reason), [step]: cell });
const OF_THE_CHIP = na('a fault of the chip, which is not spoken to here');
const onChip = (cells: Readonly<Partial<Record<(typeof CHIP_STEPS)[number], Cell>>>): Rule => ({
  otherwise: OF_THE_CHIP,
  directory: 'ok',
  directoryRecord: 'ok',
  application: 'ok',
  options: 'ok',
  record: 'ok',
  ...cells,
});
/** Without its directory the card's applications are tried by name; a record that is missing holds nothing we need. */
const unreadable = (cell: Cell): Rule => onChip({ application: cell, options: cell });

const MOTOR: Readonly<Record<MatrixFault, Rule>> = {
  silent: REPAIRED,
  dead: LOST,
  noAck: REPAIRED,
  noAnswer: LOST_ONCE,
  late: LOST_ONCE,
  nak: REPAIRED,
  badCheck: REPAIRED,
  garbage: REPAIRED,
  split: REPAIRED,
  merged: REPAIRED,
  repeated: REPAIRED,
  unplug: LOST,
  powerLoss: LOST_ONCE,
  pulled: {
    ...fault('E1302'),
    initialise: na('no card is inside'),
    status: na('a card in the gate may be taken again; the wait goes on'),
    eject: 'ok',
  },
  jam: fault('E1305'),
  device: fault('E1308'),
  binFull: {
    ...REPAIRED,
    initialise: 'E1306',
    status: 'E1306',
    enableEntry: 'E1306',
    eject: 'E1306',
    retain: 'failed E1306',
  },
  chipMute: onlyAt('chipOn', 'stripe', 'the chip starts only once'),
  getResponse: onChip({}),
  wrongLength: onChip({}),
  badStatus: unreadable('stripe'),
  nonsense: unreadable('stripe'),
  wrongRecords: onlyAt('options', 'stripe', 'the list of records stands in the options'),
  endless: unreadable('stripe'),
};

const ICT_BIN = na('this family tells of a full bin only when it retains');
const ICT: Readonly<Record<MatrixFault, Rule>> = {
  ...MOTOR,
  binFull: { otherwise: ICT_BIN, retrieve: 'failed E1306', retain: 'failed E1306' },
};

const RULES = { crt: MOTOR, ict: ICT } as const;

/** Every cell has one. */
export function expectedCell(family: MatrixFamily, step: MatrixStep, kind: MatrixFault): Cell {
  const rule = RULES[family][kind];
  return rule[step] ?? rule.otherwise;
}
