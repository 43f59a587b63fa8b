import test from 'ava';
import { renderPage } from '../../load/page.ts';
import { nothing, result } from './results.ts';

const props = {
  options: { rate: 2, connections: 100 },
  stage: 'rehearsal',
  url: 'https://localhost:1',
  startedAt: new Date('2026-01-01T00:00:00Z'),
};

test('the page is self-contained and the same each time, and follows the theme', (t) => {
  const page = renderPage({ ...props, result });
  t.is(renderPage({ ...props, result }), page);
  for (const outside of ['<script', '<link', 'src=', 'url(', '@import']) t.false(page.includes(outside), outside);
  t.true(page.includes('var(--first)') && page.includes('prefers-color-scheme: dark'));
  // The drawings contain neither a placeholder nor a fixed colour.
  t.deepEqual(page.slice(page.indexOf('<svg')).match(/(fill|stroke)="#(?!000)[0-9a-f]+"/g), null);
});

test('the page has the load, the figures, three charts and the tables', (t) => {
  const page = renderPage({ ...props, result });
  const load = '2 requests a second on at most 100 connections, for 5 s from 2026-01-01T00:00:00.000Z';
  t.true(page.includes(`${load}: POST https://localhost:1/predict.`));
  const charts = Array.from(page.matchAll(/<svg [^>]*aria-label="([^"]+)/g), ([, name]) => name);
  t.deepEqual(charts, ['Answers by their time', 'Requests by second', 'p90 by second']);
  t.deepEqual(
    Array.from(page.matchAll(/<dt>([^<]+)<\/dt><dd>([^<]+)/g), ([, name, value]) => [name, value]),
    [
      ['Requests', '10'],
      ['Failed', '4'],
      ['p50', '5.50 ms'],
      ['p99', '123 ms'],
    ],
  );
  const cells = Array.from(page.matchAll(/<td[^>]*>([^<]*)<\/td>/g), ([, cell]) => cell);
  t.deepEqual(cells.slice(0, 11), ['10', '120', '12.3', '1.23', '5.50', '98.8', '123', '1235', '200', '6', '60.0 %']);
});

test('a load without a rate says so, and one without a request has a page, too', (t) => {
  const page = renderPage({ ...props, options: { rate: undefined, connections: 4 }, result: nothing });
  t.true(page.includes('4 connections, each with its next request after an answer, for 0 s'));
});

test('values of the endpoint are escaped', (t) => {
  const page = renderPage({ ...props, result: { ...result, machines: { '<b>': 1 } } });
  t.true(page.includes('<td>&lt;b&gt;</td>'));
});
