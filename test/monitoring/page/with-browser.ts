import test, { type ExecutionContext } from 'ava';
import { browser } from '../../support/browser.ts';
import { withPrometheus } from '../../support/prometheus.ts';
import type { PrometheusPrograms } from '../../support/prometheus-package.ts';

/** A test that needs Prometheus and a browser. */
export function withBrowser(
  title: string,
  run: (t: ExecutionContext, programs: PrometheusPrograms) => Promise<void>,
): void {
  if (browser) withPrometheus(title, run);
  else test.skip(`${title} (no Chromium is installed)`, (t) => t.fail());
}
