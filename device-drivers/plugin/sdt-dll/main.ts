import { COMMANDS, type CommandName } from '../../codec/sdt.ts';
import { servePlugin } from '../child.ts';
import { type SdtLibrary, isOpened, loadSdtLibrary } from './library.ts';

/** The child process around a vendor's library: `main.ts <library> <port>`. It may crash as it likes. */
const [, , path = '', port = ''] = process.argv;

let library: SdtLibrary | undefined;
const isCommand = (text: unknown): text is CommandName => typeof text === 'string' && Object.hasOwn(COMMANDS, text);

servePlugin(
  { name: 'sdt-dll', version: '1', capabilities: ['idReader'] },
  {
    open() {
      try {
        library ??= loadSdtLibrary(path, Number(port));
      } catch {
        return { problem: 'library missing or without the entry points' };
      }
      const code = library.open();
      return isOpened(code) ? { result: {} } : { problem: `port does not open - ${code.toString(16)}` };
    },
    command({ command }) {
      const answer = isCommand(command) ? library?.call(command) : undefined;
      if (!answer) return { problem: 'no such call' };
      return { result: { code: answer.code, data: Buffer.from(answer.data).toString('base64') } };
    },
    close() {
      library?.close();
      return { result: {} };
    },
  },
);
