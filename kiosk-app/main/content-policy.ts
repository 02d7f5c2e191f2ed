/**
 * What a page of ours may load: itself and nothing else. Svelte makes its templates through one named Trusted Types
 * policy; every other way of turning text into markup or script is refused.
 */
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'font-src': "'self'",
  'img-src': "'self'",
  /** Recorded prompts. */
  'media-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'svelte-trusted-html',
} as const;

/** Response headers of every file a screen is made of. `connect` is where a browser preview may connect to. */
export function pageHeaders(connect?: string): Record<string, string> {
  const policy: Record<string, string> = { ...POLICY, ...(connect === undefined ? {} : { 'connect-src': connect }) };
  return {
    'content-security-policy': Object.entries(policy)
      .map(([name, value]) => `${name} ${value}`)
      .join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}
