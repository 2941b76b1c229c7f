-- Wilson's score interval of a rate, without continuity correction: the rates p that the z test does not reject,
--   (x + z²/2 ± z·sqrt(x·(n − x)/n + z²/4)) / (n + z²)   for x of n.
-- Source: Wilson, Journal of the American Statistical Association 22 (1927); Brown, Cai, DasGupta, Statistical Science 16
-- (2001), equation 4. z is the normal quantile of the confidence, 1.96 for 95 %. NULL for 0 of 0; exactly 0 and 1 at the ends,
-- where the formula would round.

CREATE OR REPLACE FUNCTION suuupra_wilson_low AS (x, n, z) -> multiIf(
    n = 0, NULL,
    x = 0, 0.,
    (x + z * z / 2 - z * sqrt(x * (n - x) / n + z * z / 4)) / (n + z * z)
);

CREATE OR REPLACE FUNCTION suuupra_wilson_high AS (x, n, z) -> multiIf(
    n = 0, NULL,
    x = n, 1.,
    (x + z * z / 2 + z * sqrt(x * (n - x) / n + z * z / 4)) / (n + z * z)
);
