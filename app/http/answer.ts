import type { Response } from 'express';

/** Answers with JSON. Express' own `json()` also negotiates a charset and an entity tag, which no client of ours reads. */
export function answerJson(response: Response, status: number, body: unknown, type = 'application/json'): void {
  answer(response, status, JSON.stringify(body), type);
}

/** Answers with bytes of a stated type. */
export function answer(response: Response, status: number, payload: string | Buffer, type: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(payload) });
  response.end(payload);
}
