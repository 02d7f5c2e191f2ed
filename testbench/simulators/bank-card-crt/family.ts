import { CRT, crtCancel, decodeCrt, encodeCrt } from '@kiosk/device-drivers/codec/crt.ts';
import type { ReaderCommand } from '@kiosk/device-drivers/codec/f2.ts';
import type { MotorFamily } from '../bank-card/motor.ts';
import type { ReaderWire } from '../bank-card/reader.ts';
import { track1, track2 } from '../bank-card/stripe.ts';

const is = (command: ReaderCommand, { cm, pm }: ReaderCommand) => command.cm === cm && command.pm === pm;

export const CRT_WIRE: ReaderWire = { encode: (text) => encodeCrt(text), decode: decodeCrt, cancel: crtCancel };

export const CRT_FAMILY: MotorFamily = {
  firmware: 'CRT-571-SIM 1.0',
  releasesByMoving: true,
  retrievesFirst: false,
  step(command) {
    if (command.cm === 0x30) return 'initialise';
    if (is(command, CRT.status)) return 'status';
    if (is(command, CRT.sensors)) return 'sensors';
    if (is(command, CRT.enableEntry)) return 'enableEntry';
    if (is(command, CRT.disableEntry)) return 'disableEntry';
    if (is(command, CRT.moveToChip)) return 'toChip';
    if (is(command, CRT.chipReset)) return 'chipOn';
    if (is(command, CRT.chipAuto)) return 'apdu';
    if (is(command, CRT.chipOff)) return 'chipOff';
    if (is(command, CRT.readTracks)) return 'stripe';
    if (is(command, CRT.moveToGate)) return 'eject';
    if (is(command, CRT.moveToBin)) return 'retain';
    return undefined;
  },
  status: (position, binFull) => `${['none', 'gate', 'inside'].indexOf(position)}0${binFull ? 1 : 0}`,
  track: (card) => Buffer.from(`\x01%${track1(card)}?\x02;${track2(card)}?\x03`, 'latin1'),
};
