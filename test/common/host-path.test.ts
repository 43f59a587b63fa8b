import test from 'ava';
import { hostPath } from '../../common/host-path.ts';

test("the PATH of this host's programs has no folder of npm's", (t) => {
  t.is(hostPath('/fleet/node_modules/.bin:/usr/sbin::node_modules/.bin/:/usr/bin'), '/usr/sbin:/usr/bin');
  t.is(hostPath(''), '');
});
