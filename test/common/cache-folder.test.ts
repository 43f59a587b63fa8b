import test from 'ava';
import { cacheFolder } from '../../common/cache-folder.ts';

test('the cache is below the XDG cache folder of the user', (t) => {
  t.is(cacheFolder({ XDG_CACHE_HOME: '/cache' }), '/cache/intent-fleet');
  t.regex(cacheFolder({}), /\/\.cache\/intent-fleet$/);
});
