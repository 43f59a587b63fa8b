import test from 'ava';
import { renderTemplate } from '../../bootstrap/templates.ts';

test('a template that is not there is named', (t) => {
  t.throws(() => renderTemplate('none.njk', {}), { message: /^No template none\.njk in \S+\/bootstrap\/templates\.$/ });
});

test('a variable that is missing is an error and no empty string', (t) => {
  t.throws(() => renderTemplate('logrotate.njk', { paths: {} }), { message: /attempted to output null or undefined/ });
});
