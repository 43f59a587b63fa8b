import type { Check } from '../check.ts';
import type { Environment } from '../environment.ts';
import { type Answer, cookiesOf, type Question } from '../http.ts';

const page = 'Edit target group attributes for your Application Load Balancer';

const requests = 200;

async function share(environment: Environment): Promise<string> {
  const answers = await askOften(environment, requests, '/weighted');
  const percent = (100 * answers.filter(({ body }) => body.includes('second')).length) / requests;
  return percent >= 14 && percent <= 36 ? 'about a quarter' : `${percent} %`;
}

async function askOften(environment: Environment, count: number, path: string, question?: Question): Promise<Answer[]> {
  const answers: Answer[] = [];
  while (answers.length < count) answers.push(await environment.ask(path, question));
  return answers;
}

/** The names of the cookies that a first answer sets, and how many different answers come to requests with them. */
async function stickiness(
  environment: Environment,
  path: string,
  headers: Record<string, string>,
  of: RegExp,
): Promise<string> {
  const cookies = cookiesOf(await environment.ask(path, { headers }));
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answers = await askOften(environment, 20, path, { headers: { ...headers, cookie } });
  const different = new Set(answers.map(({ body }) => of.exec(body)?.[0]));
  return `${[...cookies.keys()].sort().join(', ')}: ${different.size} of them`;
}

/** Weights and cookies. */
export const weightChecks: Check[] = [
  {
    name: 'a target group with a weight of 1 beside one of 3',
    expected: 'about a quarter',
    page: 'Listener rules for your Application Load Balancer',
    observe: share,
  },
  {
    name: 'stickiness of target groups: the group',
    expected: 'AWSALBTG, AWSALBTGCORS: 1 of them',
    page,
    observe: (environment) => stickiness(environment, '/sticky', {}, /web|second/),
  },
  {
    name: 'stickiness of targets: the machine',
    expected: 'AWSALB, AWSALBCORS: 1 of them',
    page,
    observe: (environment) => stickiness(environment, '/', { 'x-group': 'pinned' }, /^i-\w+/),
  },
];
