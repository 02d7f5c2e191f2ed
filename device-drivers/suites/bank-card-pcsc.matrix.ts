import { type Cell, type FaultMatrix, ends, notApplicable } from './matrix.ts';

export type PcscStep =
  'start' | 'idle' | 'open' | 'directory' | 'directoryRecord' | 'application' | 'options' | 'record' | 'eject';
export type PcscFault =
  | 'unplug'
  | 'serviceDies'
  | 'pulled'
  | 'refused'
  | 'chipMute'
  | 'mute'
  | 'late'
  | 'getResponse'
  | 'wrongLength'
  | 'badStatus'
  | 'nonsense'
  | 'wrongRecords'
  | 'endless';

const noCard = notApplicable('no card takes part in this step');
const onTheWay = notApplicable('a card that is spoken to was opened before');
const noCommand = notApplicable('no command goes to the chip at this step');
const notTheList = notApplicable('the list of records stands in the options');

const AWAY = { unplug: ends('E1301'), serviceDies: ends('E1301') } as const;
const LOST = { ...AWAY, pulled: ends('E1302'), mute: ends('E1303'), late: ends('E1303') } as const;

const otherwise = (rest: Cell): Readonly<Record<PcscFault, Cell>> => ({
  ...AWAY,
  pulled: rest,
  refused: rest,
  chipMute: rest,
  mute: rest,
  late: rest,
  getResponse: rest,
  wrongLength: rest,
  badStatus: rest,
  nonsense: rest,
  wrongRecords: rest,
  endless: rest,
});

/** `spoilt`: what an answer that cannot be used leads to. */
const command = (spoilt: Cell): Readonly<Record<PcscFault, Cell>> => ({
  ...LOST,
  refused: onTheWay,
  chipMute: onTheWay,
  getResponse: ends('ok'),
  wrongLength: ends('ok'),
  badStatus: spoilt,
  nonsense: spoilt,
  endless: spoilt,
  wrongRecords: notTheList,
});
/** Without its directory the card's applications are tried by name; a record that is missing holds nothing we need. */
const DISPENSABLE = command(ends('ok'));

/** A chip reader behind the PC/SC service of the system: no motor, no stripe, and no line of ours that could be noisy. */
export const pcscMatrix: FaultMatrix<PcscStep, PcscFault> = {
  kind: 'bankCardReader',
  family: 'PC/SC',
  steps: {
    start: 'service and reader are looked for',
    idle: 'a card is waited for',
    open: 'a card is put in and opened',
    directory: 'the directory is selected',
    directoryRecord: 'the directory is read',
    application: 'the application is selected',
    options: 'the processing options are asked for',
    record: 'a record is read',
    eject: 'the card is waited for to be taken',
  },
  faults: {
    unplug: 'the reader is unplugged',
    serviceDies: 'the PC/SC service of the system ends',
    pulled: 'the card is pulled out',
    refused: 'the service refuses the card, because another program holds it',
    chipMute: 'the chip does not start',
    mute: 'nothing is answered',
    late: 'the answer comes after its time',
    getResponse: 'the chip wants its answers fetched (61xx)',
    wrongLength: 'the chip wants another length (6Cxx)',
    badStatus: 'the chip answers 6F00',
    nonsense: 'the chip answers noise',
    wrongRecords: 'the chip names records it does not have',
    endless: 'the chip announces more for ever',
  },
  cells: {
    start: otherwise(noCard),
    idle: otherwise(noCard),
    open: { ...otherwise(noCommand), ...LOST, refused: ends('E1303'), chipMute: ends('E1303') },
    directory: DISPENSABLE,
    directoryRecord: DISPENSABLE,
    application: command(ends('E1303')),
    options: { ...command(ends('E1303')), wrongRecords: ends('E1303') },
    record: DISPENSABLE,
    eject: { ...otherwise(noCommand), pulled: notApplicable('this is what is waited for') },
  },
};
