import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** The health check of a target group. */
export interface HealthCheck {
  protocol: 'HTTP' | 'HTTPS';
  /** Undefined: that of the target. */
  port: number | undefined;
  path: string;
  /** Status codes and ranges of them, such as `200` or `200-299,301`. */
  codes: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
}

/** Where a target is checked. */
export interface CheckedTarget {
  address: string;
  /** The port that gets its requests. */
  port: number;
  /** The address of the balancer that checks it; undefined for any of this host. */
  from?: string | undefined;
}

/** AWS's codes of what a health check fails with. */
export type Failure = 'Target.Timeout' | 'Target.ResponseCodeMismatch' | 'Target.FailedHealthChecks';

export type CheckResult = { passed: true } | { passed: false; failure: Failure; reason: string };

/** Carries out a health check once. Like an Application Load Balancer, it accepts any certificate. */
export function checkHealth(check: HealthCheck, { address, port, from }: CheckedTarget): Promise<CheckResult> {
  const request = check.protocol === 'HTTPS' ? requestHttps : requestHttp;
  const options = {
    host: address,
    port: check.port ?? port,
    ...(from && { localAddress: from }),
    path: check.path,
    agent: false,
    rejectUnauthorized: false,
    timeout: check.timeoutSeconds * 1000,
    headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
  };
  return new Promise((resolve) => {
    const fail = (failure: Failure, reason: string) => resolve({ passed: false, failure, reason });
    const outgoing = request(options, (response) => {
      response.resume();
      const code = response.statusCode ?? 0;
      if (matchesCode(check.codes, code)) resolve({ passed: true });
      else fail('Target.ResponseCodeMismatch', `Health checks failed with these codes: [${code}]`);
    });
    // The error that follows comes too late to count.
    outgoing.on('timeout', () => {
      fail('Target.Timeout', 'Request timed out');
      outgoing.destroy();
    });
    outgoing.on('error', (error) => fail('Target.FailedHealthChecks', error.message));
    outgoing.end();
  });
}

/** Tells whether `code` is one of `codes`, a target group's matcher. */
export function matchesCode(codes: string, code: number): boolean {
  return codes.split(',').some((part) => {
    const [low = '', high = low] = part.trim().split('-');
    return code >= Number(low) && code <= Number(high);
  });
}
