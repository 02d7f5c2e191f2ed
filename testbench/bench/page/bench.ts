import type { BenchState } from '../state.ts';
import { showCentre } from './centre.ts';
import { act, at, button, choice, draw, element, orNone } from './dom.ts';
import { showExtras } from './extras.ts';
import { showFaults } from './faults.ts';

const ITEMS: Readonly<Record<string, string>> = { S01: 'Complaint or question', B08: 'Appointment' };

const clock = (ms: number) => new Date(ms).toLocaleTimeString('en-GB');
function show(state: BenchState): void {
  at('on-reader').textContent = state.people.find((p) => p.key === state.cardOnReader)?.name ?? 'none';
  draw('people', [state.people, state.cardOnReader], () =>
    state.people.map((p) => choice(p.name, p.key === state.cardOnReader, () => void act('layCard', p.key), p.note)),
  );
  draw('modes', state.link, () =>
    state.linkModes.map(({ kind, name }) => choice(name, kind === state.link, () => void act('link', kind))),
  );
  showCentre(state);
  showExtras(state);
  showFaults(state);
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
          button('kill -9', () => void act('kill', p.name)),
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
