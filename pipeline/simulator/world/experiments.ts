import { hash } from 'node:crypto';

/** An experiment that the simulated service runs. */
export interface Experiment {
  readonly key: string;
  readonly variants: readonly [control: string, treatment: string];
}

/** A new checkout, which makes more people complete their purchase: an experiment with an effect. */
export const CHECKOUT_REDESIGN: Experiment = { key: 'checkout_redesign', variants: ['control', 'treatment'] };
/** The same start page under two names: an experiment in which nothing may be found. */
export const START_PAGE_AA: Experiment = { key: 'start_page_aa', variants: ['control', 'treatment'] };

/** Share of the started checkouts that end with a purchase, and by how much the redesign raises it. */
export const CHECKOUT_COMPLETION = 0.52;
export const CHECKOUT_REDESIGN_LIFT = 0.12;

/** The variant that a user sees, ever: half of the users each, independent between experiments. */
export function variantOf({ key, variants }: Experiment, userId: string): string {
  const bits = hash('sha1', `${key}/${userId}`, 'buffer')[0] as number;
  return variants[bits & 1] as string;
}

/** @param variant of CHECKOUT_REDESIGN */
export const completionOf = (variant: string): number =>
  variant === CHECKOUT_REDESIGN.variants[1] ? CHECKOUT_COMPLETION * (1 + CHECKOUT_REDESIGN_LIFT) : CHECKOUT_COMPLETION;
