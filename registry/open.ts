import { S3Client } from '@aws-sdk/client-s3';
import { MlflowClient } from '../mlflow/client.ts';
import { mlflowServer } from '../mlflow/server.ts';
import { FolderStore } from './folder-store.ts';
import { MlflowRegistry } from './mlflow/registry.ts';
import type { ModelRegistry } from './model-registry.ts';
import { S3Store } from './s3-store.ts';
import { StoredRegistry } from './stored-registry.ts';

export interface RegistryPlace {
  /** A folder, `s3://bucket/prefix`, or the address of an MLflow server. */
  place: string;
  /** The AWS region of the bucket. */
  region: string;
}

/** Opens the registry of a model; nothing is made before its first version. */
export function openRegistry(
  { place, region }: RegistryPlace,
  name: string,
  environment: NodeJS.ProcessEnv = process.env,
): ModelRegistry {
  if (/^https?:\/\//.test(place))
    return new MlflowRegistry(new MlflowClient(mlflowServer('registry', place, environment)), name);
  const store = place.startsWith('s3://') ? new S3Store(place, userClient(region)) : new FolderStore(place);
  return new StoredRegistry(store, name);
}

// With the user's credentials; a bucket may be in another region than the stage.
function userClient(region: string): S3Client {
  // An emulator finds a bucket by the path of a URL, not by its host.
  const forcePathStyle = process.env.AWS_ENDPOINT_URL !== undefined;
  return new S3Client({ region, forcePathStyle, followRegionRedirects: true });
}
