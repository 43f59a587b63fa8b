import { UserError } from '../common/errors.ts';
import type { MlflowClient } from './client.ts';

/** Returns the path that the server keeps an artifact at, of its URI. */
export function artifactPath({ address }: MlflowClient, uri: string): string {
  const [, path] = /^mlflow-artifacts:(?:\/\/[^/]*)?\/+(.+)$/.exec(uri) ?? [];
  if (path !== undefined) return path;
  throw new UserError(
    `${address}: expected a server that takes files itself, got one that leaves them to its clients (${uri}); start it with --serve-artifacts and --artifacts-destination, and without --default-artifact-root`,
  );
}
