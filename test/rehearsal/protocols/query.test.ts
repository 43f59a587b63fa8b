import test from 'ava';
import { queryProtocol } from '../../../rehearsal/protocols/query.ts';

const parse = (body: string, headers = {}) => queryProtocol.parse(body, headers);

test('a call has an action and parameters', (t) => {
  t.deepEqual(parse('Action=Describe&Version=1&Name=a%20b%26c&Name=d'), {
    action: 'Describe',
    input: { Action: 'Describe', Version: '1', Name: 'a b&c' },
  });
  for (const body of ['a=b', '', 'Action.Name=Describe']) t.is(parse(body), undefined);
  t.is(parse('Action=Describe', { 'x-amz-target': 'Service.Other' }), undefined);
});

test('lists are read in the order of their numbers, also within structures and lists', (t) => {
  const form = 'Id.member.2=b&Id.member.10=c&Id.member.1=a&Tag.1.Key=k&Tag.1.Values.1=v&Inner.List.member.1.Name=n';
  t.deepEqual(parse(`Action=Describe&${form}`)?.input, {
    Action: 'Describe',
    Id: ['a', 'b', 'c'],
    Tag: [{ Key: 'k', Values: ['v'] }],
    Inner: { List: [{ Name: 'n' }] },
  });
});

test('no name of a parameter reaches the prototypes of this program', (t) => {
  parse('Action=Describe&__proto__.polluted=yes&constructor.prototype.polluted=yes');
  t.is(({} as Record<string, unknown>).polluted, undefined);
});

const call = { service: 'autoscaling', action: 'Describe' };
const withoutIds = (xml: string) => xml.replace(/<RequestId>[0-9a-f-]{36}<\/RequestId>/, '<RequestId/>');

test('an answer is rendered as nested elements, without undefined values', (t) => {
  const result = {
    Name: 'a<b>&"c"',
    Count: 3,
    Open: false,
    None: undefined,
    List: [{ Id: '1' }, 'two'],
    Empty: [],
    Map: new Map([['p99', 3]]),
  };
  t.is(
    withoutIds(queryProtocol.answer(call, result)),
    '<DescribeResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><DescribeResult>' +
      '<Name>a&lt;b&gt;&amp;&quot;c&quot;</Name><Count>3</Count><Open>false</Open>' +
      '<List><member><Id>1</Id></member><member>two</member></List><Empty></Empty>' +
      '<Map><entry><key>p99</key><value>3</value></entry></Map>' +
      '</DescribeResult><ResponseMetadata><RequestId/></ResponseMetadata></DescribeResponse>',
  );
});

test('an error has a code and a message', (t) => {
  t.is(
    withoutIds(queryProtocol.error('autoscaling', 'ValidationError', 'no < 1')),
    '<ErrorResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">' +
      '<Error><Type>Sender</Type><Code>ValidationError</Code><Message>no &lt; 1</Message></Error>' +
      '<RequestId/></ErrorResponse>',
  );
});

test('answers and errors of EC2 have its own form', (t) => {
  const ec2 = { service: 'ec2', action: 'Get' };
  const id = /[0-9a-f-]{36}/;
  t.is(
    queryProtocol.answer(ec2, { instanceId: 'i-1' }).replace(id, 'id'),
    '<GetResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>id</requestId><instanceId>i-1</instanceId></GetResponse>',
  );
  t.is(
    queryProtocol.error('ec2', 'NotFound', 'no < 1').replace(id, 'id'),
    '<Response><Errors><Error><Code>NotFound</Code><Message>no &lt; 1</Message></Error></Errors><RequestID>id</RequestID></Response>',
  );
});
