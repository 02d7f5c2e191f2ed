/** One entry of an archive as the kernel unpacks it at its start; a folder has no `data`. */
export interface Entry {
  /** Without a slash at the beginning; folders before what is in them. */
  readonly name: string;
  readonly data?: Uint8Array;
  readonly executable?: boolean;
}

const FOLDER = 0o040755;
const FILE = 0o100644;
const EXECUTABLE = 0o100755;

/** A cpio archive in the "newc" format (kernel documentation, "initramfs buffer format"). */
export function cpio(entries: readonly Entry[]): Buffer {
  const parts = entries.flatMap(({ name, data, executable }, index) =>
    record(index + 1, name, data === undefined ? FOLDER : executable ? EXECUTABLE : FILE, data ?? new Uint8Array(0)),
  );
  return Buffer.concat([...parts, ...record(0, 'TRAILER!!!', 0, new Uint8Array(0))]);
}

function record(inode: number, name: string, mode: number, data: Uint8Array): Uint8Array[] {
  const text = Buffer.from(`${name}\0`);
  // inode, mode, owner, group, links, time, length, four device numbers, length of the name, unused sum.
  const fields = [inode, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, text.length, 0];
  const head = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  return [padded(Buffer.concat([Buffer.from(head), text])), padded(data)];
}

/** The next thing begins at a multiple of four bytes. */
function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}
