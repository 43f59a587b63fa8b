import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from './load/connection.ts';

const post = (body: string, headers = '') =>
  `POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;

/** What a stranger may send, and what may come back; nothing means that the connection is just cut. */
const attacks: [name: string, bytes: string | Buffer, expected: string[]][] = [
  ['bad JSON', post('{"text": hi}'), ['400']],
  ['not UTF-8', Buffer.from(post('{"text":"?"}').replace('?', '\u00ff'), 'latin1'), ['400']],
  ['a lone surrogate', post('{"text":"\\ud800"}'), ['422']],
  ['deep JSON', post('['.repeat(50_000)), ['400']],
  ['a body over the limit', post('x'.repeat(300_000)), ['413']],
  ['a wrong type', 'POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n', ['415']],
  ['a huge head', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'y'.repeat(20_000)}\r\n\r\n`, ['431']],
  ['no HTTP', '\u0016\u0003\u0001\u0000\r\n\r\n', ['400']],
  ['two lengths', post('{"text":"hi"}', 'Content-Length: 3\r\n'), ['400']],
  ['an unknown path', 'GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n', ['404']],
  ['a wrong method', 'DELETE /predict HTTP/1.1\r\nHost: x\r\n\r\n', ['405']],
  ['half a request', post('{"text":"hello"}').slice(0, -3), ['408', '']],
];

/** How the attacks ended, by name and status. */
export interface HostileResult {
  sent: number;
  unexpected: Record<string, number>;
}

/** Attacks a service, a few at a time, until time is up. */
export async function attack(target: Target, seconds: number, atOnce = 4): Promise<HostileResult> {
  const end = Date.now() + seconds * 1000;
  const result: HostileResult = { sent: 0, unexpected: {} };
  const attackers = Array.from({ length: atOnce }, async (_, offset) => {
    for (let turn = offset; Date.now() < end; turn += 1) {
      const [name, bytes, expected] = attacks[turn % attacks.length] as (typeof attacks)[number];
      const status = await send(target, bytes, expected.includes('408'));
      result.sent += 1;
      if (!expected.includes(status)) count(result.unexpected, `${name}: ${status || 'cut off'}`);
      await sleep(5);
    }
  });
  await Promise.all(attackers);
  return result;
}

function count(tally: Record<string, number>, key: string): void {
  tally[key] = (tally[key] ?? 0) + 1;
}

// Half requests are given up after a while, as a broken client does.
function send({ host, port }: Target, bytes: string | Buffer, isHalf: boolean): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, host, () => socket.write(bytes));
    if (isHalf) socket.setTimeout(500, () => socket.resetAndDestroy());
    socket.on('data', (chunk) => {
      answer += chunk;
      socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? ''));
  });
}
