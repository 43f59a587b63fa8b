import { delimiter } from 'node:path';

/** Returns a PATH without npm's folders, whose programs may have the names of this host's, as `nft` has. */
export function hostPath(path = process.env.PATH ?? ''): string {
  const folders = path.split(delimiter).filter((folder) => folder && !/\bnode_modules\/\.bin\/?$/.test(folder));
  return folders.join(delimiter);
}
