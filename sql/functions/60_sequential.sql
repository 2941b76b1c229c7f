-- Asymptotic confidence sequences: intervals that hold at every look at once.
-- Source: Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, Time-uniform central limit theory and asymptotic confidence
-- sequences (2021), theorem 2.2; rho by GrowthBook's choice of the sample size at which the interval is tightest.

-- rho^2 = (-2 log alpha + log(-2 log alpha + 1)) / tuning.
CREATE OR REPLACE FUNCTION suuupra_sequential_rho_squared AS (alpha, tuning) ->
    (-2 * log(toFloat64(alpha)) + log(1 - 2 * log(toFloat64(alpha)))) / toFloat64(tuning);

-- Half width for an estimate with the given variance from n users, at level 1 - alpha.
CREATE OR REPLACE FUNCTION suuupra_sequential_radius AS (n, variance, rho_squared, alpha) ->
    sqrt(toFloat64(variance) * toFloat64(n))
    * sqrt(2 * (toFloat64(n) * rho_squared + 1) / (toFloat64(n) * toFloat64(n) * rho_squared)
           * log(sqrt(toFloat64(n) * rho_squared + 1) / alpha));

-- The smallest alpha whose sequence excludes 0, with rho held: min(1, sqrt(n rho^2 + 1) exp(-z^2 n rho^2 / (2 (n rho^2 + 1)))).
CREATE OR REPLACE FUNCTION suuupra_sequential_p AS (estimate, n, variance, rho_squared) ->
    least(1., sqrt(toFloat64(n) * rho_squared + 1)
        * exp(-toFloat64(estimate) * toFloat64(estimate) / toFloat64(variance)
              * toFloat64(n) * rho_squared / (2 * (toFloat64(n) * rho_squared + 1))));
