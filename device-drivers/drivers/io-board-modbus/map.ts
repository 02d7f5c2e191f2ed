import { Slot } from '@kiosk/contract/services/devices.ts';
import { z } from 'zod';

/**
 * Where lights and switches are on the board. There is no standard for it: the defaults are those of the bench, and a
 * machine's configuration says what its board has. An input that is null is not there.
 */
const address = z.number().int().min(0).max(0xffff);

const Input = z.strictObject({
  table: z.enum(['discrete', 'coil', 'input', 'holding']).default('discrete'),
  address,
  /** The contact is closed (1) when the door is shut, the cabinet whole, nobody there: reads as false then. */
  inverted: z.boolean().default(false),
  /** So long must a change last, in ms, before it is believed. */
  debounceMs: z.number().int().min(0),
});
export type InputPlace = z.output<typeof Input>;

export const InputName = z.enum(['doorOpen', 'tampered', 'personPresent']);
export type InputName = z.infer<typeof InputName>;

export const RegisterMap = z.strictObject({
  inputs: z
    .strictObject({
      doorOpen: Input.nullable().default({ table: 'discrete', address: 0, inverted: false, debounceMs: 200 }),
      /** Reported at the first reading: somebody may be quick. */
      tampered: Input.nullable().default({ table: 'discrete', address: 1, inverted: false, debounceMs: 0 }),
      personPresent: Input.nullable().default({ table: 'discrete', address: 2, inverted: false, debounceMs: 500 }),
    })
    .prefault({}),
  lights: z
    .strictObject({
      /** holding: the board blinks by itself, by a value; coil: on and off, and the driver blinks. */
      table: z.enum(['holding', 'coil']).default('holding'),
      addresses: z
        .partialRecord(Slot, address)
        .default({ idReader: 0, bankCard: 1, pinPad: 2, slip: 3, document: 4, scanner: 5 }),
      values: z
        .strictObject({
          off: address.default(0),
          on: address.default(1),
          slow: address.default(2),
          fast: address.default(3),
        })
        .prefault({}),
    })
    .prefault({}),
  sounder: z
    .strictObject({
      table: z.enum(['holding', 'coil']).default('holding'),
      address: address.default(6),
      attention: address.default(1),
      off: address.default(0),
      /** It is switched off by itself after so long, in ms. */
      soundMs: z.number().int().positive().default(1_500),
    })
    .nullable()
    .prefault({}),
});
export type RegisterMap = z.output<typeof RegisterMap>;

/** One output of the board and the value it shall have. */
export interface Output {
  readonly name: string;
  readonly table: 'holding' | 'coil';
  readonly address: number;
}

export const SOUNDER = 'sounder';

export function outputsOf({ lights, sounder }: RegisterMap): readonly Output[] {
  const slots = Object.entries(lights.addresses) as [Slot, number][];
  return [
    ...slots.map(([name, address]) => ({ name, table: lights.table, address })),
    ...(sounder ? [{ name: SOUNDER, table: sounder.table, address: sounder.address }] : []),
  ];
}

export interface ReadRange {
  readonly table: InputPlace['table'];
  readonly address: number;
  readonly count: number;
}

/** One read for each table that has inputs, from the lowest address to the highest. */
export function rangesOf(inputs: RegisterMap['inputs']): readonly ReadRange[] {
  const places = Object.values(inputs).filter((place) => place !== null);
  return [...new Set(places.map(({ table }) => table))].map((table) => {
    const addresses = places.filter((place) => place.table === table).map((place) => place.address);
    const first = Math.min(...addresses);
    return { table, address: first, count: Math.max(...addresses) - first + 1 };
  });
}
