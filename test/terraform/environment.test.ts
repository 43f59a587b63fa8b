import test from 'ava';
import { terraformEnvironment } from '../../terraform/environment.ts';

const always = { GOGC: '400', TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' };

test("the user's arguments and variables for Terraform are removed", (t) => {
  const settings = {
    TF_CLI_ARGS: '-x',
    TF_VAR_a: '1',
    TF_WORKSPACE: 'w',
    TF_DATA_DIR: '/d',
    TF_LOG: 'TRACE',
    TF_PLUGIN_CACHE_DIR: '/c',
  };
  t.deepEqual(terraformEnvironment({ ...settings, AWS_REGION: 'r' }), {
    AWS_REGION: 'r',
    TF_PLUGIN_CACHE_DIR: '/c',
    ...always,
  });
});

test('the configuration of the command line is kept where the file exists', (t) => {
  const there = { TF_CLI_CONFIG_FILE: import.meta.filename };
  t.deepEqual(terraformEnvironment(there), { ...there, ...always });
  t.deepEqual(terraformEnvironment({ TF_CLI_CONFIG_FILE: '/nowhere/terraformrc' }), always);
});

test("Terraform's log is kept where it has a file of its own", (t) => {
  const log = { TF_LOG: 'debug', TF_LOG_PATH: '/tmp/terraform.log' };
  t.deepEqual(terraformEnvironment({ ...log, TF_VAR_a: '1' }), { ...log, ...always });
});

test("the user's choice of how often garbage is collected is kept", (t) => {
  t.deepEqual(terraformEnvironment({ GOGC: 'off' }), { ...always, GOGC: 'off' });
});
