import natural from 'natural/package.json' with { type: 'json' };
import intentFleet from '../package.json' with { type: 'json' };

/** What made the model. */
export const versions = { intentFleet: intentFleet.version, natural: natural.version, node: process.versions.node };
