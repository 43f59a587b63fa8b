import { createServer } from 'node:http';
import test from 'ava';
import { ask, cookiesOf } from '../../acceptance/http.ts';
import { listen } from '../support/servers.ts';

test('a request has its own method and host, and a redirect is not followed', async (t) => {
  const server = createServer(({ method, headers, url }, response) =>
    response.writeHead(302, { location: '/next' }).end(`${method} ${headers.host} ${url}`),
  );
  const question = { method: 'PUT', headers: { host: 'shop.example.com' } };
  const { status, headers, body } = await ask(`http://127.0.0.1:${await listen(t, server)}/path?a=b`, question);
  t.deepEqual([status, headers.location, body], [302, '/next', 'PUT shop.example.com /path?a=b']);
});

test('the cookies of an answer are those that it sets, by name', (t) => {
  const headers = { 'set-cookie': ['AWSALB=a=b; Path=/', 'AWSALBCORS=c; Path=/; SameSite=None'] };
  const cookies = cookiesOf({ status: 200, headers, body: '' });
  t.deepEqual(Object.fromEntries(cookies), { AWSALB: 'a=b', AWSALBCORS: 'c' });
  t.is(cookiesOf({ status: 200, headers: {}, body: '' }).size, 0);
});
