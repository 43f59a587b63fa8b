import natural from 'natural/package.json' with { type: 'json' };
import intentFleet from '../package.json' with { type: 'json' };

/** The versions of the software that trains a model. */
export const versions = { intentFleet: intentFleet.version, natural: natural.version, node: process.versions.node };
