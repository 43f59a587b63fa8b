import { sha256 } from '../../common/checksum.ts';

/** In the format of sha256sum, so that `sha256sum --check SHA256SUMS` works too. */
export const CHECKSUMS_FILE = 'SHA256SUMS';
export const MANIFEST_FILE = 'manifest.json';
export const WEIGHTS_FILE = 'weights.bin';

/** The checksum file's text. */
export const checksumLines = (files: Record<string, string | Uint8Array>): string =>
  Object.entries(files)
    .map(([name, content]) => `${sha256(content)}  ${name}\n`)
    .join('');

/** Reads the checksum file's text: file names and their checksums. */
export function parseChecksums(text: string): Map<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
      if (!sum || !name) throw new Error(`${CHECKSUMS_FILE}: expected a checksum, two spaces and a name, got ${line}`);
      return [name, sum];
    }),
  );
}
