import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import anyTest, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import pRetry from 'p-retry';
import { balancerConfiguration, requestLogFile } from '../../../rehearsal/balancer/configuration.ts';
import type { Action, Condition, Rule, TargetGroup } from '../../../rehearsal/emulator/desired-state.ts';
import { RequestLog } from '../../../rehearsal/metrics/request-log.ts';
import { parseRequest } from '../../../rehearsal/metrics/request-tally.ts';
import { nginxBinary } from '../../bootstrap/nginx.ts';
import { freePort, listen } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { desiredFleet, loadBalancer, targetGroup } from '../fleet.ts';

// Skipped where nginx is not installed; the report says so.
const test = nginxBinary === undefined ? anyTest.skip : anyTest;

const temporaryPaths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path run;`);

function forward(weights: Record<string, number>, stickySeconds?: number): Action {
  const targets = Object.entries(weights).map(([name, weight]) => ({ targetGroup: `arn:${name}`, weight }));
  return { kind: 'forward', targets, stickySeconds };
}

const say = (body: string, statusCode = 200): Action => ({
  kind: 'fixed-response',
  statusCode,
  contentType: 'text/html',
  body,
});

const when = (action: Action, ...conditions: Condition[]): Rule => ({ conditions, action });

interface Given {
  rules: Rule[];
  /** The addresses of each group's targets. */
  targets?: Record<string, string[]>;
  groups?: TargetGroup[];
  clients?: string[];
  idleTimeoutSeconds?: number;
}

/** A load balancer on HTTP with these rules, run by the real nginx. */
async function balancer(t: ExecutionContext, given: Given) {
  const { rules, targets = {}, groups, clients = ['0.0.0.0/0'], idleTimeoutSeconds = 60 } = given;
  const [folder, port] = [await temporaryFolder(t), await freePort()];
  const ports = { from: 80, to: 80 };
  const ingress = [{ protocol: 'tcp', ports, peers: { cidrs: clients, groups: [] } }];
  const names = Object.keys(targets);
  const desired = desiredFleet([], {
    loadBalancers: [
      loadBalancer([{ arn: 'arn:80', port: 80, protocol: 'HTTP', rules }], {
        address: '127.0.0.1',
        idleTimeoutSeconds,
      }),
    ],
    securityGroups: [{ id: 'sg-balancer', ingress, egress: [] }],
    targetGroups: groups ?? names.map((name) => targetGroup(name, { protocol: 'HTTP' })),
  });
  const open = new Map(names.map((name) => [`arn:${name}`, targets[name] ?? []]));
  const text = balancerConfiguration(desired, open, { all: [port], of: new Map([['arn:80', port]]) })
    .replace('/run/balancer.pid', join(folder, 'pid'))
    .replaceAll(requestLogFile, join(folder, 'requests.log'))
    .replace('http {', `http {\n${temporaryPaths.join('\n')}`);
  await mkdir(join(folder, 'run'));
  await writeFile(join(folder, 'nginx.conf'), text);
  const parameters = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'];
  const running = execa(nginxBinary ?? '', parameters, { all: true, reject: false });
  t.teardown(async () => {
    running.kill('SIGTERM');
    await running;
  });
  const connect = () => fetch(`http://127.0.0.1:${port}`).catch(({ cause }) => assertListening(cause));
  const ended = running.then(({ all }) => Promise.reject(new Error(`nginx ended: ${all}`)));
  await Promise.race([pRetry(connect, { retries: 100, minTimeout: 20, factor: 1 }), ended]);
  const ask = async (path = '/', init: RequestInit = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init });
    return { status: response.status, body: await response.text(), headers: response.headers };
  };
  const log = new RequestLog(join(folder, 'requests.log'));
  /** Returns the lines of `count` requests; nginx writes what it has buffered when it reopens its files. */
  const requests = async (count: number) => {
    const lines: string[] = [];
    const read = () => {
      running.kill('SIGUSR1');
      lines.push(...log.read());
      if (lines.length < count) throw new Error(`nginx has logged ${lines.length} requests`);
    };
    await pRetry(read, { retries: 200, minTimeout: 100, factor: 1 });
    return lines;
  };
  return { port, ask, requests, bodyOf: async (path?: string, init?: RequestInit) => (await ask(path, init)).body };
}

// A closed connection is an answer, too.
function assertListening(cause: { code: string }): void {
  if (cause.code === 'ECONNREFUSED') throw new Error('nginx does not listen yet');
}

/** A target that answers with its name. */
async function target(t: ExecutionContext, name: string, listener?: RequestListener): Promise<string> {
  return `127.0.0.1:${await listen(t, createServer(listener ?? ((_, response) => response.end(name))))}`;
}

const conditions: Record<string, [condition: Condition, yes: [string, RequestInit?][], no: [string, RequestInit?][]]> =
  {
    'path patterns, with their case': [
      { kind: 'path', values: ['/api/*', '/v?/x.y'] },
      [['/api/'], ['/api/a/b?c=d'], ['/v1/x.y']],
      [['/API/a'], ['/api'], ['/v12/x.y'], ['/v1/xzy'], ['/?/api/']],
    ],
    'headers, without their case': [
      { kind: 'header', name: 'X-Beta', values: ['on', 'y*'] },
      [
        ['/', { headers: { 'x-beta': 'ON' } }],
        ['/', { headers: { 'x-beta': 'yes' } }],
      ],
      [['/'], ['/', { headers: { 'x-beta': 'only' } }]],
    ],
    methods: [{ kind: 'method', values: ['PUT'] }, [['/', { method: 'PUT' }]], [['/', { method: 'POST' }]]],
    'query strings': [
      {
        kind: 'query',
        values: [
          { key: 'v', value: '2*' },
          { key: undefined, value: 'any' },
        ],
      },
      [['/?a=b&V=23'], ['/?x=any'], ['/?v=2&w=1']],
      [['/'], ['/?v=1&x=2'], ['/?av=2'], ['/?any=1']],
    ],
    'hosts, without their case': [{ kind: 'host', values: ['127.0.?.1'] }, [['/']], []],
    'source addresses': [{ kind: 'source', values: ['127.0.0.0/8'] }, [['/']], []],
    'other source addresses': [{ kind: 'source', values: ['10.0.0.0/8'] }, [], [['/']]],
  };

for (const [title, [condition, yes, no]] of Object.entries(conditions)) {
  test(`a rule applies by ${title}`, async (t) => {
    const { bodyOf } = await balancer(t, { rules: [when(say('rule'), condition), when(say('default'))] });
    for (const [path, init] of yes) t.is(await bodyOf(path, init), 'rule', path);
    for (const [path, init] of no) t.is(await bodyOf(path, init), 'default', path);
  });
}

test('all conditions of a rule must apply, and the first rule that does decides', async (t) => {
  const api: Condition = { kind: 'path', values: ['/api/*'] };
  const put: Condition = { kind: 'method', values: ['PUT'] };
  const rules = [when(say('both'), api, put), when(say('api'), api), when(say('put'), put), when(say('default'))];
  const { bodyOf } = await balancer(t, { rules });
  const bodies = [
    ['/api/', 'PUT'],
    ['/api/', 'GET'],
    ['/', 'PUT'],
    ['/', 'GET'],
  ].map(([path, method = '']) => bodyOf(path, { method }));
  t.deepEqual(await Promise.all(bodies), ['both', 'api', 'put', 'default']);
});

test('a fixed response has its status, type and text', async (t) => {
  const { ask } = await balancer(t, { rules: [when(say('not "here" for $5', 418))] });
  const { status, body, headers } = await ask('/any/path');
  t.deepEqual([status, body, headers.get('content-type')], [418, 'not "here" for $5', 'text/html']);
});

test('redirects keep or replace parts of the URL', async (t) => {
  const unchanged = { protocol: '#{protocol}', port: '#{port}', host: '#{host}', path: '/#{path}', query: '#{query}' };
  const to = (changes: object): Action => ({ kind: 'redirect', statusCode: 302, ...unchanged, ...changes });
  const at = (path: string): Condition => ({ kind: 'path', values: [`${path}*`] });
  const { port, ask } = await balancer(t, {
    rules: [
      when(to({ protocol: 'HTTPS', port: '8443' }), at('/a')),
      when(to({ path: '/v2/#{path}', query: 'x=y' }), at('/b')),
      when(to({ host: 'example.com', path: '/new' }), at('/c')),
      when(say('default')),
    ],
  });
  const location = async (path: string) => (await ask(path)).headers.get('location');
  t.is(await location('/a%20b?c=d'), 'https://127.0.0.1:8443/a%20b?c=d');
  t.is(await location('/b?c=d'), `http://127.0.0.1:${port}/v2/b?x=y`);
  t.is(await location('/c?c=d'), `http://example.com:${port}/new?c=d`);
});

test('weights become shares of the requests, also for a group without targets', async (t) => {
  const targets = { blue: [await target(t, 'blue')], green: [await target(t, 'green')], none: [] };
  const { bodyOf, ask } = await balancer(t, { rules: [when(forward({ blue: 8, green: 2, none: 0 }))], targets });
  const bodies = await Promise.all(Array.from({ length: 200 }, () => bodyOf()));
  const share = bodies.filter((body) => body === 'blue').length / bodies.length;
  t.true(share > 0.65 && share < 0.95, `${share}`);
  t.deepEqual([...new Set(bodies)].sort(), ['blue', 'green']);
  const half = await balancer(t, { rules: [when(forward({ blue: 1, none: 1 }))], targets });
  const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await half.ask()).status));
  t.deepEqual([...new Set(statuses)].sort(), [200, 503]);
  t.is((await ask()).headers.get('set-cookie'), null);
});

type Balancer = Awaited<ReturnType<typeof balancer>>;

/** Asserts that each of an answer's two cookies leads to whoever gave the answer. */
async function assertSticky(t: ExecutionContext, { ask, bodyOf }: Balancer, name: string, age: number): Promise<void> {
  const { body, headers } = await ask();
  const cookies = headers.getSetCookie();
  const value = /=([0-9a-f]{32});/.exec(cookies[0] ?? '')?.[1];
  const cookie = `${value}; Max-Age=${age}; Path=/`;
  t.deepEqual(cookies, [`${name}=${cookie}`, `${name}CORS=${cookie}; SameSite=None`]);
  for (const sent of [`${name}=${value}`, `${name}CORS=${value}`, `${name}=${value}; ${name}CORS=${value}`]) {
    const bodies = await Promise.all(Array.from({ length: 20 }, () => bodyOf('/', { headers: { cookie: sent } })));
    t.deepEqual(new Set(bodies), new Set([body]), sent);
  }
}

test('a sticky action leads a client to the same target group', async (t) => {
  const targets = { blue: [await target(t, 'blue')], green: [await target(t, 'green')] };
  const sticky = await balancer(t, { rules: [when(forward({ blue: 1, green: 1 }, 60))], targets });
  await assertSticky(t, sticky, 'AWSALBTG', 60);
});

test('a sticky target group leads a client to the same target', async (t) => {
  const targets = { blue: [await target(t, 'one'), await target(t, 'two')] };
  const groups = [targetGroup('blue', { protocol: 'HTTP', stickySeconds: 90, leastConnections: false })];
  const sticky = await balancer(t, { rules: [when(forward({ blue: 1 }))], targets, groups });
  await assertSticky(t, sticky, 'AWSALB', 90);
  const others = await Promise.all(Array.from({ length: 10 }, () => sticky.bodyOf()));
  t.deepEqual([...new Set(others)].sort(), ['one', 'two']);
});

test('a broken target costs its requests: there is no second try', async (t) => {
  const broken = await target(t, '', (request) => request.socket.destroy());
  const silent = await target(t, '', () => undefined);
  const refusing = `127.0.0.1:${await freePort()}`;
  const statusOf = async (address: string, idleTimeoutSeconds?: number) => {
    const given = { rules: [when(forward({ blue: 1 }))], targets: { blue: [address] } };
    return (await (await balancer(t, { ...given, ...(idleTimeoutSeconds && { idleTimeoutSeconds }) })).ask()).status;
  };
  t.deepEqual([await statusOf(broken), await statusOf(refusing), await statusOf(silent, 1)], [502, 502, 504]);
  const mixed = { blue: [broken, await target(t, 'good')] };
  const { ask } = await balancer(t, { rules: [when(forward({ blue: 1 }))], targets: mixed });
  const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await ask()).status));
  t.deepEqual([...new Set(statuses)].sort(), [200, 502]);
});

test('a client that no security group lets in gets no answer', async (t) => {
  const { ask } = await balancer(t, { rules: [when(say('hello'))], clients: ['10.0.0.0/8'] });
  await t.throwsAsync(ask());
  const allowed = await balancer(t, { rules: [when(say('hello'))], clients: ['10.0.0.0/8', '127.0.0.1/32'] });
  t.is(await allowed.bodyOf(), 'hello');
});

test('the log of requests tells balancer, target group, statuses and the time until the answer', async (t) => {
  const at = (path: string): Condition => ({ kind: 'path', values: [path] });
  const { ask, requests } = await balancer(t, {
    rules: [
      when(say('fixed', 418), at('/fixed')),
      when(forward({ none: 1 }), at('/none')),
      when(forward({ dead: 1 }), at('/dead')),
      when(forward({ 'blue-1': 1 })),
    ],
    targets: {
      none: [],
      dead: [`127.0.0.1:${await freePort()}`],
      'blue-1': [await target(t, '', (_, response) => response.writeHead(201).end())],
    },
  });
  for (const path of ['/fixed', '/none', '/dead']) await ask(path);
  // Each of nginx's processes writes its own; the first request was that of the start.
  const found = (await requests(4)).map(parseRequest).filter((request) => request !== undefined);
  const [forwarded] = found.sort((one, other) => one.status - other.status);
  t.true(forwarded?.seconds !== undefined && forwarded.seconds >= 0 && forwarded.seconds < 60);
  const common = { balancer: 'app/intent-fleet/1', isForwarded: false, seconds: undefined };
  t.deepEqual(found, [
    { ...common, choice: 'group_blue_1', status: 201, isForwarded: true, seconds: forwarded?.seconds },
    { ...common, choice: '', status: 418 },
    { ...common, choice: 'group_dead', status: 502, isForwarded: true },
    { ...common, choice: 'group_none', status: 503 },
  ]);
});

test('a request that no security group lets in is logged, but does not count', async (t) => {
  const { requests } = await balancer(t, { rules: [when(say('hello'))], clients: ['10.0.0.0/8'] });
  const lines = await requests(1);
  t.deepEqual(lines, ['app/intent-fleet/1\t\t444\t-\t-']);
  t.deepEqual(lines.map(parseRequest), [undefined]);
});
