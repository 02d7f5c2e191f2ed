import { readFileSync } from 'node:fs';
import { type Result, fail, ok } from './kernel/result.ts';
import { wrongFields } from './kernel/wrong-fields.ts';
import { TerminalConfig } from './config.ts';

export interface LoadedConfig {
  readonly config: TerminalConfig;
  /** The token local programs show each other. */
  readonly token: string;
}

/** Reads and checks the file named by KIOSK_CONFIG. Errors: E8101 with the place that is wrong, E8103. */
export function loadConfig(path: string | undefined = process.env['KIOSK_CONFIG']): Result<LoadedConfig> {
  if (!path) return fail('E8101', 'KIOSK_CONFIG names no file');
  try {
    const written: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const parsed = TerminalConfig.safeParse(written);
    if (!parsed.success) return fail('E8101', wrongFields(parsed.error, TerminalConfig, written));
    const config = parsed.data;
    if (config.mode === 'production' && config.preview) return fail('E8103', 'preview in a production configuration');
    return ok({ config, token: readFileSync(config.tokenFile, 'utf8').trim() });
  } catch (error) {
    return fail('E8101', error instanceof Error ? error.message : String(error));
  }
}
