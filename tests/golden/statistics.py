"""Computes statistics.json, the values that sql/functions/ must give, with libraries that share no code with it.

    python -m venv .venv && .venv/bin/pip install scipy==1.17.1 statsmodels==0.15.0 mpmath==1.4.1 numpy==2.4.6
    .venv/bin/python statistics.py > statistics.json

Each case: the SQL expression and the value. Where scipy itself loses digits, mpmath with 50 digits is the reference.
"""

import itertools
import json
import re
import sys

import mpmath as mp
import numpy as np
from scipy import integrate, optimize, stats
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.multitest import multipletests

mp.mp.dps = 50
cases = []


def add(group, sql, value, tolerance=1e-9):
    """Numbers in `sql` become arguments, so that one statement computes all cases of one form."""
    arguments = []
    def argument(match):
        arguments.append(float(match[0]))
        return f"${len(arguments)}"
    form = sql if "[" in sql else re.sub(r"(?<![\w.$])-?\d+(\.\d+)?(e[-+]?\d+)?(?![\w.])", argument, sql)
    cases.append({"group": group, "form": form, "arguments": arguments, "value": float(value), "tolerance": tolerance})


# normal
for x in [-37, -8.5, -3, -1, -1e-9, 0, 0.3, 1.959963984540054, 5, 9]:
    add("normal cdf", f"suuupra_normal_cdf({x})", mp.ncdf(x))
for z in [0, 1e-6, 0.5, 1.96, -3.2, 6, 12, 30]:
    add("normal two-sided p", f"suuupra_normal_two_sided_p({z})", mp.erfc(abs(mp.mpf(z)) / mp.sqrt(2)))
for p in [1e-300, 1e-30, 1e-10, 1e-5, 0.001, 0.0249, 0.075, 0.0751, 0.3, 0.5, 0.51, 0.8, 0.925, 0.975, 0.9995, 1 - 1e-9]:
    add("normal quantile", f"suuupra_normal_quantile({p!r})", stats.norm.ppf(p))


# incomplete beta, on exact decimals so that both sides see the same numbers
def betainc(a, b, x):
    return mp.betainc(mp.mpf(a), mp.mpf(b), 0, mp.mpf(x), regularized=True)


for a, b in itertools.product([0.5, 1, 2, 7.5, 40, 1000], repeat=2):
    for x in [0.001, 0.25, 0.5, 0.875, 0.9990234375]:
        value = betainc(a, b, x)
        if value > mp.mpf("1e-290"):
            add("incomplete beta", f"suuupra_incomplete_beta({a}, {b}, {x}, 1 - {x})", value)

# Student's t
for df in [1, 1.5, 2, 3.7, 9, 17.3, 29, 100, 1234.5, 1e5, 1e6, 5e7]:
    for t in [1e-5, 0.1, 0.8, 1.9, 2.5, 6, 25]:
        half = mp.mpf(df) / 2
        x = mp.mpf(df) / (mp.mpf(df) + mp.mpf(t) ** 2)
        if df <= 1e6:
            value = mp.betainc(half, mp.mpf("0.5"), 0, x, regularized=True)
        else:  # the series of mpmath does not settle: integrate the density, far beyond where it matters
            scale = mp.gamma(half + mp.mpf("0.5")) / mp.gamma(half) / mp.sqrt(mp.pi * df)
            edges = [mp.mpf(t) + k / mp.mpf(max(1, t)) for k in (0, 1, 2, 4, 8, 16, 32, 64, 128)]
            value = 2 * scale * mp.quad(lambda u: mp.exp(-(half + mp.mpf("0.5")) * mp.log1p(u * u / df)), edges)
        if value > mp.mpf("1e-290"):
            add("student t p", f"suuupra_student_t_two_sided_p({t}, {df})", value)
    for confidence in [0.5, 0.8, 0.9, 0.95, 0.99, 0.999]:
        add("student t critical", f"suuupra_student_t_critical(1 - {confidence}, {df})", stats.t.isf((1 - confidence) / 2, df))

# gamma and chi-square
for df in [1, 2, 3, 4, 7, 15, 99]:
    for x in [0, 1e-4, 0.5, 1, 3.84, 10.8, 50, 300]:
        add("chi-square p", f"suuupra_chi_square_p({x}, {df})", mp.gammainc(mp.mpf(df) / 2, mp.mpf(x) / 2, regularized=True))
for a, x in [(0.5, 0.2), (2.5, 3), (100, 90), (100, 130), (5000, 5100), (1e5, 1e5)]:
    add("gamma q", f"suuupra_gamma_q({a}, {x})", mp.gammainc(mp.mpf(a), mp.mpf(x), regularized=True))


# Bayes: the integrals themselves, by quadrature
def beta_pair(b, a):
    B, A = stats.beta(*b), stats.beta(*a)
    lo = max(0, min(B.ppf(1e-15), A.ppf(1e-15)))
    hi = min(1, max(B.isf(1e-15), A.isf(1e-15)))
    nodes, weights = np.polynomial.legendre.leggauss(64)
    edges = np.linspace(lo, hi, 201)
    mid, rad = (edges[1:] + edges[:-1]) / 2, (edges[1:] - edges[:-1]) / 2
    x = (mid[:, None] + rad[:, None] * nodes).ravel()
    w = (rad[:, None] * weights).ravel()
    chance = float(np.sum(w * B.pdf(x) * A.cdf(x)))
    # E max(A - B, 0) = integral of P(B <= x) P(A > x)
    loss = float(np.sum(w * B.cdf(x) * A.sf(x)))
    return chance, loss


for b, a in [
    ((2, 2), (2, 2)), ((3, 4), (1, 1)), ((1, 11), (1, 6)), ((121, 881), (101, 901)), ((101, 901), (121, 881)),
    ((31, 1), (28, 4)), ((1, 1001), (4, 998)), ((5021, 95001), (4950, 95072)), ((60, 40000), (85, 39950)),
    ((1001, 3), (998, 6)), ((25001, 25001), (25201, 24801)),
]:
    chance, loss = beta_pair(b, a)
    arguments = f"{b[0]}, {b[1]}, {a[0]}, {a[1]}"
    add("beta chance to beat", f"suuupra_beta_chance_to_beat({arguments})", chance, 1e-6)
    add("beta expected loss", f"suuupra_beta_posterior({arguments})[2]", loss, 1e-6)
for d, s in [(0.1, 0.05), (-0.3, 0.1), (0, 1), (4, 0.9)]:
    add("normal chance to beat", f"suuupra_normal_chance_to_beat({d}, {s})", stats.norm.cdf(d / s))
    loss, _ = integrate.quad(lambda v: -v * stats.norm.pdf(v, d, s), d - 40 * s, 0, points=[d - 8 * s, min(d, 0)] if d < 0 else None, epsabs=1e-15, epsrel=1e-12, limit=500)
    add("normal expected loss", f"suuupra_normal_expected_loss({d}, {s})", loss, 1e-6)

# multiplicity
rng = np.random.default_rng(7)
for family in [[0.01, 0.04, 0.03, 0.005], [0.5], [0.02, 0.02, 0.9, 1.0], list(np.round(rng.uniform(0, 0.2, 12), 4))]:
    family = [float(p) for p in family]
    holm = multipletests(family, method="holm")[1]
    hochberg = multipletests(family, method="fdr_bh")[1]
    for p, h, b in zip(family, holm, hochberg):
        add("holm", f"suuupra_holm({p}, {family})", h)
        add("benjamini-hochberg", f"suuupra_benjamini_hochberg({p}, {family})", b)

# two samples
for seed, na, nb in [(1, 12, 9), (2, 300, 41), (3, 2, 2)]:
    rng = np.random.default_rng(seed)
    a, b = np.round(rng.normal(3, 1, na), 3), np.round(rng.normal(3.4, 2, nb), 3)
    test = stats.ttest_ind(b, a, equal_var=False)
    va, vb = float(a.var(ddof=1) / na), float(b.var(ddof=1) / nb)
    difference = float(b.mean() - a.mean())
    df = f"suuupra_welch_degrees_of_freedom({va!r}, {na}, {vb!r}, {nb})"
    add("welch", df, test.df)
    add("welch", f"suuupra_student_t_two_sided_p({difference!r} / sqrt({va!r} + {vb!r}), {df})", test.pvalue)
    interval = test.confidence_interval(0.9)
    add("welch", f"{difference!r} + suuupra_student_t_critical(0.1, {df}) * sqrt({va!r} + {vb!r})", interval.high)
add("required users", "suuupra_required_users_rate(0.1, 0.12, 0.05, 0.8)", 3841)
for p, q, alpha, power in [(0.05, 0.0525, 0.05, 0.8), (0.5, 0.45, 0.1, 0.9), (0.001, 0.0011, 0.05, 0.8)]:
    za, zb, m = stats.norm.isf(alpha / 2), stats.norm.ppf(power), (p + q) / 2
    n = (za * np.sqrt(2 * m * (1 - m)) + zb * np.sqrt(p * (1 - p) + q * (1 - q))) ** 2 / (p - q) ** 2
    add("required users", f"suuupra_required_users_rate({p}, {q}, {alpha}, {power})", np.ceil(n))
for v, d in [(4.0, 0.5), (120.25, 1.5)]:
    n = (stats.norm.isf(0.025) + stats.norm.ppf(0.8)) ** 2 * 2 * v / d**2
    add("required users", f"suuupra_required_users_mean({v}, {d}, 0.05, 0.8)", np.ceil(n))

# the smallest effect that a number of users finds
def users_for_rate(p, q, alpha, power):
    m = (p + q) / 2
    z, w = stats.norm.isf(alpha / 2), stats.norm.ppf(power)
    return (z * np.sqrt(2 * m * (1 - m)) + w * np.sqrt(p * (1 - p) + q * (1 - q))) ** 2 / (p - q) ** 2


for p, n, alpha, power in [(0.1, 3841, 0.05, 0.8), (0.5, 100, 0.1, 0.9), (0.001, 1e6, 0.05, 0.8), (0.97, 20000, 0.01, 0.95)]:
    effect = optimize.brentq(lambda d: users_for_rate(p, p + d, alpha, power) - n, 1e-9, 1 - p - 1e-12, xtol=1e-16, rtol=1e-14)
    add("detectable effect", f"suuupra_detectable_effect_rate({p}, {n}, {alpha}, {power})", effect)
for v, n, alpha, power in [(4.0, 250, 0.05, 0.8), (120.25, 1e5, 0.1, 0.9), (0.25, 30, 0.05, 0.8)]:
    size = (stats.norm.isf(alpha / 2) + stats.norm.ppf(power)) / np.sqrt(n / 2)
    assert abs(NormalIndPower().power(size, n, alpha) - power) < 1e-5  # which counts the far tail too
    add("detectable effect", f"suuupra_detectable_effect_mean({v}, {n}, {alpha}, {power})", size * np.sqrt(v))

# the split looked at all the time, with mpmath's gamma function
for counts, shares in [([500, 500], [0.5, 0.5]), ([5000, 5400], [0.5, 0.5]), ([90, 15], [0.9, 0.1]), ([1_000_000, 1_004_000, 999_000], [1 / 3] * 3), ([0, 12], [0.5, 0.5])]:
    n, k = sum(counts), len(counts)
    log_odds = mp.loggamma(k) - mp.loggamma(k + n) + sum(mp.loggamma(1 + x) - x * mp.log(mp.mpf(s)) for x, s in zip(counts, shares))
    add("sequential split", f"suuupra_sequential_split_p([{', '.join(map(repr, counts))}], [{', '.join(map(repr, shares))}])", min(mp.mpf(1), mp.exp(-log_odds)), 1e-7)

# confidence sequences, written out in numpy
for n, variance, estimate, alpha, tuning in [(1000, 0.001, 0.05, 0.05, 5000), (20, 0.4, -0.1, 0.1, 5000), (2_000_000, 1e-8, 3e-4, 0.05, 800)]:
    rho2 = (-2 * np.log(alpha) + np.log(-2 * np.log(alpha) + 1)) / tuning
    radius = np.sqrt(variance * n) * np.sqrt(2 * (n * rho2 + 1) / (n**2 * rho2) * np.log(np.sqrt(n * rho2 + 1) / alpha))
    p = min(1.0, np.sqrt(n * rho2 + 1) * np.exp(-(estimate**2) * n * rho2 / (2 * variance * (n * rho2 + 1))))
    rho = f"suuupra_sequential_rho_squared({alpha}, {tuning})"
    add("sequential", rho, rho2)
    add("sequential", f"suuupra_sequential_radius({n}, {variance}, {rho}, {alpha})", radius)
    add("sequential", f"suuupra_sequential_p({estimate}, {n}, {variance}, {rho})", p)

json.dump({"about": "made by statistics.py", "cases": cases}, fp=sys.stdout, indent=1)
