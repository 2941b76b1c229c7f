-- Student's t distribution with real degrees of freedom, as Welch's test needs.

-- Log of the density of Student's t distribution with df degrees of freedom at t.
-- Source: Abramowitz and Stegun 26.7.1, the ratio of gamma functions by Stirling errors so that millions of degrees of
-- freedom lose no digits: with h = df / 2, log(gamma(h + 1/2) / gamma(h)) =
--   stirling(h + 1/2) - stirling(h) + h log1p(1 / (2 h)) - 1/2 + log(h) / 2.
CREATE OR REPLACE FUNCTION suuupra_student_t_log_density AS (t, df) -> arrayMap(
    (v, n) -> arraySum(arrayMap((sign, h) -> sign * suuupra_stirling_error(h), [1, -1], [n / 2 + 0.5, n / 2]))
        + n / 2 * log1p(1 / n) - 0.5
        + log(n / 2) / 2 - log(n * pi()) / 2 - (n + 1) / 2 * log1p(v * v / n),
    [toFloat64(t)],
    [toFloat64(df)]
)[1];

-- P(|T| >= t) for t >= 0 from t and t times the density: I_(df / (df + t^2))(df / 2, 1 / 2), whose kernel
-- x^a (1 - x)^b / B(a, b) is t times the density. Source: DLMF 8.17, Abramowitz and Stegun 26.7.1; beyond
-- x = (a + 1) / (a + b + 2) by the symmetry DLMF 8.17.4, as suuupra_incomplete_beta.
-- The continued fraction loses digits in proportion to df; from 1e5 on the normalising transformation of Hill
-- (Algorithm 395, CACM 13, 1970) is exact to double precision with its first correction.
CREATE OR REPLACE FUNCTION suuupra_student_t_tail AS (t, df, kernel) -> arrayMap(
    (v, n, k, y, is_upper) -> multiIf(
        isNaN(v) OR isNaN(n) OR n <= 0, nan,
        n = inf, suuupra_normal_two_sided_p(v),
        n > 1e5, suuupra_normal_two_sided_p(sqrt(y) * (1 + (y + 3) / (48 * (n - 0.5) * (n - 0.5)))),
        v = inf, 0.,
        abs(is_upper - k / (if(is_upper, 0.5, n / 2) * suuupra_beta_fraction(
            if(is_upper, 0.5, n / 2),
            if(is_upper, n / 2, 0.5),
            if(is_upper, v * v, n) / (n + v * v))))),
    [toFloat64(t)],
    [toFloat64(df)],
    [toFloat64(kernel)],
    [(toFloat64(df) - 0.5) * log1p(toFloat64(t) * toFloat64(t) / toFloat64(df))],
    [toFloat64(df) * (toFloat64(df) / 2 + 2.5) > (toFloat64(df) / 2 + 1) * (toFloat64(df) + toFloat64(t) * toFloat64(t))]
)[1];

-- Two-sided p-value: P(|T| >= |t|).
CREATE OR REPLACE FUNCTION suuupra_student_t_two_sided_p AS (t, df) -> arrayMap(
    (v, n) -> suuupra_student_t_tail(v, n, v * exp(suuupra_student_t_log_density(v, n))),
    [abs(toFloat64(t))],
    [toFloat64(df)]
)[1];

-- The t > 0 with P(|T| >= t) = alpha, for 0 < alpha < 1: the half width of a two-sided interval of confidence 1 - alpha.
-- Newton's method on log P over log t, which is nearly linear both for heavy tails and for the normal limit; the start is
-- the normal quantile, corrected by Hill's first term (Hill, Algorithm 396, CACM 13, 1970).
CREATE OR REPLACE FUNCTION suuupra_student_t_critical AS (alpha, df) -> arrayMap(
    (q, n, start, at_zero) -> if(n = inf, start,
        exp(arrayFold(
            (u, i) -> u + arrayMap(
                (kernel) -> arrayMap(
                    tail -> (log(tail) - log(q)) * tail / (2 * kernel),
                    [suuupra_student_t_tail(exp(u), n, kernel)]
                )[1],
                [exp(u + at_zero - (n + 1) / 2 * log1p(exp(2 * u) / n))]
            )[1],
            range(8),
            log(start + (start * start * start + start) / (4 * n))
        ))),
    [toFloat64(alpha)],
    [toFloat64(df)],
    [-suuupra_normal_quantile(toFloat64(alpha) / 2)],
    [suuupra_student_t_log_density(0, df)]
)[1];
