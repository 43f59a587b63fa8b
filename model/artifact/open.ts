import { join } from 'node:path';
import type { Predictor } from '../prediction.ts';
import { createPredictor } from '../scoring/predictor.ts';
import type { Artifact } from './artifact.ts';
import { weightsFile } from './checksums.ts';
import { orRefuse } from './error.ts';
import { unpackTensors } from './layout.ts';
import type { Manifest } from './manifest.ts';
import { readArtifact } from './read.ts';
import { weightsFrom } from './tensors.ts';

/** An opened artifact. */
export interface Classifier extends Predictor {
  readonly manifest: Manifest;
}

/** Opens an artifact's folder, after checking every byte against its checksum. */
export async function openArtifact(folder: string): Promise<Classifier> {
  return createClassifier(await readArtifact(folder), folder);
}

/** Opens an artifact in memory; `source` names it in errors. */
export function createClassifier({ manifest, files }: Artifact, source: string): Classifier {
  const weights = orRefuse(
    () => weightsFrom(manifest, unpackTensors(manifest.weights.tensors, aligned(files[weightsFile]))),
    (reason) => `${join(source, weightsFile)}: ${reason}; train again`,
  );
  return { manifest, ...createPredictor({ configuration: manifest, weights }) };
}

// Views of the arrays need an aligned start, which a part of a larger buffer does not have.
function aligned(content: Buffer): Buffer {
  return content.byteOffset === 0 ? content : Buffer.from(new Uint8Array(content).buffer);
}
