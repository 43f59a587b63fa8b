import { unzipSync } from 'fflate';
import pRetry from 'p-retry';
import { sha256 } from '../common/checksum.ts';
import { UserError } from '../common/errors.ts';
import { writeFileWhole } from '../common/write-file.ts';

/** A release of Terraform: the zip file for one operating system and processor. */
export interface TerraformRelease {
  version: string;
  /** As HashiCorp names it, such as linux_amd64. */
  platform: string;
  /** SHA-256 of the zip file. */
  sha256: string;
}

const version = '1.11.4';

// https://releases.hashicorp.com/terraform/1.11.4/terraform_1.11.4_SHA256SUMS
const checksums: Record<string, string> = {
  linux_amd64: '1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc',
  linux_arm64: 'a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633',
  darwin_amd64: 'a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b',
  darwin_arm64: '867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18',
};

/** Returns the release that is tested with this project; undefined where there is none for this computer. */
export function pinnedTerraform(system: string, processor: string): TerraformRelease | undefined {
  const platform = `${system}_${processor === 'x64' ? 'amd64' : processor}`;
  const sha256 = checksums[platform];
  return sha256 === undefined ? undefined : { version, platform, sha256 };
}

export interface DownloadProps {
  release: TerraformRelease;
  /** The path of the program; it appears whole or not at all. */
  program: string;
  report: (line: string) => void;
  /** The address below which HashiCorp's releases are. */
  site?: string;
}

/** Fetches a release, verifies it, and unpacks the program `terraform`. */
export async function downloadTerraform(props: DownloadProps): Promise<void> {
  const { release, program, report, site = 'https://releases.hashicorp.com' } = props;
  const url = `${site}/terraform/${release.version}/terraform_${release.version}_${release.platform}.zip`;
  const zip = await pRetry(() => fetchBytes(url, report), { retries: 2, minTimeout: 500 });
  const checksum = sha256(zip);
  if (checksum !== release.sha256)
    throw new UserError(`${url}: expected the SHA-256 ${release.sha256}, got ${checksum}; it is not used`);
  const { terraform } = unzipSync(zip, { filter: ({ name }) => name === 'terraform' });
  if (!terraform) throw new UserError(`${url}: expected a file named terraform in it, got none`);
  await writeFileWhole(program, Buffer.from(terraform), 0o755);
}

const stallMilliseconds = 30_000;

async function fetchBytes(url: string, report: (line: string) => void): Promise<Uint8Array> {
  const controller = new AbortController();
  const stalled = new Error(`${url} has sent nothing for ${stallMilliseconds / 1000} s`);
  const timer = setTimeout(() => controller.abort(stalled), stallMilliseconds);
  try {
    const response = await fetch(url, { signal: controller.signal });
    if (!response.ok || !response.body) throw new Error(`${url} answers with status ${response.status}`);
    const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
    const total = Number(response.headers.get('content-length') ?? 0);
    const chunks: Uint8Array[] = [];
    let received = 0;
    for await (const chunk of response.body) {
      timer.refresh();
      chunks.push(chunk);
      received += chunk.length;
      report(`${megabytes(received)} of ${total > 0 ? megabytes(total) : '?'} MB`);
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
  }
}
