import test from 'ava';
import { readAnswer } from '../../../bootstrap/verification/answer.ts';

const lastLine = (status: string, workers = '', retryAfter = '') =>
  `\n${JSON.stringify({ status, workers, retryAfter })}`;

test('status, workers and Retry-After are read from the line behind the body', (t) => {
  t.deepEqual(readAnswer({ status: 0, output: `{"intent":\n"praise"}${lastLine('200', '127.0.0.1:8081')}` }), {
    status: 200,
    body: '{"intent":\n"praise"}',
    workers: ['127.0.0.1:8081'],
    retryAfterSeconds: 0,
  });
  t.deepEqual(readAnswer({ status: 0, output: lastLine('429', '', '7') }), {
    status: 429,
    body: '',
    workers: [],
    retryAfterSeconds: 7,
  });
});

test('a retried request names each worker; a Retry-After that is no number counts as none', (t) => {
  const output = `{}${lastLine('503', '127.0.0.1:8082, 127.0.0.1:8081', 'Fri, 31 Dec 1999 23:59:59 GMT')}`;
  t.deepEqual(readAnswer({ status: 0, output }), {
    status: 503,
    body: '{}',
    workers: ['127.0.0.1:8082', '127.0.0.1:8081'],
    retryAfterSeconds: 0,
  });
});

test('without an answer, the body is the reason', (t) => {
  const none = { status: 0, workers: [], retryAfterSeconds: 0 };
  const refused = "curl: (7) Failed to connect to 127.0.0.1 port 443 after 0 ms: Couldn't connect to server";
  t.deepEqual(readAnswer({ status: 7, output: `${lastLine('000')}${refused}` }), { ...none, body: refused });
  t.deepEqual(readAnswer({ status: 7, output: `\n${refused}${lastLine('000')}` }), { ...none, body: refused });
  t.deepEqual(readAnswer({ status: 127, output: 'spawn curl ENOENT' }), { ...none, body: 'spawn curl ENOENT' });
});
