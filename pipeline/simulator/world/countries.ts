/** A device that people use. */
export type Device = 'mobile' | 'desktop' | 'tablet' | 'tv';

/** A market of the service. A country with several time zones is several markets. */
export interface Market {
  readonly country: string;
  readonly timezone: string;
  /** Share of the users. */
  readonly share: number;
  readonly currency: string;
  /** What a thing for 1.00 dollar costs, in the currency's own unit. */
  readonly priceLevel: number;
  /** Decimal places in which prices are made. */
  readonly priceDecimals: 0 | 2;
  readonly devices: Readonly<Record<Device, number>>;
}

const WEST: Market['devices'] = { mobile: 0.5, desktop: 0.28, tablet: 0.08, tv: 0.14 };
const MOBILE_FIRST: Market['devices'] = { mobile: 0.8, desktop: 0.12, tablet: 0.03, tv: 0.05 };

export const MARKETS: readonly Market[] = [
  {
    country: 'US',
    timezone: 'America/New_York',
    share: 0.26,
    currency: 'USD',
    priceLevel: 1,
    priceDecimals: 2,
    devices: WEST,
  },
  {
    country: 'US',
    timezone: 'America/Los_Angeles',
    share: 0.12,
    currency: 'USD',
    priceLevel: 1,
    priceDecimals: 2,
    devices: WEST,
  },
  {
    country: 'DE',
    timezone: 'Europe/Berlin',
    share: 0.15,
    currency: 'EUR',
    priceLevel: 0.95,
    priceDecimals: 2,
    devices: WEST,
  },
  {
    country: 'GB',
    timezone: 'Europe/London',
    share: 0.12,
    currency: 'GBP',
    priceLevel: 0.82,
    priceDecimals: 2,
    devices: WEST,
  },
  {
    country: 'FR',
    timezone: 'Europe/Paris',
    share: 0.08,
    currency: 'EUR',
    priceLevel: 0.95,
    priceDecimals: 2,
    devices: WEST,
  },
  {
    country: 'IN',
    timezone: 'Asia/Kolkata',
    share: 0.12,
    currency: 'INR',
    priceLevel: 32,
    priceDecimals: 2,
    devices: MOBILE_FIRST,
  },
  {
    country: 'BR',
    timezone: 'America/Sao_Paulo',
    share: 0.09,
    currency: 'BRL',
    priceLevel: 3.1,
    priceDecimals: 2,
    devices: MOBILE_FIRST,
  },
  {
    country: 'JP',
    timezone: 'Asia/Tokyo',
    share: 0.06,
    currency: 'JPY',
    priceLevel: 148,
    priceDecimals: 0,
    devices: WEST,
  },
];
