import { Random } from '../chance/random.ts';
import { Weighted } from '../chance/weighted.ts';
import type { Market } from './countries.ts';

export interface Video {
  readonly id: string;
  readonly title: string;
  readonly genre: string;
  readonly seconds: number;
  readonly popularity: number;
  /** How likely a viewer is to go on watching: 0 to 1. */
  readonly grip: number;
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  /** Price in cents where the price level is 1. */
  readonly cents: number;
  readonly popularity: number;
}

const GENRES = ['drama', 'comedy', 'documentary', 'thriller', 'kids', 'sport'] as const;
const FIRST = [
  'Silent',
  'Golden',
  'Last',
  'Hidden',
  'Northern',
  'Broken',
  'Electric',
  'Paper',
  'Crimson',
  'Open',
  'Second',
  'Wild',
];
const SECOND = [
  'Harbour',
  'Summer',
  'Signal',
  'Orchard',
  'Engine',
  'Letter',
  'River',
  'Kitchen',
  'League',
  'Mountain',
  'Garden',
  'Shift',
];
const CATEGORIES = {
  apparel: ['T-shirt', 'Hoodie', 'Cap', 'Socks'],
  home: ['Mug', 'Poster', 'Blanket', 'Lamp'],
  games: ['Board game', 'Puzzle', 'Card game', 'Figure'],
  media: ['Blu-ray', 'Soundtrack', 'Art book', 'Vinyl'],
} as const;
const VIDEOS = 180;
const PRODUCTS = 64;
const CHEAPEST_CENTS = 499;
const DEAREST_CENTS = 8_999;

const padded = (n: number): string => String(n).padStart(3, '0');
/** A few things are wanted by nearly everybody, most by few (Zipf). */
const popularity = (rank: number): number => 1 / (rank + 3) ** 0.9;

/** What the service shows and sells: the same in every world, so that worlds can be compared. */
const random = Random.named('catalogue');

export const VIDEO_LIST: readonly Video[] = Array.from({ length: VIDEOS }, (_, n) => ({
  id: `video-${padded(n + 1)}`,
  title: `${random.pick(FIRST)} ${random.pick(SECOND)}`,
  genre: GENRES[n % GENRES.length] as string,
  // Clips of a minute and more, and episodes of up to three quarters of an hour.
  seconds: Math.round(Math.min(2_700, Math.max(45, random.logNormal(480, 0.9)))),
  popularity: popularity(n),
  grip: random.between(0.35, 0.9),
}));

export const PRODUCT_LIST: readonly Product[] = Array.from({ length: PRODUCTS }, (_, n) => {
  const category = random.pick(Object.keys(CATEGORIES) as (keyof typeof CATEGORIES)[]);
  return {
    id: `product-${padded(n + 1)}`,
    name: `${random.pick(FIRST)} ${random.pick(SECOND)} ${random.pick(CATEGORIES[category])}`,
    category,
    cents: Math.round(CHEAPEST_CENTS * (DEAREST_CENTS / CHEAPEST_CENTS) ** random.uniform()),
    popularity: popularity(n),
  };
});

const videos = new Weighted(VIDEO_LIST, (video) => video.popularity);
const videosByGenre = GENRES.map(
  (genre) =>
    new Weighted(
      VIDEO_LIST.filter((video) => video.genre === genre),
      (video) => video.popularity,
    ),
);
const products = new Weighted(PRODUCT_LIST, (product) => product.popularity);
/** Share of the videos that somebody takes from the genre they like. */
const TASTE_SHARE = 0.6;

/** @param taste 0 to 1, which stands for a genre */
export function pickVideo(taste: number, chance: Random): Video {
  const liked = videosByGenre[Math.floor(taste * GENRES.length)] as Weighted<Video>;
  return (chance.chance(TASTE_SHARE) ? liked : videos).pick(chance);
}

export const pickProduct = (chance: Random): Product => products.pick(chance);

/**
 * What a product costs in a market, in the smallest unit in which prices are made there: whole yen, cents of the others.
 */
export const priceUnits = ({ cents }: Product, { priceLevel, priceDecimals }: Market): number =>
  Math.round((cents * priceLevel) / (priceDecimals === 0 ? 100 : 1));

/** An amount of money as a number with at most two decimals, from whole units. */
export const amountOf = (units: number, { priceDecimals }: Market): number => units / (priceDecimals === 0 ? 1 : 100);
