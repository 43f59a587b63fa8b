import { createServer } from 'node:http';
import type { ExecutionContext } from 'ava';
import { strToU8, zipSync } from 'fflate';
import { sha256 } from '../../common/checksum.ts';
import { listen } from '../support/servers.ts';

/** A zip file like that of a release, whose Terraform prints a version. */
export const releaseZip = Buffer.from(
  zipSync({
    'LICENSE.txt': strToU8('A licence'),
    terraform: strToU8('#!/bin/sh\necho \'{"terraform_version": "9.9.9"}\'\n'),
  }),
);

export const release = { version: '9.9.9', platform: 'linux_amd64', sha256: sha256(releaseZip) };

/** A site of releases that answers each path with a body, or with a status; returns its address and the paths asked for. */
export async function releaseSite(t: ExecutionContext, answer: Uint8Array | number) {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (typeof answer === 'number') response.statusCode = answer;
    response.end(typeof answer === 'number' ? '' : answer);
  });
  return { site: `http://127.0.0.1:${await listen(t, server)}`, asked };
}
