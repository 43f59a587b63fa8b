import { sha256 } from '../../common/checksum.ts';
import type { Weights } from '../scoring/model.ts';
import type { Artifact } from './artifact.ts';
import { checksumLines, checksumsFile, manifestFile, weightsFile } from './checksums.ts';
import { packTensors } from './layout.ts';
import type { Manifest } from './manifest.ts';
import { namedTensors } from './tensors.ts';

/** A manifest without the parts that depend on the weights file. */
export type Draft = Omit<Manifest, 'version' | 'weights'>;

/** Builds the files; the same draft and weights give the same bytes. */
export function buildArtifact(draft: Draft, weights: Weights): Artifact {
  const { tensors, bytes } = packTensors(namedTensors(weights));
  const described = {
    ...draft,
    weights: { file: weightsFile, size: bytes.byteLength, sha256: sha256(bytes), tensors },
  };
  const version = sha256(JSON.stringify(described)).slice(0, 12);
  const manifest = { version, ...described };
  const content = {
    [manifestFile]: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    [weightsFile]: Buffer.from(bytes.buffer),
  };
  return { manifest, files: { ...content, [checksumsFile]: Buffer.from(checksumLines(content)) } };
}
