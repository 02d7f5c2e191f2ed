/** Runs in the page, from its text: what is clipped without a sign of it, outside the window, or without a name. */
export function measure(): string[] {
  const SLACK = 1.5;
  const faults: string[] = [];
  const name = (element: Element) =>
    `<${element.tagName.toLowerCase()} ${element.className?.toString().split(' ')[0] ?? ''}> "${(element.textContent ?? '').trim().slice(0, 30)}"`;
  for (const element of document.querySelectorAll<HTMLElement>('body *:not(svg):not(svg *)')) {
    if (!element.checkVisibility() || element.closest('.heard,.u-wrap,.skip')) continue;
    const style = getComputedStyle(element);
    if (style.display === 'inline') continue;
    const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY);
    const says = style.textOverflow === 'ellipsis' || element.matches('input,select,textarea,progress');
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    if (own && !scrolls && !says && element.scrollWidth > element.clientWidth + SLACK && element.clientWidth > 0)
      faults.push(`${name(element)} holds ${element.scrollWidth} in ${element.clientWidth}`);
    const box = element.getBoundingClientRect();
    if (own && box.width > 0 && (box.left < -SLACK || box.right > innerWidth + SLACK))
      faults.push(`${name(element)} is outside the window`);
  }
  for (const button of document.querySelectorAll('button'))
    if (!(button.textContent ?? '').trim() && !button.getAttribute('aria-label'))
      faults.push('a button without a name');
  // Two texts of one row of a bar, a header or a table never lie on each other.
  for (const row of document.querySelectorAll('header,.bar,nav li a,tbody tr,footer')) {
    const boxes = [...row.children]
      .filter((one) => one.checkVisibility())
      .map((one) => ({ one, box: one.getBoundingClientRect() }));
    for (const [n, { one, box }] of boxes.entries())
      for (const other of boxes.slice(n + 1)) {
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (across > 2 && down > 2) faults.push(`${name(one)} lies on ${name(other.one)}`);
      }
  }
  return faults;
}
