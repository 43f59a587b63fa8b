import type { Check } from '../check.ts';

const page = 'Troubleshoot your Application Load Balancers';

function status(name: string, expected: string, path: string, headers: Record<string, string> = {}): Check {
  const observe: Check['observe'] = async (environment) => String((await environment.ask(path, { headers })).status);
  return { name, expected, page, observe };
}

/** What clients get when targets fail. */
export const faultChecks: Check[] = [
  status('a target that closes the connection', '502', '/break'),
  status('a target group without targets', '503', '/', { 'x-group': 'empty' }),
  status('a target that does not answer within the idle timeout', '504', '/slow/20'),
  status('an error of a target is passed on', '404', '/missing'),
];
