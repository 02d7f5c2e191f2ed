import { type FaultList, offers } from '../fault-list.ts';
import type { LinkMode } from './simulator.ts';

/** A line is in one of these modes at a time. */
export const LINK_MODES: FaultList = {
  faults: offers<LinkMode>({
    up: 'Up',
    cut: 'Cut',
    hang: 'Answers nothing',
    error500: 'Answers 500',
    garbage: 'Answers garbage',
    loseAnswers: 'Loses the answers',
  }),
};
