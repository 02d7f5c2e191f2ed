import type { BenchState, DeviceFaults, DeviceName } from '../state.ts';
import { act, at, choice, draw, element } from './dom.ts';

/** The step that the next fault is bound to, by device; empty: whenever it can happen. */
const steps = new Map<DeviceName, string>();

/** Everything that can go wrong with each device, in the section of that device. */
export function showFaults(state: BenchState): void {
  for (const [name, faults] of Object.entries(state.faults)) {
    at(name).hidden = false;
    draw(`${name}-faults`, [faults, steps.get(name as DeviceName)], () =>
      faultsOf(name as DeviceName, faults, () => showFaults(state)),
    );
  }
}

function faultsOf(device: DeviceName, state: DeviceFaults, redraw: () => void): HTMLElement[] {
  const step = steps.get(device) ?? '';
  const toggle = (kind: string, on: boolean, at?: string) =>
    void act('fault', { device, kind, on, ...(at ? { step: at } : {}) });
  const summary = element('summary', {}, 'Faults');
  const count = state.set.length + (state.unplugged ? 1 : 0);
  if (count > 0) summary.append(element('b', {}, ` ${count} set`));
  const list = element(
    'div',
    { className: 'faults' },
    choice('Unplugged', state.unplugged, () => toggle('unplugged', !state.unplugged)),
    ...state.faults.map(({ kind, name }) => {
      const on = state.set.includes(step ? `${kind}@${step}` : kind);
      return choice(name, on, () => toggle(kind, !on, step));
    }),
  );
  // Those bound to another step than the one that is chosen now.
  const elsewhere = state.set.filter((key) => (key.split('@')[1] ?? '') !== step);
  const rest = elsewhere.map((key) => {
    const [kind = '', at] = key.split('@');
    const name = state.faults.find((fault) => fault.kind === kind)?.name ?? kind;
    return choice(at ? `${name} (${at})` : name, true, () => toggle(kind, false, at));
  });
  return [
    summary,
    ...(state.steps ? [stepChoice(device, state.steps.names, redraw)] : []),
    list,
    ...(rest.length > 0 ? [element('div', { className: 'faults' }, ...rest)] : []),
  ];
}

function stepChoice(device: DeviceName, names: readonly string[], redraw: () => void): HTMLElement {
  const select = element(
    'select',
    {},
    ...['', ...names].map((name) => element('option', { value: name }, name || 'any step')),
  ) as HTMLSelectElement;
  select.value = steps.get(device) ?? '';
  select.onchange = () => {
    steps.set(device, select.value);
    redraw();
  };
  return element('label', { className: 'step' }, 'Only at ', select);
}
