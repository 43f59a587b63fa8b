import test from 'ava';
import { literal } from '../../stacks/literal.ts';

test('a value is an expression in which no template begins', (t) => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform must not fill these in
  const value = { text: 'a "b" \\ ${c} %{d}\n', none: null };
  t.is(
    literal(value, ['aws_vpc.it', 'aws_lb.it']),
    '${join("", [aws_vpc.it.id, aws_lb.it.id]) != "" ? jsondecode("{\\"text\\":\\"a \\\\\\"b\\\\\\" \\\\\\\\ \\u0024{c} \\u0025{d}\\\\n\\",\\"none\\":null}") : null}',
  );
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform must not fill these in
});

test('Terraform reads the value that was written', (t) => {
  const value = { text: '$${a} %%{b} "c"\t\u0001\u007f ü 😀', list: [1, null, true, {}] };
  const [, quoted = ''] = /jsondecode\((".*")\) : null\}$/s.exec(literal(value, [])) ?? [];
  // Its quoted texts have the escapes of JSON.
  t.deepEqual(JSON.parse(JSON.parse(quoted)), value);
});
