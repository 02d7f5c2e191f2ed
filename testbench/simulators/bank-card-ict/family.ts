import type { ReaderCommand } from '@kiosk/device-drivers/codec/f2.ts';
import { ICT, decodeIct, encodeIct, ictCancel } from '@kiosk/device-drivers/codec/ict.ts';
import type { MotorFamily } from '../bank-card/motor.ts';
import type { ReaderWire } from '../bank-card/reader.ts';
import { track1, track2 } from '../bank-card/stripe.ts';

const is = (command: ReaderCommand, { cm, pm }: ReaderCommand) => command.cm === cm && command.pm === pm;

export const ICT_WIRE: ReaderWire = { encode: encodeIct, decode: decodeIct, cancel: ictCancel };

export const ICT_FAMILY: MotorFamily = {
  firmware: 'ICT3Q8-SIM 0001',
  releasesByMoving: false,
  retrievesFirst: true,
  step(command) {
    // Without the track formats there is no initialisation.
    if (command.cm === 0x30) return (command.data?.length ?? 0) >= 3 ? 'initialise' : undefined;
    if (is(command, ICT.status)) return 'status';
    if (is(command, ICT.sensors)) return 'sensors';
    if (is(command, ICT.enableEntry)) return 'enableEntry';
    if (is(command, ICT.disableEntry)) return 'disableEntry';
    if (is(command, ICT.pressContact)) return 'toChip';
    if (is(command, ICT.chipOn)) return 'chipOn';
    if (is(command, ICT.chipAuto)) return 'apdu';
    if (is(command, ICT.chipOff)) return 'chipOff';
    if (is(command, ICT.releaseContact)) return 'releaseChip';
    if (is(command, ICT.readTrack1) || is(command, ICT.readTrack2)) return 'stripe';
    if (is(command, ICT.eject)) return 'eject';
    if (is(command, ICT.retrieve)) return 'retrieve';
    if (is(command, ICT.capture)) return 'retain';
    return undefined;
  },
  status: (position) => `0${['none', 'gate', 'inside'].indexOf(position)}`,
  track: (card, command) => Buffer.from(is(command, ICT.readTrack1) ? track1(card) : track2(card), 'latin1'),
};
