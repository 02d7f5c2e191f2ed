/** What a key press tells; Electron's `Input` has more. */
export interface KeyPress {
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

/** Keys that only type or move the focus. Everything with Ctrl, Alt or the system key is not among them. */
const KEYS = new Set(['Tab', 'Enter', 'Backspace', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', ' ']);

export function isAllowedKey(input: KeyPress): boolean {
  if (input.control || input.alt || input.meta) return false;
  return KEYS.has(input.key) || /^[\x21-\x7e]$/.test(input.key);
}
