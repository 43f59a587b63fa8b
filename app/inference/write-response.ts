import type { Response } from 'express';
import type { Prediction } from '../../model/classifier.ts';
import { answer, answerJson } from '../http/answer.ts';
import { type InferRequest, type InferResponse, modelName, outputNames } from '../schemas/inference.ts';
import { encodeDoubles, encodeStrings } from './bytes-tensor.ts';
import { jsonLengthHeader } from './read-request.ts';

type OutputName = (typeof outputNames)[number];
type Output = InferResponse['outputs'][number];

const datatypes = { intent: 'BYTES', confidence: 'FP64' } as const;

/** The outputs as the model's metadata describes them: as many values as there are texts. */
export const outputMetadata = outputNames.map((name) => ({ name, datatype: datatypes[name], shape: [-1] }));

/** Answers with the outputs that were asked for, each in the JSON or as bytes behind it. */
export function writeInference(
  response: Response,
  request: InferRequest,
  predictions: Prediction[],
  version: string,
): void {
  const tails: Buffer[] = [];
  const outputs = wanted(request).map(({ name, isBinary }) => {
    const tensor = describe(name, request.inputs[0]?.shape ?? []);
    if (!isBinary) return { ...tensor, data: predictions.map((prediction) => prediction[name]) };
    const bytes = encode(name, predictions);
    tails.push(bytes);
    return { ...tensor, parameters: { binary_data_size: bytes.length } };
  });
  const id = request.id === undefined ? {} : { id: request.id };
  send(response, { model_name: modelName, model_version: version, ...id, outputs }, tails);
}

function wanted({ outputs, parameters }: InferRequest): { name: OutputName; isBinary: boolean }[] {
  const isBinaryByDefault = parameters?.binary_data_output === true;
  const asked = outputs?.length ? outputs : outputNames.map((name) => ({ name, parameters: undefined }));
  return asked.map(({ name, parameters: own }) => ({
    name,
    isBinary: own?.binary_data === undefined ? isBinaryByDefault : own.binary_data === true,
  }));
}

function describe(name: OutputName, shape: number[]): Output {
  return { name, datatype: datatypes[name], shape };
}

function encode(name: OutputName, predictions: Prediction[]): Buffer {
  return name === 'intent'
    ? encodeStrings(predictions.map(({ intent }) => intent))
    : encodeDoubles(predictions.map(({ confidence }) => confidence));
}

function send(response: Response, body: InferResponse, tails: Buffer[]): void {
  if (tails.length === 0) {
    answerJson(response, 200, body);
    return;
  }
  const head = Buffer.from(JSON.stringify(body));
  response.setHeader(jsonLengthHeader, head.length);
  answer(response, 200, Buffer.concat([head, ...tails]), 'application/octet-stream');
}
