import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

interface Attack {
  name: string;
  bytes: string | Buffer;
  /** Statuses that may come back; the empty one is a closed connection. */
  expected: readonly string[];
  /** The client gives up before the request is complete. */
  isIncomplete?: true;
}

function post(body: string, headers = ''): string {
  const length = Buffer.byteLength(body);
  const head = `POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n`;
  return `${head}${headers}\r\n${body}`;
}

const attacks: readonly Attack[] = [
  { name: 'invalid JSON', bytes: post('{"text": hi}'), expected: ['400'] },
  {
    name: 'invalid UTF-8',
    bytes: Buffer.from(post('{"text":"?"}').replace('?', '\u00ff'), 'latin1'),
    expected: ['400'],
  },
  { name: 'a lone surrogate', bytes: post('{"text":"\\ud800"}'), expected: ['422'] },
  { name: 'deeply nested JSON', bytes: post('['.repeat(50_000)), expected: ['400'] },
  { name: 'a body over the limit', bytes: post('x'.repeat(300_000)), expected: ['413'] },
  {
    name: 'an unsupported media type',
    bytes: 'POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n',
    expected: ['415'],
  },
  {
    name: 'a huge head',
    bytes: `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'y'.repeat(20_000)}\r\n\r\n`,
    expected: ['431'],
  },
  { name: 'bytes that are no HTTP', bytes: '\u0016\u0003\u0001\u0000\r\n\r\n', expected: ['400'] },
  { name: 'two lengths', bytes: post('{"text":"hi"}', 'Content-Length: 3\r\n'), expected: ['400'] },
  { name: 'an unknown path', bytes: 'GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n', expected: ['404'] },
  { name: 'a wrong method', bytes: 'DELETE /predict HTTP/1.1\r\nHost: x\r\n\r\n', expected: ['405'] },
  {
    name: 'half a request',
    bytes: post('{"text":"hello"}').slice(0, -3),
    expected: ['408', ''],
    isIncomplete: true,
  },
];

/** The number of attacks, and the unexpected results by attack and status. */
export interface HostileResult {
  sent: number;
  unexpected: Record<string, number>;
}

/** Attacks a server from several clients for some seconds. */
export async function attack(target: URL, seconds: number, clients = 4): Promise<HostileResult> {
  const end = Date.now() + seconds * 1000;
  const result: HostileResult = { sent: 0, unexpected: {} };
  const attackers = Array.from({ length: clients }, async (_, offset) => {
    for (let turn = offset; Date.now() < end; turn += 1) {
      const chosen = attacks[turn % attacks.length] as Attack;
      const status = await send(target, chosen);
      result.sent += 1;
      if (!chosen.expected.includes(status)) increment(result.unexpected, `${chosen.name}: ${status || 'closed'}`);
      await sleep(5);
    }
  });
  await Promise.all(attackers);
  return result;
}

function increment(tally: Record<string, number>, key: string): void {
  tally[key] = (tally[key] ?? 0) + 1;
}

const patienceMilliseconds = 500;

function send({ hostname, port }: URL, { bytes, isIncomplete }: Attack): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    if (isIncomplete) socket.setTimeout(patienceMilliseconds, () => socket.resetAndDestroy());
    socket.on('data', (chunk) => {
      answer += chunk;
      socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? ''));
  });
}
