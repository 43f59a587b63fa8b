import test from 'ava';
import { members, parseQueryCall, queryAnswer, queryError } from '../../../rehearsal/gateway/query.ts';

const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=KEY/20260101/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=00`;

test('a call has an action, the service that it is signed for and parameters', (t) => {
  const call = parseQueryCall(authorization('autoscaling'), 'Action=Describe&Version=1&Name=a%20b%26c');
  t.like(call, { service: 'autoscaling', action: 'Describe' });
  t.is(call?.parameters.get('Name'), 'a b&c');
  for (const unsigned of [undefined, 'Basic abc']) t.is(parseQueryCall(unsigned, 'Action=Describe')?.service, '');
  for (const body of ['a=b', '']) t.is(parseQueryCall(authorization('ec2'), body), undefined);
});

test('members are read in order, up to the first gap', (t) => {
  const parameters = new URLSearchParams('Id.member.2=b&Id.member.1=a&Id.member.4=d&Other.member.1=x');
  t.deepEqual(members(parameters, 'Id'), ['a', 'b']);
  t.deepEqual(members(parameters, 'None'), []);
});

const call = { service: 'autoscaling', action: 'Describe', parameters: new URLSearchParams() };
const withoutIds = (xml: string) => xml.replace(/<RequestId>[0-9a-f-]{36}<\/RequestId>/, '<RequestId/>');

test('an answer is rendered as nested elements, without undefined values', (t) => {
  const result = { Name: 'a<b>&"c"', Count: 3, Open: false, None: undefined, List: [{ Id: '1' }, 'two'], Empty: [] };
  t.is(
    withoutIds(queryAnswer(call, result)),
    '<DescribeResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><DescribeResult>' +
      '<Name>a&lt;b&gt;&amp;&quot;c&quot;</Name><Count>3</Count><Open>false</Open>' +
      '<List><member><Id>1</Id></member><member>two</member></List><Empty></Empty>' +
      '</DescribeResult><ResponseMetadata><RequestId/></ResponseMetadata></DescribeResponse>',
  );
});

test('an error has a code and a message', (t) => {
  t.is(
    withoutIds(queryError(call, 'ValidationError', 'no < 1')),
    '<ErrorResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">' +
      '<Error><Type>Sender</Type><Code>ValidationError</Code><Message>no &lt; 1</Message></Error>' +
      '<RequestId/></ErrorResponse>',
  );
});

test('answers and errors of EC2 have its own form', (t) => {
  const ec2 = { service: 'ec2', action: 'Get', parameters: new URLSearchParams() };
  const id = /[0-9a-f-]{36}/;
  t.is(
    queryAnswer(ec2, { instanceId: 'i-1' }).replace(id, 'id'),
    '<GetResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>id</requestId><instanceId>i-1</instanceId></GetResponse>',
  );
  t.is(
    queryError(ec2, 'NotFound', 'no < 1').replace(id, 'id'),
    '<Response><Errors><Error><Code>NotFound</Code><Message>no &lt; 1</Message></Error></Errors><RequestID>id</RequestID></Response>',
  );
});
