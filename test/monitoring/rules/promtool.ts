import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import { stringify } from 'yaml';
import { rulesFile } from '../../../monitoring/rules.ts';
import type { PrometheusPrograms } from '../../support/prometheus-package.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Series by their name and labels; the values are in promtool's notation, such as `0+10x60`, one a minute. */
export type Series = Record<string, string>;

export interface Expectation {
  /** When the expression is evaluated, such as `30m`. */
  at: string;
  expression: string;
  /** The result's values by their labels. */
  values: Record<string, number>;
}

/** Runs promtool's test of rules on series of a minute's interval; it fails with promtool's words. */
export async function testRules(
  t: ExecutionContext,
  { promtool }: PrometheusPrograms,
  series: Series,
  expectations: readonly Expectation[],
): Promise<void> {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'rules.yml'), rulesFile());
  await writeFile(join(folder, 'test.yml'), stringify(testFile(series, expectations)));
  const { failed, stdout, stderr } = await execa(promtool, ['test', 'rules', 'test.yml'], {
    cwd: folder,
    reject: false,
  });
  t.false(failed, `${stdout}${stderr}`);
}

function testFile(series: Series, expectations: readonly Expectation[]) {
  return {
    rule_files: ['rules.yml'],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: expectations.map(({ at, expression, values }) => ({
          expr: expression,
          eval_time: at,
          exp_samples: Object.entries(values).map(([labels, value]) => ({ labels, value })),
        })),
      },
    ],
  };
}
