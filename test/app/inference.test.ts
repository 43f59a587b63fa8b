import test from 'ava';
import { decodeStrings, encodeDoubles, encodeStrings } from '../../app/inference/bytes-tensor.ts';
import { openArtifact } from '../../model/artifact/open.ts';
import { hasAnswers, sendRaw, statuses } from './raw.ts';
import { post, startTestService } from './service.ts';

function input(data: unknown[], shape = [data.length]) {
  return { name: 'text', shape, datatype: 'BYTES', data };
}

test('the metadata of the server and its model', async (t) => {
  const { url, service } = await startTestService(t);
  const get = async (path: string) => (await fetch(url + path)).json();
  const version = service.modelVersion();
  const metadata = {
    name: 'intent',
    versions: [version],
    platform: 'intent-fleet',
    inputs: [{ name: 'text', datatype: 'BYTES', shape: [-1] }],
    outputs: [
      { name: 'intent', datatype: 'BYTES', shape: [-1] },
      { name: 'confidence', datatype: 'FP64', shape: [-1] },
    ],
  };
  t.deepEqual(await get('/v2'), { name: 'intent-fleet', version: '0.1.0', extensions: ['binary_tensor_data'] });
  t.deepEqual(await get('/v2/health/live'), { live: true });
  t.deepEqual(await get('/v2/health/ready'), { ready: true });
  t.deepEqual(await get('/v2/models/intent'), metadata);
  t.deepEqual(await get(`/v2/models/intent/versions/${version}`), metadata);
  t.deepEqual(await get('/v2/models/intent/ready'), { name: 'intent', ready: true });
});

test('texts in JSON are answered as tensors of the same shape', async (t) => {
  const { url, folder } = await startTestService(t);
  const model = await openArtifact(folder);
  const version = model.manifest.version;
  const texts = ['Great service!', 'Hi, How are you?'];
  const request = { id: '7', inputs: [input([[texts[0]], [texts[1]]], [2, 1])] };
  const expected = {
    model_name: 'intent',
    model_version: version,
    id: '7',
    outputs: [
      { name: 'intent', datatype: 'BYTES', shape: [2, 1], data: ['praise', 'greeting'] },
      {
        name: 'confidence',
        datatype: 'FP64',
        shape: [2, 1],
        data: texts.map((text) => model.predict(text).confidence),
      },
    ],
  };
  for (const path of ['/v2/models/intent/infer', `/v2/models/intent/versions/${version}/infer`]) {
    t.deepEqual(await (await post(url + path, request)).json(), expected);
  }
});

test('accepts a shape of four dimensions', async (t) => {
  const { url } = await startTestService(t);
  const response = await post(`${url}/v2/models/intent/infer`, { inputs: [input([[[['a']]]], [1, 1, 1, 1])] });
  t.is(response.status, 200);
});

test('answers with the requested outputs alone', async (t) => {
  const { url } = await startTestService(t);
  const response = await post(`${url}/v2/models/intent/infer`, {
    inputs: [input(['Great service!'])],
    outputs: [{ name: 'intent' }],
  });
  const { outputs } = (await response.json()) as { outputs: unknown[] };
  t.deepEqual(outputs, [{ name: 'intent', datatype: 'BYTES', shape: [1], data: ['praise'] }]);
});

test('reads and writes binary tensors behind the JSON', async (t) => {
  const { url, folder } = await startTestService(t);
  const model = await openArtifact(folder);
  const tensor = encodeStrings(['Great service!', 'ça va ?']);
  const head = Buffer.from(
    JSON.stringify({
      inputs: [{ name: 'text', shape: [2], datatype: 'BYTES', parameters: { binary_data_size: tensor.length } }],
      parameters: { binary_data_output: true },
    }),
  );
  const response = await post(`${url}/v2/models/intent/infer`, Buffer.concat([head, tensor]), {
    'Content-Type': 'application/octet-stream',
    'Inference-Header-Content-Length': String(head.length),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const length = Number(response.headers.get('inference-header-content-length'));
  const { outputs } = JSON.parse(bytes.subarray(0, length).toString());
  const predictions = ['Great service!', 'ça va ?'].map((text) => model.predict(text));
  const intents = encodeStrings(predictions.map(({ intent }) => intent));
  t.is(response.headers.get('content-type'), 'application/octet-stream');
  t.deepEqual(outputs, [
    { name: 'intent', datatype: 'BYTES', shape: [2], parameters: { binary_data_size: intents.length } },
    { name: 'confidence', datatype: 'FP64', shape: [2], parameters: { binary_data_size: 16 } },
  ]);
  const confidences = encodeDoubles(predictions.map(({ confidence }) => confidence));
  t.deepEqual(bytes.subarray(length), Buffer.concat([intents, confidences]));
});

const shape = 'expected a shape such as [1], of at most 2 texts';
const bytes = 'expected BYTES, which is how the protocol calls strings';
const missing = { name: 'text', shape: [1], datatype: 'BYTES', parameters: { binary_data_size: 9 } };

const refused: Record<string, [inputs: unknown[], pointer: string, detail: string]> = {
  'no input': [[], '/inputs', 'expected one input named text, got an array of 0'],
  'two inputs': [[input(['a']), input(['a'])], '/inputs', 'expected one input named text, got an array of 2'],
  'an input of another name': [
    [{ ...input(['a']), name: 'x' }],
    '/inputs/0/name',
    'expected one input named text, got a string of 1 characters',
  ],
  'another datatype': [
    [{ ...input(['a']), datatype: 'FP32' }],
    '/inputs/0/datatype',
    `${bytes}, got a string of 4 characters`,
  ],
  'a shape of another size': [[input(['a'], [2])], '/inputs/0/data', 'expected 2 texts as the shape says, got 1'],
  'too many texts': [[input(['a', 'b', 'c'])], '/inputs/0/shape/0', `${shape}, got a number`],
  'too many texts in two dimensions': [[input(['a', 'b', 'c', 'd'], [2, 2])], '/inputs/0/shape', `${shape}, got 4`],
  'five dimensions': [[input([[[[['a']]]]], [1, 1, 1, 1, 1])], '/inputs/0/shape', `${shape}, got an array of 5`],
  'a text that is not a string': [[input([5])], '/inputs/0/data/0', 'expected a string, got a number'],
  'a missing binary tensor': [
    [missing],
    '/inputs/0/parameters/binary_data_size',
    'expected 0, the bytes behind the JSON',
  ],
};

for (const [name, [inputs, pointer, expected]] of Object.entries(refused)) {
  test(`refuses ${name}, with the detail in \`error\` too`, async (t) => {
    const { url } = await startTestService(t, { BATCH_LIMIT_TEXTS: '2' });
    const response = await post(`${url}/v2/models/intent/infer`, { inputs });
    const detail = `${pointer}: ${expected}.`;
    t.is(response.status, 422);
    t.like(await response.json(), { detail, error: detail, errors: [{ detail: expected, pointer }] });
  });
}

test('refuses an unknown output', async (t) => {
  const { url } = await startTestService(t);
  const outputs = [{ name: 'logits' }];
  const response = await post(`${url}/v2/models/intent/infer`, { inputs: [input(['a'])], outputs });
  const detail = '/outputs/0/name: expected one of intent, confidence, got a string of 6 characters.';
  t.like(await response.json(), { status: 422, detail });
});

test("accepts a request without a media type, as from Triton's client", async (t) => {
  const { port } = await startTestService(t);
  const body = JSON.stringify({ inputs: [input(['Great service!'])] });
  const head = `POST /v2/models/intent/infer HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`;
  t.deepEqual(statuses(await sendRaw(port, [head + body], hasAnswers(1))), [200]);
});

test('answers another model or version with 404', async (t) => {
  const { url, service } = await startTestService(t);
  const detail = async (path: string) => {
    const response = await fetch(url + path);
    return [response.status, ((await response.json()) as { error: string }).error];
  };
  t.deepEqual(await detail('/v2/models/other'), [404, 'The only model here is intent.']);
  t.deepEqual(await detail('/v2/models/intent/versions/1/ready'), [
    404,
    `The only version of intent here is ${service.modelVersion()}.`,
  ]);
});

test('refuses an invalid length of the JSON part', async (t) => {
  const { url } = await startTestService(t);
  for (const length of ['999', '-1', 'x']) {
    const response = await post(`${url}/v2/models/intent/infer`, '{}', { 'Inference-Header-Content-Length': length });
    t.is(response.status, 422);
  }
});

test('decodes the strings that it encodes and refuses wrong lengths', (t) => {
  const strings = ['', 'a', 'ünïcödé 😀', ''];
  t.deepEqual(decodeStrings(encodeStrings(strings)), strings);
  t.is(decodeStrings(Buffer.from([1, 0, 0])), undefined);
  t.is(decodeStrings(Buffer.from([2, 0, 0, 0, 65])), undefined);
  t.is(decodeStrings(Buffer.from([255, 255, 255, 255])), undefined);
  t.is(decodeStrings(Buffer.from([1, 0, 0, 0, 0xff])), undefined);
});
