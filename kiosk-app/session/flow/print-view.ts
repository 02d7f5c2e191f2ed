import type { Screen, ScreenOf } from '@kiosk/contract/screen/view.ts';
import { periodOf } from './print.ts';
import type { StageOf, State } from './state.ts';

/** Until the platform has answered, usually this many seconds; then so many for each page. */
const USUAL_ISSUE = 4;
const USUAL_PAGE = 5;

type PrintStep = ScreenOf<'printing'>['steps'][number];

const ORDER = ['collect', 'seal', 'print', 'slip'] as const;

function steps(now: PrintStep['id']): PrintStep[] {
  const current = ORDER.indexOf(now);
  return ORDER.map((id, i) => ({ id, state: i < current ? 'done' : i === current ? 'now' : 'next' }));
}

export function issuingScreen({ paper }: StageOf<'issuing'>): Screen {
  return {
    screen: 'printing',
    steps: steps('collect'),
    title: paper.title,
    period: periodOf(paper),
    documentNumber: null,
    page: 0,
    pages: null,
    stoppedBy: null,
    usualSeconds: USUAL_ISSUE,
  };
}

export function printingScreen(state: State, { document, operationId }: StageOf<'printing'>): Screen {
  const operation = state.operations[operationId];
  const printed = operation?.printed ?? 0;
  return {
    screen: 'printing',
    steps: steps('print'),
    title: document.title,
    period: document.period,
    documentNumber: document.documentNumber,
    page: Math.min(printed + 1, document.pages),
    pages: document.pages,
    stoppedBy: operation?.stoppedBy ?? null,
    usualSeconds: USUAL_PAGE * Math.max(1, document.pages - printed),
  };
}

export function printedScreen(state: State, { document, slip }: StageOf<'printed'>): Screen {
  const { title, documentNumber, verificationCode, pages } = document;
  return { screen: 'printed', title, documentNumber, verificationCode, pages, slip: slipState(state, slip) };
}

/** How far the slip of a result is; `none` when no printer was there for it. */
export function slipState(state: State, operationId: string | null): ScreenOf<'printed'>['slip'] {
  const operation = operationId === null ? undefined : state.operations[operationId];
  if (!operation) return 'none';
  if (operation.phase !== 'settled') return 'printing';
  return operation.outcome === 'done' ? 'printed' : (operation.outcome ?? 'unknown');
}
