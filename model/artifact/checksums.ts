import { sha256 } from '../../common/checksum.ts';

export const manifestFile = 'manifest.json';
export const weightsFile = 'weights.bin';
/** In the format of sha256sum, so that `sha256sum --check SHA256SUMS` works. */
export const checksumsFile = 'SHA256SUMS';

/** The files of an artifact. */
export const artifactFiles = [checksumsFile, manifestFile, weightsFile] as const;
export type ArtifactFile = (typeof artifactFiles)[number];

/** Returns the content of the checksum file. */
export function checksumLines(files: Record<string, string | Uint8Array>): string {
  return Object.entries(files)
    .map(([name, content]) => `${sha256(content)}  ${name}\n`)
    .join('');
}

/** Parses the content of the checksum file into file names and their checksums. */
export function parseChecksums(text: string): Map<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
      if (!sum || !name) throw new Error(`${checksumsFile}: expected a checksum, two spaces and a name, got ${line}`);
      return [name, sum];
    }),
  );
}
