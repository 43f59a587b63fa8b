import { createServer } from 'node:http';
import test, { type ExecutionContext } from 'ava';
import { machinePrice } from '../../deployments/machine-price.ts';
import { receiveCall } from '../support/receive-call.ts';
import { listen } from '../support/servers.ts';

const dimension = (USD: string, unit = 'Hrs') => ({ unit, pricePerUnit: { USD } });

const product = (...dimensions: object[]) =>
  JSON.stringify({ terms: { OnDemand: { term: { priceDimensions: { ...dimensions } } } } });

/** A price list of these products; `inputs` has what was asked. */
async function priceList(t: ExecutionContext, PriceList: string[]) {
  const inputs: object[] = [];
  const server = createServer(async (request, response) => {
    const call = await receiveCall(request);
    inputs.push({ action: call?.action, ...call?.input });
    response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify({ PriceList }));
  });
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  return {
    inputs,
    access: { region: 'eu-central-1', endpoint: `http://127.0.0.1:${await listen(t, server)}`, credentials },
  };
}

test('the price of an hour is that of the first product that costs something', async (t) => {
  const products = [product(dimension('0.0000000000')), product(dimension('7', 'Quantity'), dimension('0.0240000000'))];
  const { access, inputs } = await priceList(t, products);
  t.is(await machinePrice(access, 't3.small'), 0.024);
  const filter = (Field: string, Value: string) => ({ Type: 'TERM_MATCH', Field, Value });
  const Filters = [
    filter('instanceType', 't3.small'),
    filter('regionCode', 'eu-central-1'),
    filter('operatingSystem', 'Linux'),
    filter('preInstalledSw', 'NA'),
    filter('tenancy', 'Shared'),
    filter('capacitystatus', 'Used'),
  ];
  t.deepEqual(inputs, [{ action: 'GetProducts', ServiceCode: 'AmazonEC2', Filters }]);
});

test('a machine that is not in the list has no price', async (t) => {
  const { access } = await priceList(t, []);
  t.is(await machinePrice(access, 't3.small'), undefined);
});
