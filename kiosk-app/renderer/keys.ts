import type { ScreenKey } from '@kiosk/contract/services/devices.ts';

/**
 * Does on the screen what a tactile key of the PIN pad says: the arrows and tab go from control to control, round and
 * round; enter presses the one that has the focus; digits type where digits are asked for. A question over the screen is
 * all there is until it is answered.
 */
export function pressKey(key: ScreenKey): void {
  // A ring around the focus also where the last thing before was a finger: then :focus-visible would not match.
  document.documentElement.dataset['keys'] = '';
  const root = question() ?? over() ?? document;
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
      const focused = controls(root).find((element) => element === document.activeElement);
      return focused ? focused.click() : move(root, 1);
    }
    case 'clear':
      return press('key-clear', 'key-delete');
    case 'cancel':
      return press('not-plugged', 'modes-done', 'back', 'end', 'idle-end');
    case 'doubleZero':
      press('key-0');
      return press('key-0');
    case 'point':
      return press('key-dot');
    default:
      // A candidate of the pinyin keys is chosen by the digit beside it; without one the digit is typed.
      return press(`candidate-${key}`, `key-${key}`);
  }
}

/** A finger on the glass needs no ring. */
export function forgetKeys(): void {
  delete document.documentElement.dataset['keys'];
}

/**
 * Another screen, or a question over it: who uses the keys begins at its headline, which says where they are, and at the
 * answer of a question that changes nothing. A finger is left alone.
 */
export function arrive(): void {
  if (document.documentElement.dataset['keys'] === undefined) return;
  last = undefined;
  const asked = question();
  const start = asked ? asked.querySelector<HTMLElement>('[data-testid="idle-stay"]') : headline();
  start?.focus();
  // The way goes on from there: what is read next, before the buttons at the top.
  if (!asked) last = start ?? undefined;
}

/** The control that had the focus last: it may be closed or gone by now, and the way goes on from its place. */
let last: Node | undefined;

const question = () => document.querySelector<HTMLElement>('[role="alertdialog"]');
/** The page of modes lies over the screen, which has to wait. */
const over = () => document.querySelector<HTMLElement>('[data-over]');
const headline = () => (over() ?? document).querySelector<HTMLElement>('h1');

/**
 * What the keys stop at: what can be pressed, and the numbers to be heard and quoted. A pad has keys of its own for
 * digits: those on the glass are no stops.
 */
function controls(root: ParentNode): HTMLElement[] {
  const wanted = ':is(button, input):not(:disabled, [tabindex="-1"], [data-digits] *), [data-stop]:not(:disabled)';
  return [...root.querySelectorAll<HTMLElement>(wanted)].filter((element) => !element.closest('[inert]'));
}

function move(root: ParentNode, by: 1 | -1): void {
  const all = controls(root);
  const from = all.find((element) => element === document.activeElement);
  const next = from ? all[(all.indexOf(from) + by + all.length) % all.length] : beside(all, by);
  next?.focus();
  last = next;
}

/** Nothing has the focus: the nearest control from where it was, or else the first or the last of all. */
function beside(all: readonly HTMLElement[], by: 1 | -1): HTMLElement | undefined {
  const at = last?.isConnected ? last : undefined;
  const behind = (element: Node) =>
    at !== undefined && (at.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return by === 1 ? (all.find(behind) ?? all[0]) : (all.findLast((element) => at && !behind(element)) ?? all.at(-1));
}
