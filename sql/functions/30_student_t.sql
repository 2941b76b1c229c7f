-- Student's t distribution with real degrees of freedom, as Welch's test needs.

-- Log of the density of Student's t distribution with df degrees of freedom at t.
-- Source: Abramowitz and Stegun 26.7.1, the ratio of gamma functions by Stirling errors so that millions of degrees of
-- freedom lose no digits: with h = df / 2, log(gamma(h + 1/2) / gamma(h)) =
--   stirling(h + 1/2) - stirling(h) + h log1p(1 / (2 h)) - 1/2 + log(h) / 2.
CREATE OR REPLACE FUNCTION suuupra_student_t_log_density AS (t, df) -> arrayMap(
    (v, n) -> suuupra_stirling_error(n / 2 + 0.5) - suuupra_stirling_error(n / 2) + n / 2 * log1p(1 / n) - 0.5
        + log(n / 2) / 2 - log(n * pi()) / 2 - (n + 1) / 2 * log1p(v * v / n),
    [toFloat64(t)],
    [toFloat64(df)]
)[1];

-- Two-sided p-value: P(|T| >= |t|) = I_(df / (df + t^2))(df / 2, 1 / 2). Source: DLMF 8.17, Abramowitz and Stegun 26.7.1.
-- The continued fraction loses digits in proportion to df; from 1e5 on the normalising transformation of Hill
-- (Algorithm 395, CACM 13, 1970) is exact to double precision with its first correction.
CREATE OR REPLACE FUNCTION suuupra_student_t_two_sided_p AS (t, df) -> arrayMap(
    (v, n, y) -> multiIf(
        n = inf, suuupra_normal_two_sided_p(v),
        n > 1e5, suuupra_normal_two_sided_p(sqrt(y) * (1 + (y + 3) / (48 * (n - 0.5) * (n - 0.5)))),
        suuupra_incomplete_beta(n / 2, 0.5, n / (n + v * v), v * v / (n + v * v))),
    [toFloat64(t)],
    [toFloat64(df)],
    [(toFloat64(df) - 0.5) * log1p(toFloat64(t) * toFloat64(t) / toFloat64(df))]
)[1];

-- The t > 0 with P(|T| >= t) = alpha, for 0 < alpha < 1: the half width of a two-sided interval of confidence 1 - alpha.
-- Newton's method on log P over log t, which is nearly linear both for heavy tails and for the normal limit; the start is
-- the normal quantile, corrected by Hill's first term (Hill, Algorithm 396, CACM 13, 1970).
CREATE OR REPLACE FUNCTION suuupra_student_t_critical AS (alpha, df) -> arrayMap(
    (q, n, start) -> if(n = inf, start,
        exp(arrayFold(
            (u, i) -> u + arrayMap(
                (v, tail) -> (log(tail) - log(q)) * tail
                    / (2 * v * exp(suuupra_student_t_log_density(v, n))),
                [exp(u)],
                [suuupra_student_t_two_sided_p(exp(u), n)]
            )[1],
            range(8),
            log(start + (start * start * start + start) / (4 * n))
        ))),
    [toFloat64(alpha)],
    [toFloat64(df)],
    [-suuupra_normal_quantile(toFloat64(alpha) / 2)]
)[1];
