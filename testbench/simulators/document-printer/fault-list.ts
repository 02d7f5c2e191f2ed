import { type FaultList, offers } from '../fault-list.ts';
import type { DocumentPrinterFault } from './simulator.ts';

export const DOCUMENT_PRINTER_FAULTS: FaultList = {
  faults: offers<DocumentPrinterFault['kind']>(
    {
      paperEmpty: 'Out of paper',
      jam: 'Jam',
      jamAtPage: 'Jam at page 2',
      coverOpen: 'Door open',
      outputFull: 'Output tray full',
      tonerLow: 'Toner low',
      tonerEmpty: 'No toner',
      abortJob: 'Gives jobs up',
      silent: 'Silent',
      garbage: 'Answers no IPP',
      httpError: 'Answers 500',
      refuse: 'Takes no jobs',
      dropConnection: 'Cuts every connection',
      dropDocument: 'Cable out in the document',
      dropAnswer: 'Cable out before the answer',
    },
    { jamAtPage: { page: 2 } },
  ),
};
