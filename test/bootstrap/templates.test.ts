import test from 'ava';
import { renderTemplate } from '../../bootstrap/templates.ts';

test('a missing template is named', (t) => {
  t.throws(() => renderTemplate('none.njk', {}), { message: /^No template none\.njk in \S+\/bootstrap\/templates\.$/ });
});

test('a missing variable is an error', (t) => {
  t.throws(() => renderTemplate('logrotate.njk', { paths: {} }), { message: /attempted to output null or undefined/ });
});
