/**
 * Check digit of a card number: from the right, every second digit doubled and its digits added, the sum a multiple of
 * ten. Some old domestic cards do not keep to it, so a wrong one is a warning.
 */
export function luhnValid(digits: string): boolean {
  if (!/^\d+$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** The digit that makes `body` valid. */
export function luhnDigit(body: string): string {
  for (let digit = 0; digit < 9; digit++) if (luhnValid(body + digit)) return String(digit);
  return '9';
}
