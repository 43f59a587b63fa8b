import { z } from 'zod';

/** The name of the served model. */
export const modelName = 'intent';

const tensorMetadataSchema = z.object({ name: z.string(), datatype: z.string(), shape: z.array(z.int()) });

/** `GET /v2` */
export const serverMetadataSchema = z
  .object({ name: z.string(), version: z.string(), extensions: z.array(z.string()) })
  .meta({ id: 'ServerMetadata' });

/** `GET /v2/models/{model}` */
export const modelMetadataSchema = z
  .object({
    name: z.string(),
    versions: z.array(z.string()),
    platform: z.string(),
    inputs: z.array(tensorMetadataSchema),
    outputs: z.array(tensorMetadataSchema),
  })
  .meta({ id: 'ModelMetadata' });

/** `GET /v2/health/live` and `GET /v2/health/ready` */
export const liveSchema = z.object({ live: z.literal(true) }).meta({ id: 'ServerLive' });
export const serverReadySchema = z.object({ ready: z.literal(true) }).meta({ id: 'ServerReady' });
export const modelReadySchema = z.object({ name: z.string(), ready: z.literal(true) }).meta({ id: 'ModelReady' });

/** The names of the model's outputs, each with one value per text. */
export const outputNames = ['intent', 'confidence'] as const;

const parameters = z.record(z.string(), z.unknown()).optional();
const datatypeError = 'expected BYTES, which is how the protocol calls strings';
const inputsError = 'expected one input named text';

const exampleInput = { name: 'text', shape: [1], datatype: 'BYTES', data: ['Great service!'] };

/** Returns the schema of the JSON part of `POST /v2/models/{model}/infer`. */
export function inferRequestSchema(texts: number) {
  const shapeError = `expected a shape such as [1], of at most ${texts} texts`;
  const size = z.int({ error: shapeError }).min(1, { error: shapeError }).max(texts, { error: shapeError });
  const input = z.object({
    name: z.literal('text', { error: inputsError }),
    shape: z.array(size, { error: shapeError }).min(1, { error: shapeError }).max(4, { error: shapeError }),
    datatype: z.literal('BYTES', { error: datatypeError }),
    parameters: parameters.describe('`binary_data_size` when the texts follow the JSON as bytes'),
    data: z.array(z.unknown()).optional().describe('The texts, flat or nested as the shape says'),
  });
  const output = z.object({
    name: z.enum(outputNames, { error: `expected one of ${outputNames.join(', ')}` }),
    parameters: parameters.describe('`binary_data: true` to get the values as bytes behind the JSON'),
  });
  const request = z.object({
    id: z.string({ error: 'expected a string' }).optional(),
    parameters,
    inputs: z.array(input, { error: inputsError }).length(1, { error: inputsError }),
    outputs: z.array(output, { error: 'expected an array of outputs' }).optional(),
  });
  return request.meta({ examples: [{ inputs: [exampleInput] }] });
}

/** The JSON part of a valid inference request. */
export type InferRequest = z.output<ReturnType<typeof inferRequestSchema>>;

/** The JSON part of the answer to an inference request. */
export const inferResponseSchema = z
  .object({
    model_name: z.string(),
    model_version: z.string(),
    id: z.string().optional(),
    outputs: z.array(
      tensorMetadataSchema.extend({
        data: z.array(z.union([z.string(), z.number()])).optional(),
        parameters: z.object({ binary_data_size: z.int() }).optional(),
      }),
    ),
  })
  .meta({ id: 'InferResponse' });

/** The JSON part of the answer to an inference request. */
export type InferResponse = z.infer<typeof inferResponseSchema>;
