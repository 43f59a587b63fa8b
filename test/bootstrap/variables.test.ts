import test from 'ava';
import { parseVariables, workerPorts } from '../../bootstrap/variables.ts';
import { logVariables } from './log-variables.ts';

const least = { network: { cidr: '10.20.0.0/16' }, fleet: { name: 'intent-fleet' }, logs: logVariables };

test('missing variables have defaults', (t) => {
  t.deepEqual(parseVariables(least), {
    service: {
      workers: 2,
      firstPort: 8081,
      scheme: 'https',
      rateLimit: { requests: 6000, windowSeconds: 60 },
      logLevel: 'info',
      samples: false,
      drainSeconds: 20,
    },
    nginx: { rateLimit: { requestsPerSecond: 100, burst: 200 }, clientMaxBodyKilobytes: 64, loggedPercent: 100 },
    network: { cidr: '10.20.0.0/16' },
    fleet: { name: 'intent-fleet', minReadySeconds: 10 },
    logs: logVariables,
  });
});

test('each worker has its own port', (t) => {
  t.deepEqual(workerPorts(parseVariables({ ...least, service: { workers: 3, firstPort: 9000 } })), [9000, 9001, 9002]);
});

const message = (lines: string[]) => ['Invalid machine variables:', ...lines].join('\n');

test('every invalid value is named, with the expectation', (t) => {
  const input = {
    network: { cidr: '10.20.0.0' },
    fleet: { name: 'Fleet', minReadySeconds: 601 },
    service: { scheme: 'ftp', rateLimit: { requests: -1 } },
    logs: { groups: 'fleet', region: 'Frankfurt', endpoint: 'https://logs.amazonaws.com/?a=b' },
  };
  t.throws(() => parseVariables(input), {
    message: message([
      "  service.scheme: expected 'https' or 'http', got \"ftp\"",
      '  service.rateLimit.requests: expected at least 0, got -1',
      '  network.cidr: expected an IPv4 network such as 10.20.0.0/16, got "10.20.0.0"',
      '  fleet.name: expected at most 40 lower-case letters, digits and hyphens, got "Fleet"',
      '  fleet.minReadySeconds: expected at most 600, got 601',
      '  logs.groups: expected a prefix of log groups such as /intent-fleet-production, got "fleet"',
      '  logs.region: expected a region such as eu-central-1, got "Frankfurt"',
      '  logs.endpoint: expected an address without characters to escape, got "https://logs.amazonaws.com/?a=b"',
    ]),
  });
});

test('unknown keys are refused', (t) => {
  t.throws(() => parseVariables({ ...least, nginx: { burst: 3 } }), {
    message: message(['  nginx.burst: unknown key']),
  });
});

test('the port of a worker leaves room for that of its metrics', (t) => {
  t.throws(() => parseVariables({ ...least, service: { firstPort: 9937 } }), {
    message: message(['  service.firstPort: expected at most 9936, got 9937']),
  });
});

test('missing variables as a whole are refused', (t) => {
  t.throws(() => parseVariables(undefined), {
    message: message(['  (top level): expected a mapping, got nothing']),
  });
});
