import type { LineFault } from './serial-line.ts';

/** What every device on a SerialLine can suffer. */
export const SERIAL_LINE_FAULTS: Readonly<Record<LineFault, string>> = {
  silent: 'Silent',
  slow: 'Answers late',
  garbage: 'Noise',
  badChecksum: 'Last byte wrong',
  cut: 'Only half comes',
  bytewise: 'Byte by byte',
  twice: 'Everything twice',
};
