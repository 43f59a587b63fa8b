import { isUtf8 } from 'node:buffer';
import type { Request, RequestHandler } from 'express';
import { HttpProblem } from '../problems/problem.ts';
import { checkMediaType } from './media-type.ts';

/** Reads a request's body into `request.body`, a Buffer; refuses other media types and larger bodies. */
export function readBody(limit: number, mediaTypes: readonly string[]): RequestHandler {
  return (request, response, next) => {
    checkMediaType(request, mediaTypes);
    if (Number(request.headers['content-length']) > limit) throw tooLarge(limit);
    // A client with `Expect: 100-continue` waits for this before it sends the body.
    if (request.headers.expect) response.writeContinue();
    collect(request, limit, next);
  };
}

function collect(request: Request, limit: number, next: (error?: unknown) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const onData = (chunk: Buffer) => {
    length += chunk.length;
    if (length <= limit) return void chunks.push(chunk);
    // The rest of a refused body is read and dropped, so that the client gets the answer instead of a reset.
    request.off('data', onData).off('end', onEnd).resume();
    next(tooLarge(limit));
  };
  const onEnd = () => {
    request.body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    next();
  };
  request.on('data', onData).on('end', onEnd);
}

function tooLarge(limit: number): HttpProblem {
  return new HttpProblem('body-too-large', `The body may have at most ${limit} bytes.`);
}

/** Parses bytes as JSON; throws a problem that says why they are not. */
export function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString();
  // Invalid UTF-8 is decoded to the replacement character, which a client may also send.
  if (text.includes('\ufffd') && !isUtf8(bytes)) {
    throw new HttpProblem('invalid-json', 'The body is not valid UTF-8; JSON is always sent as UTF-8.');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HttpProblem('invalid-json', `The body is not valid JSON${position(error, bytes)}.`);
  }
}

// V8's message quotes the body; only its position is passed on.
function position(error: unknown, bytes: Buffer): string {
  if (bytes.length === 0) return ': it is empty';
  const found = /at position (\d+)/.exec(error instanceof Error ? error.message : '');
  return found ? `: it goes wrong at character ${found[1]}` : '';
}
