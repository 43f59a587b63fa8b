import type { Check } from '../check.ts';
import type { Environment } from '../environment.ts';
import type { Question } from '../http.ts';

const page = 'Listener rules for your Application Load Balancer';

/** A check of the answer to one request: `status body`. */
function answers(name: string, expected: string, path: string, question?: Question): Check {
  return { name, expected, page, observe: (environment) => answerTo(environment, path, question) };
}

async function answerTo(environment: Environment, path: string, question?: Question): Promise<string> {
  const { status, body } = await environment.ask(path, question);
  return `${status} ${body.trim().split(' ').at(-1)}`;
}

async function redirected(environment: Environment): Promise<string> {
  const { status, headers } = await environment.ask('/somewhere?page=older');
  const { pathname, search } = new URL(headers.location ?? 'none:');
  return `${status} ${pathname}${search}`;
}

/** Which rule a request matches. */
export const ruleChecks: Check[] = [
  answers('a request that no rule matches', '200 web', '/'),
  answers('a rule with a path', '418 path', '/fixed'),
  answers('a rule with a path with a wildcard', '418 path', '/also-this'),
  answers('a path that begins like that of a rule', '200 web', '/fixed/not'),
  answers('a path in other letters', '200 web', '/FIXED'),
  answers('a rule with a host', '418 host', '/', { headers: { host: 'SHOP.example.com' } }),
  answers('a rule with a method', '418 method', '/', { method: 'DELETE' }),
  answers('a rule with a header', '200 second', '/', { headers: { 'X-Group': 'second' } }),
  answers('two rules that match', '418 path', '/fixed', { method: 'DELETE' }),
  {
    name: 'a redirect by query string and source address',
    expected: '302 /moved/somewhere?page=older',
    page,
    observe: redirected,
  },
];
