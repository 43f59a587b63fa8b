import { createServer } from 'node:http';
import test from 'ava';
import express, { type ErrorRequestHandler } from 'express';
import { requestListener } from '../../app/http/listener.ts';
import { lastHandler } from '../../app/problems/handler.ts';
import { listen } from '../support/servers.ts';
import { memoryLog } from './log.ts';

test('calls the observer first, and logs an error in an error handler without showing it', async (t) => {
  const seen: unknown[] = [];
  const { lines, logger } = memoryLog();
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
  const server = createServer(requestListener(application, observe, lastHandler(logger)));
  const url = `http://127.0.0.1:${await listen(t, server)}`;
  t.is(await (await fetch(`${url}/good`)).text(), '/good');
  await t.throwsAsync(fetch(`${url}/bad`), { message: 'fetch failed' });
  await t.throwsAsync(async () => (await fetch(`${url}/begun`)).text(), { message: 'terminated' });
  t.deepEqual(seen, ['/good', '/bad', '/begun']);
  for (const { err } of lines) t.is((err as Error).message, 'another secret');
  t.is(lines.length, 2);
});
