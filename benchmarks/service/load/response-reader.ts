/** A whole answer: its status, and whether the server closes the connection after it. */
export interface ResponseSummary {
  status: number;
  isLast: boolean;
}

const endOfHead = '\r\n\r\n';

/**
 * Reads just as much of HTTP/1.1 as tells where an answer with a stated length ends. An HTTP library would need as much
 * time as the servers that are measured, and would be what is measured.
 */
export class ResponseReader {
  #pending: Buffer | undefined;

  /** The answer that these bytes complete, if they do. */
  read(chunk: Buffer): ResponseSummary | undefined {
    const bytes = this.#pending ? Buffer.concat([this.#pending, chunk]) : chunk;
    const headLength = bytes.indexOf(endOfHead);
    const head = headLength < 0 ? '' : bytes.toString('latin1', 0, headLength);
    this.#pending = bytes;
    if (head === '' || bytes.length < headLength + endOfHead.length + contentLength(head)) return undefined;
    this.#pending = undefined;
    return { status: Number(head.slice(9, 12)), isLast: /\r\nconnection: *close/i.test(head) };
  }

  reset(): void {
    this.#pending = undefined;
  }
}

function contentLength(head: string): number {
  return Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
}
