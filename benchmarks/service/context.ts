import { join, resolve } from 'node:path';
import { localFiles } from '../../bootstrap/machine/files.ts';
import { openServiceRelease, type ReleaseOnDisk, type ServiceManifest } from '../../bootstrap/release.ts';
import { type CertificateFiles, localhostCertificate } from '../../common/certificate.ts';
import { writeFileWhole } from '../../common/write-file.ts';
import { readArtifact } from '../../model/artifact/read.ts';
import { releaseEntries } from '../../releases/entries.ts';
import { checkoutSources, runtimeFile } from '../../releases/sources.ts';
import { ensureOha } from '../oha.ts';
import { type BenchModel, largeModel, smallModel } from './models.ts';

/** Extent and duration of the measurements. */
export interface BenchOptions {
  rounds: number;
  seconds: number;
  requests: number;
  soakMinutes: number;
  data?: string;
  reference: boolean;
}

/** The servers, models and tools that the measurements share. */
export interface BenchContext extends BenchOptions {
  folder: string;
  /** An unpacked release: the service runs from it as its manifest says. */
  release: ReleaseOnDisk<ServiceManifest>;
  small: BenchModel;
  large: BenchModel | undefined;
  certificate: CertificateFiles;
  oha: string;
}

/** Compiles the load generator, trains the models and unpacks a release. */
export async function prepareContext(options: BenchOptions): Promise<BenchContext> {
  const folder = resolve('build/bench');
  const oha = await ensureOha();
  const small = await smallModel(join(folder, 'small'));
  const { data } = options;
  return {
    ...options,
    folder,
    oha,
    release: await unpackRelease(small.folder, join(folder, 'release')),
    small,
    large: data ? await largeModel(join(data, 'clinc150', 'data_full.json'), join(folder, 'clinc')) : undefined,
    certificate: await localhostCertificate(join(folder, 'certificate')),
  };
}

async function unpackRelease(artifact: string, folder: string): Promise<ReleaseOnDisk<ServiceManifest>> {
  const entries = await releaseEntries(await readArtifact(artifact), checkoutSources);
  for (const { path, content } of entries) {
    if (path !== runtimeFile) await writeFileWhole(join(folder, path), content);
  }
  const files = localFiles();
  // A link: the pages of a freshly written copy would be mapped in larger units, and count as 30 MB more resident memory.
  await files.link(join(folder, runtimeFile), checkoutSources.runtime);
  return openServiceRelease(files, folder);
}
