import type { Protocol } from './protocol.ts';
import { escapeXml, xml } from './query.ts';

/** The protocol of S3, whose requests are no calls with names. */
export const restProtocol: Protocol = {
  name: 's3',
  type: 'application/xml',
  parse: () => undefined,
  answer: (_, value) => xml(value),
  error: (_, code, message) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`,
};
