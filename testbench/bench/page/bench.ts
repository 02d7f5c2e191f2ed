import type { BenchState } from '../state.ts';

const LINK_MODES: Readonly<Record<string, string>> = {
  up: 'Up',
  cut: 'Cut',
  hang: 'Answers nothing',
  error500: 'Answers 500',
  garbage: 'Answers garbage',
  loseAnswers: 'Loses the answers',
};

const FAULTS: Readonly<Record<string, { readonly name: string; readonly kinds: Readonly<Record<string, string>> }>> = {
  idReader: {
    name: 'ID card reader',
    kinds: { liftDuringRead: 'Card lifted while read', silent: 'Silent', garbage: 'Garbage', unplugged: 'Unplugged' },
  },
  documentPrinter: {
    name: 'A4 printer',
    kinds: {
      paperEmpty: 'Out of paper',
      jam: 'Jam',
      coverOpen: 'Door open',
      tonerEmpty: 'No toner',
      unplugged: 'Unplugged',
    },
  },
  slipPrinter: {
    name: 'Slip printer',
    kinds: {
      paperEnd: 'Out of paper',
      nearEnd: 'Paper low',
      coverOpen: 'Cover open',
      cutter: 'Cutter',
      unplugged: 'Unplugged',
    },
  },
};

const ITEMS: Readonly<Record<string, string>> = { S01: 'Complaint or question', B08: 'Appointment' };

const at = <E extends Element = HTMLElement>(id: string) => document.getElementById(id) as unknown as E;

function element(tag: string, properties: Record<string, unknown> = {}, ...children: (Node | string)[]): HTMLElement {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

async function act(action: string, value?: unknown): Promise<void> {
  const answer = await fetch('/do', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action, value }),
  });
  const problem = at('problem');
  problem.hidden = answer.ok;
  if (!answer.ok) problem.textContent = ((await answer.json()) as { why: string }).why;
}

function choice(text: string, pressed: boolean, onClick: () => void, note?: string, className = ''): HTMLElement {
  const button = element('button', { type: 'button', onclick: onClick, className }, text);
  button.setAttribute('aria-pressed', String(pressed));
  if (note) button.append(element('small', {}, note));
  return button;
}

const clock = (ms: number) => new Date(ms).toLocaleTimeString('en-GB');
const empty = (text: string) => element('p', { className: 'none' }, text);
const orNone = (children: HTMLElement[], text: string) => (children.length > 0 ? children : [empty(text)]);

/** Replaces children only when they differ, so that pictures do not flicker and a click does not miss its button. */
const drawn = new Map<string, string>();
function draw(id: string, key: unknown, children: () => HTMLElement[]): void {
  const text = JSON.stringify(key);
  if (drawn.get(id) === text) return;
  drawn.set(id, text);
  at(id).replaceChildren(...children());
}

function show(state: BenchState): void {
  at('on-reader').textContent = state.people.find((p) => p.key === state.cardOnReader)?.name ?? 'none';
  draw('people', [state.people, state.cardOnReader], () =>
    state.people.map((p) => choice(p.name, p.key === state.cardOnReader, () => void act('layCard', p.key), p.note)),
  );
  draw('modes', state.link, () =>
    Object.entries(LINK_MODES).map(([mode, name]) => choice(name, mode === state.link, () => void act('link', mode))),
  );
  draw('faults', state.faults, () =>
    Object.entries(FAULTS).flatMap(([device, { name, kinds }]) => [
      element('h3', {}, name),
      element(
        'div',
        { className: 'chips' },
        ...Object.entries(kinds).map(([kind, text]) => {
          const on = state.faults[device]?.includes(kind) ?? false;
          return choice(text, on, () => void act('fault', { device, kind, on: !on }), undefined, 'fault');
        }),
      ),
    ]),
  );
  draw('programs', state.programs, () =>
    state.programs.map((p) =>
      element(
        'tr',
        {},
        element('td', {}, p.name),
        element('td', { className: p.state === 'running' ? '' : p.state === 'gaveUp' ? 'gone' : 'waiting' }, p.state),
        element('td', {}, p.pid === null ? '' : `pid ${p.pid}`),
        element('td', {}, p.starts > 1 ? `started ${p.starts} times` : ''),
        element(
          'td',
          {},
          choice('kill -9', false, () => void act('kill', p.name)),
        ),
      ),
    ),
  );
  draw('messages', state.messages, () =>
    orNone(
      state.messages.map((m) =>
        element(
          'li',
          {},
          element('time', {}, clock(m.at)),
          element('span', { className: 'none' }, `${m.phoneMasked} `),
          m.text,
        ),
      ),
      'Nothing sent yet.',
    ),
  );
  draw('requests', state.requests, () =>
    orNone(
      state.requests.map((r) =>
        element(
          'tr',
          {},
          element('td', {}, r.requestNumber),
          element(
            'td',
            {},
            element('div', {}, ITEMS[r.item] ?? r.item),
            element('small', { className: 'none' }, r.offline ? 'left while the line was down' : 'left online'),
          ),
          element('td', {}, clock(r.receivedAt)),
        ),
      ),
      'Nothing has arrived yet.',
    ),
  );
  draw('pages', state.jobs, () =>
    orNone(
      state.jobs.toReversed().flatMap((job) =>
        Array.from({ length: job.printed }, (_, i) =>
          element(
            'figure',
            {},
            element(
              'a',
              { href: `/pages/${job.id}.pdf`, target: '_blank' },
              element('img', {
                className: 'page',
                src: `/pages/${job.id}/${i + 1}.png`,
                alt: `Job ${job.id}, page ${i + 1}`,
              }),
            ),
            element('figcaption', {}, `Job ${job.id} · page ${i + 1} of ${job.pages} · ${job.state}`),
          ),
        ),
      ),
      'No page yet.',
    ),
  );
  draw('slips', state.slips.length, () =>
    orNone(
      state.slips.toReversed().map((slip) => element('figure', {}, slipPicture(slip.svg, `Slip ${slip.index + 1}`))),
      'No slip yet.',
    ),
  );
  draw('places', state.places, () =>
    state.places.map((place) => element('a', { href: place.url, target: '_blank' }, place.name)),
  );
}

/** Drawn into the page and not as an image of its own, which could not use the page's fonts. */
function slipPicture(svg: string, label: string): HTMLElement {
  const drawing = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const frame = element('div', { className: 'slip', role: 'img', ariaLabel: label });
  frame.append(document.importNode(drawing, true));
  return frame;
}

at('lift').onclick = () => void act('liftCard');
new EventSource('/events').onmessage = (event) => show(JSON.parse(String(event.data)) as BenchState);
