export interface Measured {
  readonly faults: string[];
  /** What stands on the screen, in words. */
  readonly text: string;
}

/** Smallest side of what a finger must hit: 20 mm of a 21.5 inch screen of 1080 × 1920 pixels. */
const LEAST_TARGET = 81;
const LEAST_TEXT = 24;
/** WCAG 2.2, 1.4.3, also for large letters: the light of a hall is not that of an office. */
const LEAST_CONTRAST = 4.5;

/** Told to the page beside the views: the numbers above. */
export const LIMITS = { target: LEAST_TARGET, text: LEAST_TEXT, contrast: LEAST_CONTRAST };

/**
 * Runs in the page, from its text: what is clipped, outside, too small, too faint, laid over another, out of reach or without a
 * name.
 */
export function measure(limits: { target: number; text: number; contrast: number }): Measured {
  const SLACK = 1.5;
  const faults: string[] = [];
  const name = (element: Element) =>
    `<${element.tagName.toLowerCase()} ${element.className?.toString().split(' ')[0] ?? ''}> "${(element.textContent ?? '').trim().slice(0, 24)}"`;
  const asked = document.querySelector('[role=alertdialog]');
  const over = document.querySelector('[data-over]');
  const root = asked ?? over ?? document.body;
  const all = [...root.querySelectorAll<HTMLElement>('*:not(svg):not(svg *)')].filter((e) => e.checkVisibility());

  /** On another sheet of what is turned like a page. */
  const turnedAway = (element: Element) => {
    const sheets = element.closest('[data-paged]');
    if (!sheets || sheets === element) return false;
    const [one, window] = [element.getBoundingClientRect(), sheets.getBoundingClientRect()];
    return one.left > window.right - 1 || one.right < window.left + 1;
  };

  for (const element of all) {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (style.display === 'inline' || element.closest('[data-paged]')?.firstElementChild === element) continue;
    if (element.hasAttribute('data-paged')) continue;
    // Letters are taller than their line; in vertical writing they are wider than their column.
    const letters = parseFloat(style.fontSize) * 0.5;
    const vertical = document.documentElement.dataset['writing'] === 'vertical';
    const wide = element.scrollWidth > element.clientWidth + (vertical ? letters : SLACK);
    const high = element.scrollHeight > element.clientHeight + letters && !element.closest('[data-paged]');
    if (wide || high) {
      faults.push(
        `${name(element)} holds ${element.scrollWidth}×${element.scrollHeight} in ${element.clientWidth}×${element.clientHeight}`,
      );
    }
    if (turnedAway(element)) continue;
    // Begun on one sheet and ended on the next: its parts are looked at one by one.
    const sheets = element.closest('[data-paged]');
    if (sheets && box.width > sheets.clientWidth + SLACK) continue;
    if (box.left < -SLACK || box.top < -SLACK || box.right > innerWidth + SLACK || box.bottom > innerHeight + SLACK) {
      faults.push(`${name(element)} is outside the screen`);
    }
  }

  const pressed = all.filter((element) => element.matches('button, input'));
  const upright = innerHeight > innerWidth;
  const mustBeLow =
    upright && document.documentElement.dataset['reach'] === 'low' && !document.querySelector('[data-tone=service]');
  for (const button of pressed) {
    const { width, height, x, y } = button.getBoundingClientRect();
    if (width < limits.target - 0.5 || height < limits.target - 0.5) {
      faults.push(`${name(button)} is ${Math.round(width)}×${Math.round(height)}, too small for a finger`);
    }
    if (mustBeLow && y < innerHeight / 2 - SLACK) faults.push(`${name(button)} is too high to reach`);
    if (!(button.textContent ?? '').trim() && !button.getAttribute('aria-label'))
      faults.push(`${name(button)} has no name`);
    if (button.hasAttribute('disabled')) continue;
    const hit = document.elementFromPoint(x + width / 2, y + height / 2);
    if (hit === null || !button.contains(hit)) faults.push(`${name(button)} lies under ${hit ? name(hit) : 'nothing'}`);
  }

  /** Words that stand in an element itself, and where. */
  const lines = all.flatMap((element) => {
    const own = [...element.childNodes].filter((node) => node.nodeType === 3 && node.textContent?.trim());
    if (own.length === 0) return [];
    const range = document.createRange();
    range.setStartBefore(own[0]!);
    range.setEndAfter(own.at(-1)!);
    if (turnedAway(element)) return [];
    // The box of a line of type is half as high again as its letters.
    const edge = parseFloat(getComputedStyle(element).fontSize) * 0.22;
    const { left, right, top, bottom } = range.getBoundingClientRect();
    const box = { left, right, top: top + edge, bottom: bottom - edge, height: bottom - top - 2 * edge };
    return [{ element, box }];
  });

  const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const light = (color: string) => {
    const [r = 0, g = 0, b = 0] = channels(color).map((c) =>
      c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element: Element | null): string => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((channels(color)[3] ?? 1) > 0.99) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  for (const { element } of lines) {
    const style = getComputedStyle(element);
    if (parseFloat(style.fontSize) < limits.text - 0.1) faults.push(`${name(element)} is ${style.fontSize} small`);
    const [dark = 0, bright = 0] = [light(style.color), light(ground(element))].sort((a, b) => a - b);
    const ratio = (bright + 0.05) / (dark + 0.05);
    if (ratio < limits.contrast) faults.push(`${name(element)} has a contrast of ${ratio.toFixed(2)}`);
  }

  const things = [
    ...lines.map(({ element, box }) => ({ element, box })),
    ...pressed.map((element) => ({ element, box: element.getBoundingClientRect() })),
  ];
  for (const [at, one] of things.entries()) {
    for (const other of things.slice(at + 1)) {
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      // Lines of type may touch with their empty edges.
      const touching = across > 4 && down > Math.min(one.box.height, other.box.height) * 0.25;
      if (touching && !one.element.contains(other.element) && !other.element.contains(one.element)) {
        faults.push(`${name(one.element)} and ${name(other.element)} lie on each other`);
      }
    }
  }
  return { faults: [...new Set(faults)], text: (root as HTMLElement).innerText };
}
