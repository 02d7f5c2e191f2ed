import type { ScreenKey } from '@kiosk/contract/services/devices.ts';

/**
 * Does on the screen what a tactile key of the PIN pad says: the arrows and tab go from button to button, round and
 * round; enter presses the one that has the focus. A question over the screen is all there is until it is answered.
 */
export function pressKey(key: ScreenKey): void {
  // A ring around the focus also where the last thing before was a finger: then :focus-visible would not match.
  document.documentElement.dataset['keys'] = '';
  const root = document.querySelector('[role="alertdialog"]') ?? document;
  const press = (...names: readonly string[]): void => {
    const found = names.map((name) => root.querySelector<HTMLElement>(`[data-testid="${name}"]`));
    found.find((element) => element !== null)?.click();
  };
  switch (key) {
    case 'tab':
    case 'down':
    case 'right':
      return move(root, 1);
    case 'up':
    case 'left':
      return move(root, -1);
    case 'enter': {
      const focused = focusables(root).find((element) => element === document.activeElement);
      return focused ? focused.click() : move(root, 1);
    }
    case 'clear':
      return press('key-clear', 'key-delete');
    case 'cancel':
      return press('back', 'end', 'idle-end');
    case 'doubleZero':
      press('key-0');
      return press('key-0');
    case 'point':
      return press('key-dot');
    default:
      return press(`key-${key}`);
  }
}

/** A finger on the glass needs no ring. */
export function forgetKeys(): void {
  delete document.documentElement.dataset['keys'];
}

function focusables(root: ParentNode): HTMLElement[] {
  const wanted = ':is(button, input):not(:disabled, [tabindex="-1"])';
  return [...root.querySelectorAll<HTMLElement>(wanted)];
}

function move(root: ParentNode, by: 1 | -1): void {
  const all = focusables(root);
  const at = all.findIndex((element) => element === document.activeElement);
  const next = at === -1 ? all.at(by === 1 ? 0 : -1) : all[(at + by + all.length) % all.length];
  next?.focus();
}
