import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import test from 'ava';
import express, { type ErrorRequestHandler } from 'express';
import { requestListener } from '../../app/http/listener.ts';
import { createLogger } from '../../app/observe/logger.ts';
import { lastHandler } from '../../app/problems/handler.ts';

test('calls the observer first, and logs an error in an error handler without showing it', async (t) => {
  const seen: unknown[] = [];
  const lines: string[] = [];
  const log = new Writable({
    write(line, _encoding, done) {
      lines.push(JSON.parse(line).err.message);
      done();
    },
  });
  const application = express();
  application.get('/good', (_request, response) => void response.end(seen.join()));
  application.use((request, response, next) => {
    if (request.path !== '/begun') throw new Error('a secret');
    response.writeHead(200, { 'Content-Length': 5 }).write('h');
    next(new Error('a secret'));
  });
  const broken: ErrorRequestHandler = (_error, _request, _response, _next) => {
    throw new Error('another secret');
  };
  application.use(broken);
  const observe = ({ url }: { url: string }) => void seen.push(url);
  const server = createServer(requestListener(application, observe, lastHandler(createLogger('info', log))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  t.is(await (await fetch(`${url}/good`)).text(), '/good');
  await t.throwsAsync(fetch(`${url}/bad`), { message: 'fetch failed' });
  await t.throwsAsync(async () => (await fetch(`${url}/begun`)).text(), { message: 'terminated' });
  t.deepEqual(seen, ['/good', '/bad', '/begun']);
  t.deepEqual(lines, ['another secret', 'another secret']);
});
