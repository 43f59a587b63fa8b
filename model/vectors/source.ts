import { join } from 'node:path';
import { cacheFolder } from '../../common/cache-folder.ts';

/** A package of PyPI and the parts of it that are read. A wheel is a zip archive; none of its code runs. */
export interface VectorPackage {
  readonly name: string;
  readonly version: string;
  /** The file name of the wheel. Its tags are those of its code, which is not used. */
  readonly wheel: string;
  readonly sha256: string;
  /** The paths in the wheel of the vectors (safetensors) and of the tokenizer (tokenizer.json of Hugging Face). */
  readonly vectors: string;
  readonly tokenizer: string;
}

/** The package that is tested with this project. Licence and origin: docs/model.md. */
export const vectorPackage: VectorPackage = {
  name: 'wordllama',
  version: '0.4.0.post1',
  wheel: 'wordllama-0.4.0.post1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
  sha256: '42c2c88907ace0b0681ac6f9092d6a300a6409a5d2d61071a3fb5e7159370c97',
  vectors: 'wordllama/weights/l2_supercat_256.safetensors',
  tokenizer: 'wordllama/tokenizers/l2_supercat_tokenizer_config.json',
};

/** Names the package in a manifest. */
export const vectorSource = `${vectorPackage.name} ${vectorPackage.version}`;

/** Returns where the wheel is kept, which may not exist yet. */
export function wheelPath({ name, version, wheel }: VectorPackage = vectorPackage): string {
  return join(cacheFolder(), `${name}-${version}`, wheel);
}
