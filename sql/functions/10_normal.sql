-- The standard normal distribution.
--
-- Arguments of every function here are bound by arrayMap before a lambda uses them, since a SQL function is expanded as
-- text: an argument inside a lambda would be computed again and could meet a name of the lambda. NaN in gives NaN out.

-- P(X <= x). Source: definition by the complementary error function.
CREATE OR REPLACE FUNCTION suuupra_normal_cdf AS (x) -> erfc(-toFloat64(x) / sqrt(2)) / 2;

-- Two-sided p-value of a z statistic: P(|X| >= |z|), exact in the tail.
CREATE OR REPLACE FUNCTION suuupra_normal_two_sided_p AS (z) -> erfc(abs(toFloat64(z)) / sqrt(2));

-- The x with P(X <= x) = p, for 0 < p < 1; -inf at 0, inf at 1.
-- Source: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988); relative accuracy about 1e-16.
CREATE OR REPLACE FUNCTION suuupra_normal_quantile AS (p) -> arrayMap(
    (prob, q, tail) -> multiIf(
        isNaN(prob) OR prob < 0 OR prob > 1, nan,
        prob = 0, -inf,
        prob = 1, inf,
        abs(q) <= 0.425,
        q * (((((((2509.0809287301226727 * (0.180625 - q * q) + 33430.575583588128105) * (0.180625 - q * q)
              + 67265.770927008700853) * (0.180625 - q * q) + 45921.953931549871457) * (0.180625 - q * q)
              + 13731.693765509461125) * (0.180625 - q * q) + 1971.5909503065514427) * (0.180625 - q * q)
              + 133.14166789178437745) * (0.180625 - q * q) + 3.387132872796366608)
          / (((((((5226.495278852545925 * (0.180625 - q * q) + 28729.085735721942674) * (0.180625 - q * q)
              + 39307.89580009271061) * (0.180625 - q * q) + 21213.794301586595867) * (0.180625 - q * q)
              + 5394.1960214247511077) * (0.180625 - q * q) + 687.1870074920579083) * (0.180625 - q * q)
              + 42.313330701600911252) * (0.180625 - q * q) + 1.),
        tail <= 5,
        sign(q) * (((((((7.7454501427834140764e-4 * (tail - 1.6) + 0.0227238449892691845833) * (tail - 1.6)
              + 0.24178072517745061177) * (tail - 1.6) + 1.27045825245236838258) * (tail - 1.6)
              + 3.64784832476320460504) * (tail - 1.6) + 5.7694972214606914055) * (tail - 1.6)
              + 4.6303378461565452959) * (tail - 1.6) + 1.42343711074968357734)
          / (((((((1.05075007164441684324e-9 * (tail - 1.6) + 5.475938084995344946e-4) * (tail - 1.6)
              + 0.0151986665636164571966) * (tail - 1.6) + 0.14810397642748007459) * (tail - 1.6)
              + 0.68976733498510000455) * (tail - 1.6) + 1.6763848301838038494) * (tail - 1.6)
              + 2.05319162663775882187) * (tail - 1.6) + 1.),
        sign(q) * (((((((2.01033439929228813265e-7 * (tail - 5) + 2.71155556874348757815e-5) * (tail - 5)
              + 0.0012426609473880784386) * (tail - 5) + 0.026532189526576123093) * (tail - 5)
              + 0.29656057182850489123) * (tail - 5) + 1.7848265399172913358) * (tail - 5)
              + 5.4637849111641143699) * (tail - 5) + 6.6579046435011037772)
          / (((((((2.04426310338993978564e-15 * (tail - 5) + 1.4215117583164458887e-7) * (tail - 5)
              + 1.8463183175100546818e-5) * (tail - 5) + 7.868691311456132591e-4) * (tail - 5)
              + 0.0148753612908506148525) * (tail - 5) + 0.13692988092273580531) * (tail - 5)
              + 0.59983220655588793769) * (tail - 5) + 1.)
    ),
    [toFloat64(p)],
    [toFloat64(p) - 0.5],
    [sqrt(-log(least(toFloat64(p), 1 - toFloat64(p))))]
)[1];
