import type { Registry } from 'prom-client';
import { exposeCollected } from '../../common/metrics/collected.ts';

/** The end of the served certificate's validity, as a metric; absent without TLS. */
export class CertificateExpiry {
  #expiresAt: Date | undefined;

  constructor(registry: Registry) {
    exposeCollected(registry, {
      type: 'gauge',
      name: 'intent_tls_certificate_expiry_timestamp_seconds',
      help: 'When the served certificate expires, in seconds since 1970; absent without TLS',
      labelNames: [],
      samples: () => (this.#expiresAt ? [{ labels: {}, value: this.#expiresAt.getTime() / 1000 }] : []),
    });
  }

  serve({ expiresAt }: { expiresAt: Date }): void {
    this.#expiresAt = expiresAt;
  }
}
