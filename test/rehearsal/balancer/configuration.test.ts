import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { balancerConfiguration } from '../../../rehearsal/balancer/configuration.ts';
import {
  type Action,
  type DesiredState,
  type Listener,
  nothingDesired,
  type TargetGroup,
} from '../../../rehearsal/emulator/desired-state.ts';
import { ports, targetGroup } from '../fleet.ts';

function listener(port: 443 | 80, action: Action, idleTimeoutSeconds = 60): Listener {
  return { port, protocol: port === 443 ? 'HTTPS' : 'HTTP', idleTimeoutSeconds, action };
}

function desired(listeners: Listener[], targetGroups: TargetGroup[] = []): DesiredState {
  return { ...nothingDesired, targetGroups, listeners };
}

/** A redirect to HTTPS, with changes. */
function redirect(changes: object = {}): Action {
  const unchanged = { host: '#{host}', path: '/#{path}', query: '#{query}' };
  return { kind: 'redirect', statusCode: 301, protocol: 'HTTPS', port: '443', ...unchanged, ...changes };
}

function forward(...targets: [name: string, weight: number][]): Action {
  return { kind: 'forward', targets: targets.map(([name, weight]) => ({ targetGroup: `arn:${name}`, weight })) };
}

const fleet = targetGroup('intent-fleet');
const healthy = new Map([['arn:intent-fleet', ['10.20.64.9', '10.20.0.5']]]);
const usual = desired([listener(443, forward(['intent-fleet', 1]), 75), listener(80, redirect())], [fleet]);

test('renders a fleet behind 443, and a redirect from 80', async (t) => {
  const expected = await readFile(join(import.meta.dirname, 'expected/nginx.conf'), 'utf8');
  t.is(balancerConfiguration(usual, healthy, ports), expected);
});

test('without a listener connections are closed', (t) => {
  const text = balancerConfiguration(desired([]), new Map(), ports);
  t.is(text.match(/return 444;/g)?.length, 2);
  t.regex(text, /listen 127\.0\.0\.1:20001 ssl http2;/);
  t.regex(text, /listen 127\.0\.0\.1:20002;/);
});

test('a target group has its protocol, port and algorithm', (t) => {
  const plain = targetGroup('plain', { protocol: 'HTTP', port: 8080, leastConnections: false });
  const targets = new Map([['arn:plain', ['10.20.0.5']]]);
  const text = balancerConfiguration(desired([listener(80, forward(['plain', 1]))], [plain]), targets, ports);
  t.regex(text, /upstream group_plain \{\n {4}zone group_plain 256k;\n {4}server 10\.20\.0\.5:8080 max_fails=0;/);
  t.regex(text, /proxy_pass http:\/\/group_plain;/);
});

const groups = [fleet, ...['blue', 'green', 'sick'].map((name) => targetGroup(name))];
const targets = new Map([...healthy, ['arn:blue', ['10.20.0.5']], ['arn:green', ['10.20.0.6']]]);

test('weights become shares of the requests', (t) => {
  const weighted = desired([listener(443, forward(['blue', 9], ['green', 1]))], groups);
  const text = balancerConfiguration(weighted, targets, ports);
  const shares = [
    '  split_clients $request_id $forward_443 {',
    '    90.00% group_blue;',
    '    * group_green;',
    '  }\n',
  ];
  t.true(text.includes(shares.join('\n')));
  t.regex(text, /proxy_pass https:\/\/\$forward_443;/);
});

/** The first directive of the server on 443. */
function answerOf(action: Action): string {
  const text = balancerConfiguration(desired([listener(443, action)], groups), targets, ports);
  const [, first = ''] = text.slice(text.indexOf('location / {')).split('\n');
  return first.trim();
}

test('a group without weight or without a healthy target gets no share', (t) => {
  t.is(answerOf(forward(['blue', 0], ['green', 1])), 'proxy_pass https://group_green;');
  t.is(answerOf(forward(['blue', 1], ['sick', 9])), 'proxy_pass https://group_blue;');
});

test('without a healthy target the answer is 503', (t) => {
  const unhealthy = [forward(['sick', 1]), forward(['blue', 0]), forward(['another', 1]), forward()];
  for (const action of unhealthy) t.is(answerOf(action), 'return 503;');
  t.notRegex(balancerConfiguration(usual, new Map(), ports), /upstream group/);
});

test('redirects keep or replace parts of the URL', (t) => {
  const to = (changes: object) => answerOf(redirect(changes));
  t.is(to({}), 'return 301 https://$host:20001$request_uri;');
  t.is(to({ statusCode: 302, port: '8443' }), 'return 302 https://$host:8443$request_uri;');
  t.is(to({ protocol: '#{protocol}', port: '#{port}' }), 'return 301 $scheme://$host:20001$request_uri;');
  t.is(to({ protocol: 'HTTP', port: '80' }), 'return 301 http://$host:20002$request_uri;');
  t.is(to({ host: 'example.com', path: '/new' }), 'return 301 https://example.com:20001/new?$args;');
  t.is(to({ path: '/v2/#{path}', query: 'a=b' }), 'return 301 https://$host:20001/v2$uri?a=b;');
});

test('a fixed response is quoted', (t) => {
  const answer = { kind: 'fixed-response', statusCode: 404, contentType: 'text/plain' } as const;
  const quoted = 'default_type text/plain; return 404 "not \\"here\\" for \x24{dollar}5";';
  t.is(answerOf({ ...answer, body: 'not "here" for $5' }), quoted);
});
