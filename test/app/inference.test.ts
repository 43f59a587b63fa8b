import test from 'ava';
import { decodeStrings, encodeDoubles, encodeStrings } from '../../app/inference/bytes-tensor.ts';
import { openArtifact } from '../../model/artifact/open.ts';
import { hasAnswers, sendRaw, statuses } from './raw.ts';
import { getJson, post, startTestService, statusAndJson } from './service.ts';

const inferPath = '/v2/models/intent/infer';

function input(data: unknown[], shape = [data.length]) {
  return { name: 'text', shape, datatype: 'BYTES', data };
}

test('the metadata of the server and its model', async (t) => {
  const { url, service } = await startTestService(t);
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
  const expected = {
    '/v2': { name: 'intent-fleet', version: '0.1.0', extensions: ['binary_tensor_data'] },
    '/v2/health/live': { live: true },
    '/v2/health/ready': { ready: true },
    '/v2/models/intent': metadata,
    [`/v2/models/intent/versions/${version}`]: metadata,
    '/v2/models/intent/ready': { name: 'intent', ready: true },
  };
  for (const [path, body] of Object.entries(expected)) t.deepEqual(await getJson(url + path), body);
});

test('texts in JSON are answered as tensors of the same shape', async (t) => {
  const { url, folder } = await startTestService(t);
  const model = await openArtifact(folder);
  const version = model.manifest.version;
  const texts = ['Great service!', 'Hi, How are you?'];
  const confidences = texts.map((text) => model.predict(text).confidence);
  const request = { id: '7', inputs: [input([[texts[0]], [texts[1]]], [2, 1])] };
  const expected = {
    model_name: 'intent',
    model_version: version,
    id: '7',
    outputs: [
      { name: 'intent', datatype: 'BYTES', shape: [2, 1], data: ['praise', 'greeting'] },
      { name: 'confidence', datatype: 'FP64', shape: [2, 1], data: confidences },
    ],
  };
  for (const path of [inferPath, `/v2/models/intent/versions/${version}/infer`]) {
    t.deepEqual(await statusAndJson(post(url + path, request)), [200, expected]);
  }
});

test('accepts a shape of four dimensions and answers with the requested outputs alone', async (t) => {
  const { url } = await startTestService(t);
  const request = { inputs: [input([[[['Great service!']]]], [1, 1, 1, 1])], outputs: [{ name: 'intent' }] };
  const [, answer] = await statusAndJson(post(url + inferPath, request));
  t.like(answer, { outputs: [{ name: 'intent', datatype: 'BYTES', shape: [1, 1, 1, 1], data: ['praise'] }] });
  t.is((answer as { outputs: unknown[] }).outputs.length, 1);
});

test('reads and writes binary tensors behind the JSON', async (t) => {
  const { url, folder } = await startTestService(t);
  const model = await openArtifact(folder);
  const texts = ['Great service!', 'ça va ?'];
  const tensor = encodeStrings(texts);
  const inputs = [{ name: 'text', shape: [2], datatype: 'BYTES', parameters: { binary_data_size: tensor.length } }];
  const head = Buffer.from(JSON.stringify({ inputs, parameters: { binary_data_output: true } }));
  const response = await post(url + inferPath, Buffer.concat([head, tensor]), {
    'Content-Type': 'application/octet-stream',
    'Inference-Header-Content-Length': String(head.length),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const length = Number(response.headers.get('inference-header-content-length'));
  const { outputs } = JSON.parse(bytes.subarray(0, length).toString());
  const predictions = texts.map((text) => model.predict(text));
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
const bytes = 'expected BYTES, which is how the protocol calls strings, got a string of 4 characters';
const missing = { name: 'text', shape: [1], datatype: 'BYTES', parameters: { binary_data_size: 9 } };
const oneInput = 'expected one input named text';
const sizePointer = '/inputs/0/parameters/binary_data_size';
const output = 'expected one of intent, confidence, got a string of 6 characters';

const refused: Record<string, [request: object, pointer: string, detail: string]> = {
  'no input': [{ inputs: [] }, '/inputs', `${oneInput}, got an array of 0`],
  'two inputs': [{ inputs: [input(['a']), input(['a'])] }, '/inputs', `${oneInput}, got an array of 2`],
  'an input of another name': [ask({ name: 'x' }), '/inputs/0/name', `${oneInput}, got a string of 1 characters`],
  'another datatype': [ask({ datatype: 'FP32' }), '/inputs/0/datatype', bytes],
  'a shape of another size': [ask({ shape: [2] }), '/inputs/0/data', 'expected 2 texts as the shape says, got 1'],
  'too many texts': [ask(input(['a', 'b', 'c'])), '/inputs/0/shape/0', `${shape}, got a number`],
  'too many texts in two dimensions': [ask(input(['a', 'b', 'c', 'd'], [2, 2])), '/inputs/0/shape', `${shape}, got 4`],
  'five dimensions': [ask({ shape: [1, 1, 1, 1, 1] }), '/inputs/0/shape', `${shape}, got an array of 5`],
  'a text that is not a string': [ask(input([5])), '/inputs/0/data/0', 'expected a string, got a number'],
  'a missing binary tensor': [{ inputs: [missing] }, sizePointer, 'expected 0, the bytes behind the JSON'],
  'an unknown output': [{ ...ask({}), outputs: [{ name: 'logits' }] }, '/outputs/0/name', output],
};

/** Returns a request of one input, valid but for `changes`. */
function ask(changes: object) {
  return { inputs: [{ ...input(['a']), ...changes }] };
}

for (const [name, [request, pointer, expected]] of Object.entries(refused)) {
  test(`refuses ${name}, with the detail in \`error\` too`, async (t) => {
    const { url } = await startTestService(t, { BATCH_LIMIT_TEXTS: '2' });
    const [status, problem] = await statusAndJson(post(url + inferPath, request));
    const detail = `${pointer}: ${expected}.`;
    t.is(status, 422);
    t.like(problem, { status, detail, error: detail, errors: [{ detail: expected, pointer }] });
  });
}

test("accepts a request without a media type, as from Triton's client", async (t) => {
  const { port } = await startTestService(t);
  const body = JSON.stringify({ inputs: [input(['Great service!'])] });
  const head = `POST ${inferPath} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`;
  t.deepEqual(statuses(await sendRaw(port, [head + body], hasAnswers(1))), [200]);
});

test('answers another model or version with 404', async (t) => {
  const { url, service } = await startTestService(t);
  const expected = {
    '/v2/models/other': 'The only model here is intent.',
    '/v2/models/intent/versions/1/ready': `The only version of intent here is ${service.modelVersion()}.`,
  };
  for (const [path, error] of Object.entries(expected)) {
    t.like(await statusAndJson(fetch(url + path)), [404, { error }]);
  }
});

test('refuses an invalid length of the JSON part', async (t) => {
  const { url } = await startTestService(t);
  for (const length of ['999', '-1', 'x']) {
    t.is((await post(url + inferPath, '{}', { 'Inference-Header-Content-Length': length })).status, 422);
  }
});

test('decodes the strings that it encodes and refuses wrong lengths', (t) => {
  const strings = ['', 'a', 'ünïcödé 😀', ''];
  t.deepEqual(decodeStrings(encodeStrings(strings)), strings);
  const bad = ['010000', '0200000041', 'ffffffff', '01000000ff'];
  for (const hex of bad) t.is(decodeStrings(Buffer.from(hex, 'hex')), undefined);
});
