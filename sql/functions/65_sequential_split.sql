-- Whether users come to the variants in the planned shares, valid however often it is looked at.
--
-- p = min(1, 1 / B) with the Bayes factor B of a Dirichlet(1, ..., 1) prior over the shares against the planned ones:
--   log B = lgamma(k) - lgamma(k + n) + sum(lgamma(1 + x_i) - x_i log(share_i))   for counts x_i that add up to n of k variants.
-- 1 / B falls below a threshold with at most that probability, ever, while the split is as planned (Ville's inequality).
-- Source: Lindon, Malek, Anytime-Valid Inference for Multinomial Count Data (NeurIPS 2022).
-- The gamma functions are taken apart by Stirling's formula, so that millions of users lose no digits: with the deviances
-- D(x, m) = x log(x / m) + m - x, which add up to the same as x log(x / m), and e(x) for the error of Stirling's formula,
--   log B = lgamma(k) + sum(D(x_i, n share_i)) + sum over x_i > 0 (e(x_i) + log(2 pi x_i) / 2)
--           - e(n) - log(2 pi n) / 2 - log((n + 1) ... (n + k - 1)).
CREATE OR REPLACE FUNCTION suuupra_sequential_split_p AS (counts, shares) -> arrayMap(
    (xs, ps, n, k) -> if(n = 0, 1., least(1., exp(
        suuupra_stirling_error(n) + log(2 * pi() * n) / 2
        + arraySum(arrayMap(j -> log(n + j), range(1, toUInt32(k))))
        - lgamma(k)
        - arraySum(arrayMap(
            (x, s) -> suuupra_deviance(x, n * s)
                + if(x > 0, suuupra_stirling_error(greatest(x, 1.)) + log(2 * pi() * greatest(x, 1.)) / 2, 0.),
            xs, ps))))),
    [arrayMap(x -> toFloat64(x), counts)],
    [arrayMap(s -> toFloat64(s), shares)],
    [toFloat64(arraySum(counts))],
    [toFloat64(length(counts))]
)[1];
