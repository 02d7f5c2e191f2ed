/** The little that the page needs of a framework. */
export const at = <E extends Element = HTMLElement>(id: string) => document.getElementById(id) as unknown as E;

export function element(
  tag: string,
  properties: Record<string, unknown> = {},
  ...children: (Node | string)[]
): HTMLElement {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Asks the bench to do something; what it cannot do is told on the page. */
export async function act(action: string, value?: unknown): Promise<void> {
  const answer = await fetch('/do', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action, value }),
  });
  const problem = at('problem');
  problem.hidden = answer.ok;
  if (!answer.ok) problem.textContent = ((await answer.json()) as { why: string }).why;
}

/** A button that does something once. */
export function button(text: string, onClick: () => void, note?: string, className = ''): HTMLElement {
  const made = element('button', { type: 'button', onclick: onClick, className }, text);
  if (note) made.append(element('small', {}, note));
  return made;
}

/** A button that stays pressed for as long as what it says is so. */
export function choice(
  text: string,
  pressed: boolean,
  onClick: () => void,
  note?: string,
  className?: string,
): HTMLElement {
  const made = button(text, onClick, note, className);
  made.setAttribute('aria-pressed', String(pressed));
  return made;
}

export const chips = (...children: HTMLElement[]) => element('div', { className: 'chips' }, ...children);

const empty = (text: string) => element('p', { className: 'none' }, text);
export const orNone = (children: HTMLElement[], text: string) => (children.length > 0 ? children : [empty(text)]);

/** Replaces children only when they differ, so that pictures do not flicker and a click does not miss its button. */
const drawn = new Map<string, string>();
export function draw(id: string, key: unknown, children: () => readonly (HTMLElement | SVGElement)[]): void {
  const text = JSON.stringify(key);
  if (drawn.get(id) === text) return;
  drawn.set(id, text);
  at(id).replaceChildren(...children());
}
