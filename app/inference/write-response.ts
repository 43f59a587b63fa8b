import type { Response } from 'express';
import type { Prediction } from '../../model/prediction.ts';
import { answer, answerJson } from '../http/answer.ts';
import { type InferRequest, type InferResponse, modelName, outputNames } from '../schemas/inference.ts';
import { encodeDoubles, encodeStrings } from './bytes-tensor.ts';
import { jsonLengthHeader } from './read-request.ts';

type OutputName = (typeof outputNames)[number];

const datatypes = { intent: 'BYTES', confidence: 'FP64' } as const;

/** The outputs in the model's metadata; their size is the number of texts. */
export const outputMetadata = outputNames.map((name) => ({ name, datatype: datatypes[name], shape: [-1] }));

/** Answers with the requested outputs, each in the JSON or as a binary tensor behind it. */
export function writeInference(
  response: Response,
  request: InferRequest,
  predictions: Prediction[],
  version: string,
): void {
  const tensors: Buffer[] = [];
  const outputs = requestedOutputs(request).map(({ name, isBinary }) => {
    const tensor = { name, datatype: datatypes[name], shape: request.inputs[0]?.shape ?? [] };
    if (!isBinary) return { ...tensor, data: predictions.map((prediction) => prediction[name]) };
    const bytes = encode(name, predictions);
    tensors.push(bytes);
    return { ...tensor, parameters: { binary_data_size: bytes.length } };
  });
  const id = request.id === undefined ? {} : { id: request.id };
  send(response, { model_name: modelName, model_version: version, ...id, outputs }, tensors);
}

function requestedOutputs({ outputs, parameters }: InferRequest): { name: OutputName; isBinary: boolean }[] {
  const isBinaryByDefault = parameters?.binary_data_output === true;
  const requested = outputs?.length ? outputs : outputNames.map((name) => ({ name, parameters: undefined }));
  return requested.map(({ name, parameters: own }) => ({
    name,
    isBinary: own?.binary_data === undefined ? isBinaryByDefault : own.binary_data === true,
  }));
}

function encode(name: OutputName, predictions: Prediction[]): Buffer {
  return name === 'intent'
    ? encodeStrings(predictions.map(({ intent }) => intent))
    : encodeDoubles(predictions.map(({ confidence }) => confidence));
}

function send(response: Response, body: InferResponse, tensors: Buffer[]): void {
  if (tensors.length === 0) {
    answerJson(response, 200, body);
    return;
  }
  const head = Buffer.from(JSON.stringify(body));
  response.setHeader(jsonLengthHeader, head.length);
  answer(response, 200, Buffer.concat([head, ...tensors]), 'application/octet-stream');
}
