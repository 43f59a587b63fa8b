import { S3Client } from '@aws-sdk/client-s3';
import { FolderStore } from './folder-store.ts';
import { Registry } from './registry.ts';
import { S3Store } from './s3-store.ts';

export interface RegistryPlace {
  /** A folder, or `s3://bucket/prefix`. */
  place: string;
  /** The AWS region of the bucket. */
  region: string;
}

/** Opens the registry of a model; nothing is made before its first version. */
export function openRegistry({ place, region }: RegistryPlace, name: string): Registry {
  return new Registry(
    place.startsWith('s3://') ? new S3Store(place, userClient(region)) : new FolderStore(place),
    name,
  );
}

// With the user's credentials; a bucket may be in another region than the stage.
function userClient(region: string): S3Client {
  // An emulator finds a bucket by the path of a URL, not by its host.
  const forcePathStyle = process.env.AWS_ENDPOINT_URL !== undefined;
  return new S3Client({ region, forcePathStyle, followRegionRedirects: true });
}
