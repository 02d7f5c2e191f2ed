import { type FaultList, offers } from '../fault-list.ts';
import type { SlipPrinterFault } from './printer.ts';

export const SLIP_PRINTER_FAULTS: FaultList = {
  faults: offers<SlipPrinterFault['kind']>(
    {
      paperEnd: 'Out of paper',
      nearEnd: 'Paper low',
      paperEndAfterBytes: 'Paper ends in the slip',
      coverOpen: 'Cover open',
      cutter: 'Cutter jammed',
      cutterAtNextCut: 'Cutter jams at the cut',
      hot: 'Head too hot',
      unrecoverable: 'Broken',
      silent: 'Silent',
      silentAfterBytes: 'Silent in the slip',
      slow: 'Prints slowly',
      answerLost: 'Answer lost',
      answerLate: 'Answer late',
      merged: 'Answers merged',
      garbage: 'Noise',
      dropAfterBytes: 'Cable out in the slip',
    },
    {
      paperEndAfterBytes: { bytes: 300 },
      silentAfterBytes: { bytes: 300 },
      dropAfterBytes: { bytes: 300 },
      slow: { msPerLine: 400 },
      answerLate: { ms: 1_500 },
    },
  ),
};
