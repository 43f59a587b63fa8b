import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** How a target group asks its targets; the names are the target group's own. */
export interface HealthCheck {
  protocol: 'HTTP' | 'HTTPS';
  port: number;
  path: string;
  /** Codes and ranges, such as `200` or `200-299,301`. */
  codes: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
}

/** What one question brought: whether it was answered as expected, and otherwise what came. */
export type Answer = { passed: true } | { passed: false; reason: string };

/** Asks the target at `address` once. As a real balancer does, it takes any certificate. */
export function ask(check: HealthCheck, address: string): Promise<Answer> {
  const request = check.protocol === 'HTTPS' ? requestHttps : requestHttp;
  const options = {
    host: address,
    port: check.port,
    path: check.path,
    agent: false,
    rejectUnauthorized: false,
    timeout: check.timeoutSeconds * 1000,
    headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
  };
  return new Promise((resolve) => {
    const fail = (reason: string) => resolve({ passed: false, reason });
    const asking = request(options, (response) => {
      response.resume();
      const code = response.statusCode ?? 0;
      if (matches(check.codes, code)) resolve({ passed: true });
      else fail(`Health checks failed with these codes: [${code}]`);
    });
    asking.on('timeout', () => asking.destroy(new Error('Request timed out')));
    asking.on('error', (error) => fail(error.message));
    asking.end();
  });
}

/** True where `code` is one of `codes`. */
export function matches(codes: string, code: number): boolean {
  return codes.split(',').some((part) => {
    const [low = '', high = low] = part.trim().split('-');
    return code >= Number(low) && code <= Number(high);
  });
}
