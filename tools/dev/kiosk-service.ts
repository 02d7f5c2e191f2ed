import { join } from 'node:path';

// The technician's command line against the terminal that npm start runs, unless KIOSK_CONFIG names another.
process.env['KIOSK_CONFIG'] ??= join(import.meta.dirname, '../../var/dev/terminal.json');
await import('@kiosk/sync-agent/cli/kiosk-service.ts');
