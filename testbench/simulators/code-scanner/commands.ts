/** The question the simulated scanner answers, and its answer; hex, as in the driver's options. */
export const HEARTBEAT = { send: '3f', expect: '21' };
export const TRIGGER = { start: '1654', stop: '1655' };
