import { textSchema } from '../../common/text-schema.ts';
import type { Context } from '../context.ts';
import { untyped } from '../http/media-type.ts';
import { readInference } from '../inference/read-request.ts';
import { writeInference } from '../inference/write-response.ts';
import { inferRequestSchema, inferResponseSchema } from '../schemas/inference.ts';
import { answerText } from './answer-text.ts';
import { checkModel, type ModelPath } from './inference-model.ts';
import { json, type Operation } from './operation.ts';

// Triton's client sends no type.
const mediaTypes = [json, 'application/octet-stream', untyped];

/** `POST {model path}/infer`: classifies the texts of a tensor. */
export function inferOperation(context: Context, { path, parameters, idSuffix }: ModelPath): Operation {
  const { batchTexts, textCharacters } = context.settings.limits;
  const schema = inferRequestSchema(batchTexts);
  const schemas = { mostTexts: batchTexts, request: schema, text: textSchema(textCharacters) };
  return {
    id: `infer${idSuffix}`,
    tag: 'inference protocol',
    method: 'post',
    scope: 'predict',
    path: `${path}/infer`,
    summary: `Classify up to ${batchTexts} texts, sent as a tensor`,
    parameters,
    body: { schema, mediaTypes },
    answer: { description: 'The intents and confidences as tensors', mediaType: json, schema: inferResponseSchema },
    problems: ['invalid-path', 'not-found'],
    handle: (request, response) => {
      checkModel(request, context);
      const inference = readInference(request, schemas);
      request.texts = inference.texts;
      const classifier = context.classifier();
      const predictions = inference.texts.map((text) => answerText(context, classifier, text, 1));
      writeInference(response, inference.request, predictions, classifier.manifest.version);
    },
  };
}
