import { createHmac } from 'node:crypto';
import type { AnalyticsEvent, EventProperties, PropertyValue } from '@suuupra/contracts';
import { SuuupraError, type Config } from '@suuupra/core';

type PersonalDataConfig = Pick<Config, 'collectorPiiDrop' | 'collectorPiiHash' | 'collectorPiiSecret'>;

/**
 * Takes declared personal data out of events before anything is stored: properties are left out, or replaced by the
 * HMAC-SHA-256 of their text, which still tells equal values from different ones. A plain hash would not do: names,
 * addresses and numbers can be tried out.
 * @throws SuuupraError config_invalid where values are to be hashed and there is no secret
 */
export function personalDataFilter(config: PersonalDataConfig): (event: AnalyticsEvent) => AnalyticsEvent {
  const dropped = new Set(config.collectorPiiDrop);
  const hashed = new Set(config.collectorPiiHash);
  const secret = config.collectorPiiSecret;
  if (hashed.size > 0 && secret === undefined)
    throw new SuuupraError(
      'config_invalid',
      'SUUUPRA_COLLECTOR_PII_HASH is set and SUUUPRA_COLLECTOR_PII_SECRET is not',
    );
  if (dropped.size === 0 && hashed.size === 0) return (event) => event;

  const hash = (value: PropertyValue): string =>
    createHmac('sha256', secret ?? '')
      .update(String(value))
      .digest('hex');
  return (event) => {
    const properties: EventProperties = Object.fromEntries(
      Object.entries(event.properties)
        .filter(([name]) => !dropped.has(name))
        .map(([name, value]) => [name, hashed.has(name) ? hash(value) : value]),
    );
    return { ...event, properties };
  };
}
