-- The incomplete gamma function and the chi-square distribution.

-- Regularised upper incomplete gamma function Q(a, x), for a > 0, x >= 0.
-- Source: DLMF 8.7.1 (series of the lower function, where x < a + 1) and 8.9.2 (continued fraction, modified Lentz).
CREATE OR REPLACE FUNCTION suuupra_gamma_q AS (a, x) -> arrayMap(
    (s, v, kernel, terms) -> multiIf(
        isNaN(s) OR isNaN(v) OR s <= 0 OR v < 0, nan,
        v = 0, 1.,
        v < s + 1,
        1 - kernel / s * arrayFold(
            (acc, j) -> (acc.1 * v / (s + j), acc.2 + acc.1 * v / (s + j)),
            range(1, terms),
            (toFloat64(1), toFloat64(1))
        ).2,
        kernel / arrayFold(
            (acc, t) -> (
                t.2 + t.1 / acc.1,
                1 / (t.2 + t.1 * acc.2),
                acc.3 * (t.2 + t.1 / acc.1) / (t.2 + t.1 * acc.2)),
            arrayMap(j -> (-j * (j - s), v + 1 - s + 2 * j), range(1, terms)),
            (v + 1 - s, toFloat64(0), v + 1 - s)
        ).3),
    [toFloat64(a)],
    [toFloat64(x)],
    [if(toFloat64(x) = 0, 0., sqrt(toFloat64(a) / (2 * pi()))
        * exp(-suuupra_deviance(toFloat64(a), toFloat64(x)) - suuupra_stirling_error(toFloat64(a))))],
    [toUInt32(80 + 12 * sqrt(least(greatest(toFloat64(a), 0.), 1e7)))]
)[1];

-- P(X >= x) of the chi-square distribution with df degrees of freedom. Source: Abramowitz and Stegun 26.4.19.
CREATE OR REPLACE FUNCTION suuupra_chi_square_p AS (x, df) -> suuupra_gamma_q(toFloat64(df) / 2, toFloat64(x) / 2);
