/** Smallest side of anything a finger must hit, in pixels of the 1080 × 1920 screen: about 19 mm on a 32 inch panel. */
export interface Measured {
  readonly faults: string[];
  readonly text: string;
}

/** Runs in the page, from its text: what is clipped, too small to press, outside the screen or laid over another. */
export function measure(): Measured {
  const LEAST = 60;
  const SLACK = 1.5;
  const faults: string[] = [];
  const name = (element: Element) =>
    `<${element.tagName.toLowerCase()} ${element.className?.toString().split(' ')[0] ?? ''}> "${(element.textContent ?? '').trim().slice(0, 24)}"`;
  const visible = (element: Element) => element.checkVisibility?.() ?? true;

  for (const element of document.querySelectorAll<HTMLElement>('body *:not(svg):not(svg *)')) {
    if (!visible(element)) continue;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (style.display === 'inline') continue;
    if (element.scrollWidth > element.clientWidth + SLACK || element.scrollHeight > element.clientHeight + SLACK) {
      const glyphsOnly = element.scrollHeight - element.clientHeight < parseFloat(style.fontSize) * 0.5;
      const wide = element.scrollWidth > element.clientWidth + SLACK;
      if (wide || !glyphsOnly) {
        faults.push(
          `${name(element)} holds ${element.scrollWidth}×${element.scrollHeight} in ${element.clientWidth}×${element.clientHeight}`,
        );
      }
    }
    if (box.left < -SLACK || box.top < -SLACK || box.right > innerWidth + SLACK || box.bottom > innerHeight + SLACK) {
      faults.push(`${name(element)} is outside the screen`);
    }
  }
  const buttons = [...document.querySelectorAll<HTMLElement>('button')].filter(visible);
  for (const button of buttons) {
    const { width, height, x, y } = button.getBoundingClientRect();
    if (width < LEAST || height < LEAST) {
      faults.push(`${name(button)} is ${Math.round(width)}×${Math.round(height)}, too small for a finger`);
    }
    if (button.hasAttribute('disabled') || document.querySelector('[role=alertdialog]')) continue;
    const hit = document.elementFromPoint(x + width / 2, y + height / 2);
    if (hit === null || !button.contains(hit)) faults.push(`${name(button)} lies under ${hit ? name(hit) : 'nothing'}`);
    if (!(button.textContent ?? '').trim() && !button.getAttribute('aria-label'))
      faults.push('a button without a name');
  }
  return { faults, text: document.body.innerText };
}
