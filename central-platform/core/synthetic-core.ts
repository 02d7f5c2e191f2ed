import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { shanghaiDate, type CalendarDate } from '@kiosk/domain/dates.ts';
import { syntheticPeople, type SyntheticPerson } from '@kiosk/domain/synthetic.ts';
import type { CoreSystem, Depositor } from './core-system.ts';

/** The invented depositors of 江州市, with their accounts booked up to today. */
export function syntheticCore(clock: Clock): CoreSystem {
  let day: CalendarDate = '';
  let depositors: readonly Depositor[] = [];
  const today = (): readonly Depositor[] => {
    const date = shanghaiDate(clock.now());
    if (date !== day) [day, depositors] = [date, syntheticPeople(date).map(asDepositor)];
    return depositors;
  };
  return {
    findByIdNumber: async (idNumber) =>
      today().find((person) => person.idNumber === idNumber && person.accounts.length > 0),
    get: async (depositorId) => today().find((person) => person.depositorId === depositorId),
  };
}

function asDepositor({ key, name, idNumber, phone, accounts }: SyntheticPerson): Depositor {
  const inUseFirst = [...accounts].sort((a, b) => Number(b.state === '01') - Number(a.state === '01'));
  return { depositorId: key, name, idNumber, phone, accounts: inUseFirst };
}
