/** What such a library returns instead of a status of the module. */
export const DLL_CODES = {
  portNotOpen: 0x01,
  timedOut: 0x02,
  badChecksum: 0x03,
  notConfigured: 0x04,
  portBusy: 0x05,
  disabled: 0x06,
} as const;
