/** What a vendor's plug-in may do wrong, at the two moments when it is listened to. Every cell ends with E1701. */
export const PLUGIN_FAULTS = {
  crash: 'the process dies',
  hang: 'nothing comes',
  slow: 'the answer comes after its time',
  garbage: 'bytes that are no message',
  oversize: 'a message announced as longer than any may be',
  notJson: 'a message that is no JSON',
  wrongShape: 'JSON of another shape',
  wrongId: 'the answer to another request',
  wrongResult: 'an answer whose content breaks the rules',
  problem: 'a word for why it cannot',
  chatter: 'a message that nobody asked for',
} as const;
export type PluginFault = keyof typeof PLUGIN_FAULTS;

export const PLUGIN_STEPS = {
  hello: 'it is started and says who it is',
  answer: 'it was asked something',
} as const;
export type PluginStep = keyof typeof PLUGIN_STEPS;

/** `restarted`: a new process answers the next call after the pause; `kept`: the same one does. */
export type PluginCell =
  { readonly ends: 'E1701'; readonly then: 'restarted' | 'kept' } | { readonly notApplicable: string };

const restarted = { ends: 'E1701', then: 'restarted' } as const;
const kept = { ends: 'E1701', then: 'kept' } as const;
const noRequest: PluginCell = { notApplicable: 'nothing was asked yet' };

export const PLUGIN_MATRIX: Readonly<Record<PluginStep, Readonly<Record<PluginFault, PluginCell>>>> = {
  hello: {
    crash: restarted,
    hang: restarted,
    slow: restarted,
    garbage: restarted,
    oversize: restarted,
    notJson: restarted,
    wrongShape: restarted,
    wrongId: noRequest,
    wrongResult: noRequest,
    problem: noRequest,
    chatter: restarted,
  },
  answer: {
    crash: restarted,
    hang: restarted,
    slow: restarted,
    garbage: restarted,
    oversize: restarted,
    notJson: restarted,
    wrongShape: restarted,
    wrongId: restarted,
    // The protocol was kept; only this answer is of no use.
    wrongResult: kept,
    problem: kept,
    chatter: restarted,
  },
};
