import { connect } from 'node:net';

/** Sends raw bytes; returns everything received until the server closes or `done` returns true. */
export function sendRaw(port: number, parts: (string | Buffer)[], done = (_text: string) => false): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(15_000, () => reject(new Error(`no answer in time, only: ${text}`)));
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (done(text)) socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    for (const part of parts) socket.write(part);
  });
}

/** Returns the status codes of the answers in a text. */
export function statuses(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}

/** Returns the bytes of a `POST /predict`. */
export function predictRequest(body: string | Buffer, headers: string[] = []): Buffer {
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  const head = ['POST /predict HTTP/1.1', 'Host: localhost', 'Content-Type: application/json', length, ...headers];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

/** Returns a condition of `sendRaw`: a number of answers has arrived, each with a JSON body. */
export function hasAnswers(count: number): (text: string) => boolean {
  return (text) => statuses(text).length === count && text.endsWith('}');
}
