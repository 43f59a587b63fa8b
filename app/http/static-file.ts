import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { RequestHandler } from 'express';
import { commonHeaders } from './answer.ts';

interface CompressedFile {
  content: Buffer;
  tag: string;
}

/**
 * Answers with a file. It is read and compressed once, when the first client asks for it, by threads beside the event loop, and kept
 * compressed outside the heap: a worker that nobody asks for it spends neither time nor memory.
 */
export function staticFile(path: () => string, type: string): RequestHandler {
  let pending: Promise<CompressedFile> | undefined;
  return async (request, response) => {
    pending ??= compressedFile(path());
    // What could not be read is tried again for the next client.
    const file = await pending.catch((error) => {
      pending = undefined;
      throw error;
    });
    // Another release may have another file at the same path, so that a client asks each time whether it has the same.
    const headers = commonHeaders(request, 'no-cache');
    response.setHeader('ETag', file.tag).setHeader('Vary', 'Accept-Encoding');
    if (request.fresh) return void response.writeHead(304, headers).end();
    const isCompressed = request.acceptsEncodings('gzip') === 'gzip';
    if (isCompressed) headers.push('Content-Encoding', 'gzip');
    const payload = isCompressed ? file.content : await promisify(gunzip)(file.content);
    response.writeHead(200, [...headers, 'Content-Type', type, 'Content-Length', payload.length]).end(payload);
  };
}

async function compressedFile(path: string): Promise<CompressedFile> {
  const content = await promisify(gzip)(await readFile(path), { level: 9 });
  // Weak: the tag is that of the content, compressed or not.
  return { content, tag: `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"` };
}
