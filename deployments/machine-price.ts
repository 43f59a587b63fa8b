import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';
import { z } from 'zod';
import { type Access, clientConfiguration } from './access.ts';

// The price list is asked in few regions, of which this one has all prices.
const pricingRegion = 'us-east-1';

const product = z.object({
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.object({
        priceDimensions: z.record(
          z.string(),
          z.object({ unit: z.string(), pricePerUnit: z.object({ USD: z.coerce.number() }) }),
        ),
      }),
    ),
  }),
});

/** Returns the list price in USD of an hour of a Linux machine, without disk and address; undefined where it is not known. */
export async function machinePrice(access: Access, instanceType: string): Promise<number | undefined> {
  const client = new PricingClient({ ...clientConfiguration(access), region: pricingRegion });
  const equal = (Field: string, Value: string) => ({ Type: 'TERM_MATCH' as const, Field, Value });
  const command = new GetProductsCommand({
    ServiceCode: 'AmazonEC2',
    Filters: [
      equal('instanceType', instanceType),
      equal('regionCode', access.region),
      equal('operatingSystem', 'Linux'),
      equal('preInstalledSw', 'NA'),
      equal('tenancy', 'Shared'),
      equal('capacitystatus', 'Used'),
    ],
  });
  const { PriceList = [] } = await client.send(command);
  const prices = (PriceList as string[]).flatMap((text) => hourlyPrices(String(text)));
  return prices.find((price) => price > 0);
}

function hourlyPrices(text: string): number[] {
  const { OnDemand } = product.parse(JSON.parse(text)).terms;
  return Object.values(OnDemand)
    .flatMap(({ priceDimensions }) => Object.values(priceDimensions))
    .filter(({ unit }) => unit === 'Hrs')
    .map(({ pricePerUnit }) => pricePerUnit.USD);
}
