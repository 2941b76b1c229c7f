"""Computes experiment.json: experiments with their events and the answer, from the contract alone with numpy and scipy.

    python -m venv .venv && .venv/bin/pip install scipy==1.17.1 statsmodels==0.15.0 numpy==2.4.6
    .venv/bin/python experiment.py > experiment.json

Shares no code with the product. Each case: `definition`, `log` (which of `logs`), `rows`, `meta`.
"""

import json
import math
import sys
import uuid

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

BASE = 1_735_689_600_000  # 2025-01-01
DAY = 86_400_000


def iso(ms):
    return np.datetime_as_string(np.datetime64(int(ms), "ms"), unit="ms") + "Z"


def finite(x):
    return None if x is None or not math.isfinite(x) else float(x)


class Log:
    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.events = []

    def add(self, user, kind, at, **properties):
        self.events.append(
            {
                "event_id": str(uuid.UUID(bytes=self.rng.bytes(16))),
                "event_type": kind,
                "user_id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"user-{user}")),
                "timestamp": iso(at),
                "ms": int(at),
                "properties": properties,
            }
        )


def expose(log, user, variant, at, key="exp"):
    log.add(user, "experiment_exposure", at, experiment_key=key, variant=variant)


def simulate(seed, sizes, rates, spend, window_days=7, mixed=2, history=True):
    """Users of several variants with purchases, views, history, late and early events and bystanders."""
    log = Log(seed)
    rng = log.rng
    user = 0
    for variant, size in sizes.items():
        for _ in range(size):
            user += 1
            start = BASE + int(rng.integers(0, 10 * DAY))
            expose(log, user, variant, start)
            if rng.random() < 0.3:
                expose(log, user, variant, start + int(rng.integers(0, DAY)))
            taste = rng.gamma(2, 1)
            if history:
                for _ in range(rng.poisson(2 * taste)):
                    log.add(user, "page_view", start - int(rng.integers(1, 20 * DAY)), page="x")
            for _ in range(rng.poisson(1.5 * taste)):
                log.add(user, "page_view", start + int(rng.integers(0, int(window_days * 1.3 * DAY))), page="x")
            while rng.random() < rates[variant]:
                amount = round(float(rng.gamma(2, spend[variant]) * (0.5 + taste / 4)), 2)
                at = start + int(rng.integers(-DAY, int(window_days * 1.2 * DAY)))
                log.add(user, "purchase", at, amount=amount, sku=f"s{int(rng.integers(0, 5))}")
    names = list(sizes)
    for extra in range(mixed):
        user += 1
        for number, variant in enumerate(names[:2]):
            expose(log, user, variant, BASE + DAY + number * 1000)
        log.add(user, "purchase", BASE + DAY + 5000, amount=10_000.0)
    log.add(user + 1, "purchase", BASE + DAY, amount=99.0)  # never exposed
    expose(log, user + 2, names[0], BASE, key="other")  # another experiment
    # the edges of the window, to the millisecond
    for offset in (0, int(window_days * DAY), int(window_days * DAY) + 1):
        user += 3
        expose(log, user, names[-1], BASE + DAY)
        log.add(user, "purchase", BASE + DAY + offset, amount=7.25)
    return log.events


def measure(events, spec):
    kind = spec.get("measure", "count")
    if kind == "count":
        return float(len(events))
    (op, name), = kind.items()
    values = [e["properties"][name] for e in events if name in e["properties"]]
    if op == "distinct":
        return float(len({json.dumps(v) for v in values}))
    values = [v for v in values if isinstance(v, (int, float)) and not isinstance(v, bool)]
    if not values:
        return 0.0
    return float({"sum": math.fsum, "avg": lambda v: math.fsum(v) / len(v), "min": min, "max": max}[op](values))


def analyse(definition, events):
    d = {
        "window_seconds": 604800, "confidence": 0.95, "tuning": 5000, "srm_threshold": 0.001, "minimum_effect": 0.05,
        "only_complete": False, **definition,
    }
    as_of = max(e["ms"] for e in events)
    window = int(d["window_seconds"] * 1000)
    alpha = 1 - d["confidence"]
    z = stats.norm.isf(alpha / 2)
    shown = {}
    for e in sorted(events, key=lambda e: (e["ms"], e["event_id"])):
        if e["event_type"] == "experiment_exposure" and e["properties"].get("experiment_key") == d["experiment"]:
            shown.setdefault(e["user_id"], []).append((e["ms"], e["properties"]["variant"]))
    bound = lambda name, otherwise: int(np.datetime64(d[name][:-1], "ms").astype(int)) if name in d else otherwise
    first = {u: s[0] for u, s in shown.items() if bound("from", 0) <= s[0][0] < bound("to", 10**15)}
    mixed = {u for u in first if len({v for _, v in shown[u]}) > 1}
    late = {u for u, (at, _) in first.items() if at + window > as_of and u not in mixed}
    analysed = [u for u in first if u not in mixed and not (d["only_complete"] and u in late)]
    arm_of = {u: first[u][1] for u in analysed}
    seen = sorted({*arm_of.values()})
    split = d.get("split") or {v: 1 for v in seen}
    variants = sorted({*seen, *split})
    users = {v: [u for u in analysed if arm_of[u] == v] for v in variants}
    total = len(analysed)
    whole = sum(split.values())
    observed = [len(users[v]) for v in variants]
    expected = [total * split.get(v, 0) / whole for v in variants]
    chi2 = sum((o - e) ** 2 / e for o, e in zip(observed, expected))
    srm_p = float(stats.chi2.sf(chi2, len(variants) - 1)) if len(variants) > 1 else None
    mismatch = srm_p is not None and srm_p < d["srm_threshold"]
    meta = {
        "exposed_users": len(first), "excluded_users": len(mixed), "incomplete_users": len(late),
        "srm_chi2": chi2, "srm_p_value": srm_p, "srm_mismatch": mismatch,
    }

    by_user = {}
    for e in events:
        by_user.setdefault(e["user_id"], []).append(e)

    def series(spec, before=False):
        out = []
        for u in analysed:
            start = first[u][0]
            chosen = []
            for e in by_user[u]:
                if e["event_type"] != spec["event"]:
                    continue
                if before:
                    back = spec.get("lookback_days")
                    if e["ms"] < start and (back is None or e["ms"] >= start - back * DAY):
                        chosen.append(e)
                elif start <= e["ms"] <= start + window:
                    chosen.append(e)
            out.append(measure(chosen, spec))
        return np.array(out)

    arms = np.array([arm_of[u] for u in analysed])
    x = series(d["covariate"], before=True) if "covariate" in d else None
    rho2 = (-2 * np.log(alpha) + np.log(-2 * np.log(alpha) + 1)) / d["tuning"]
    rows, family = [], []
    for m in d["metrics"]:
        sign = -1 if m.get("goal") == "decrease" else 1
        effect = m.get("minimum_effect", d["minimum_effect"])
        if m["type"] == "conversion":
            value = (series({"event": m["event"]}) > 0).astype(float)
        elif m["type"] == "ratio":
            value, below = series(m["numerator"]), series(m["denominator"])
        else:
            value = series(m)
        if "winsorize" in m:
            value = np.minimum(value, np.quantile(value, m["winsorize"]))
            if m["type"] == "ratio":
                below = np.minimum(below, np.quantile(below, m["winsorize"]))

        def estimate(v):
            a = value[arms == v]
            n = len(a)
            if m["type"] == "conversion":
                p = a.mean()
                return p, p * (1 - p) / n
            if m["type"] == "mean":
                return a.mean(), a.var(ddof=1) / n if n > 1 else math.nan
            if m["type"] == "ratio":
                b = below[arms == v]
                r = a.mean() / b.mean()
                # the variance of the linearised ratio is the delta method
                return r, np.var(a - r * b, ddof=1) / b.mean() ** 2 / n
            s = np.sort(a)
            spread = z * math.sqrt(n * m["quantile"] * (1 - m["quantile"]))
            lo = min(max(math.floor(n * m["quantile"] - spread), 1), n)
            hi = min(max(math.ceil(n * m["quantile"] + spread), 1), n)
            return np.quantile(a, m["quantile"]), ((s[hi - 1] - s[lo - 1]) / (2 * z)) ** 2

        for v in variants:
            if v == d["control"]:
                continue
            nc, nt = len(users[d["control"]]), len(users[v])
            row = {"metric": m["name"], "variant": v, "users_control": nc, "users_variant": nt}
            rows.append(row)
            names = (
                "value_control value_variant difference difference_low difference_high lift lift_low lift_high statistic "
                "degrees_of_freedom p_value p_holm p_benjamini_hochberg cuped_theta cuped_difference cuped_low cuped_high "
                "cuped_p_value cuped_variance_reduction chance_to_beat_control expected_loss_variant expected_loss_control "
                "sequential_low sequential_high sequential_p_value sequential_lift_low sequential_lift_high "
                "required_users_per_variant"
            ).split()
            row.update(dict.fromkeys(names))
            row["_guardrail"], row["_sign"] = m.get("guardrail", False), sign
            c, vc = estimate(d["control"]) if nc else (None, None)
            t, vt = estimate(v) if nt else (None, None)
            row["value_control"], row["value_variant"] = c, t
            if nc < 2 or nt < 2:
                continue
            diff, var = t - c, vc + vt
            row["difference"] = diff
            df, critical = None, z
            if m["type"] == "mean" and var > 0:
                df = var**2 / (vc**2 / (nc - 1) + vt**2 / (nt - 1))
                critical = stats.t.isf(alpha / 2, df)
            half = critical * math.sqrt(var) if var > 0 else 0
            row["difference_low"], row["difference_high"] = diff - half, diff + half
            lift = lift_var = None
            if c != 0:
                lift, lift_var = t / c - 1, vt / c**2 + t**2 * vc / c**4
                row["lift"] = lift
                row["lift_low"], row["lift_high"] = lift - z * math.sqrt(lift_var), lift + z * math.sqrt(lift_var)
            if m["type"] != "quantile" and vc > 0:
                zz = z + stats.norm.ppf(0.8)
                if m["type"] == "conversion":
                    q = c * (1 + effect)
                    if q <= 1:
                        mid = (c + q) / 2
                        a_ = z * math.sqrt(2 * mid * (1 - mid)) + stats.norm.ppf(0.8) * math.sqrt(c * (1 - c) + q * (1 - q))
                        row["required_users_per_variant"] = math.ceil(a_**2 / (q - c) ** 2)
                elif c != 0:
                    row["required_users_per_variant"] = math.ceil(zz**2 * 2 * vc * nc / (c * effect) ** 2)
            if x is not None and m["type"] in ("conversion", "mean"):
                theta = np.cov(x, value)[0, 1] / x.var(ddof=1) if x.var() > 0 else 0.0
                adjusted = value - theta * (x - x.mean())
                ac, at = adjusted[arms == d["control"]], adjusted[arms == v]
                raw = value[arms == d["control"]].var(ddof=1) / nc + value[arms == v].var(ddof=1) / nt
                avar = ac.var(ddof=1) / nc + at.var(ddof=1) / nt
                test = stats.ttest_ind(at, ac, equal_var=False)
                ci = test.confidence_interval(d["confidence"])
                row["cuped_theta"], row["cuped_difference"] = theta, at.mean() - ac.mean()
                row["cuped_low"], row["cuped_high"], row["cuped_p_value"] = ci.low, ci.high, test.pvalue
                row["cuped_variance_reduction"] = 1 - avar / raw if raw > 0 else None
            if not var > 0:
                continue
            if m["type"] == "conversion":
                mid = (c * nc + t * nt) / (nc + nt)
                row["statistic"] = diff / math.sqrt(mid * (1 - mid) * (1 / nc + 1 / nt))
                row["p_value"] = 2 * stats.norm.sf(abs(row["statistic"]))
            else:
                row["statistic"] = diff / math.sqrt(var)
                row["p_value"] = 2 * (stats.t.sf(abs(row["statistic"]), df) if df else stats.norm.sf(abs(row["statistic"])))
            row["degrees_of_freedom"] = df
            if not row["_guardrail"]:
                family.append(row)
            n = nc + nt

            def radius(var_):
                return math.sqrt(var_ * n) * math.sqrt(2 * (n * rho2 + 1) / (n**2 * rho2) * math.log(math.sqrt(n * rho2 + 1) / alpha))

            row["sequential_low"], row["sequential_high"] = diff - radius(var), diff + radius(var)
            row["sequential_p_value"] = min(1.0, math.sqrt(n * rho2 + 1) * math.exp(-(diff**2) * n * rho2 / (2 * var * (n * rho2 + 1))))
            if lift is not None:
                row["sequential_lift_low"], row["sequential_lift_high"] = lift - radius(lift_var), lift + radius(lift_var)
            if m["type"] == "conversion":
                sc, st = round(c * nc), round(t * nt)
                C, T = stats.beta(1 + sc, 1 + nc - sc), stats.beta(1 + st, 1 + nt - st)
                lo, hi = min(C.ppf(1e-15), T.ppf(1e-15)), max(C.isf(1e-15), T.isf(1e-15))
                nodes, weights = np.polynomial.legendre.leggauss(64)
                edges = np.linspace(lo, hi, 101)
                mid, rad = (edges[1:] + edges[:-1]) / 2, (edges[1:] - edges[:-1]) / 2
                g = (mid[:, None] + rad[:, None] * nodes).ravel()
                w = (rad[:, None] * weights).ravel()
                more = float(np.sum(w * T.pdf(g) * C.cdf(g)))
                loss_t, loss_c = float(np.sum(w * T.cdf(g) * C.sf(g))), float(np.sum(w * C.cdf(g) * T.sf(g)))
            elif m["type"] != "quantile":
                s = math.sqrt(var)
                more = stats.norm.cdf(diff / s)
                loss_t = s * stats.norm.pdf(diff / s) - diff * stats.norm.sf(diff / s)
                loss_c = s * stats.norm.pdf(diff / s) + diff * stats.norm.cdf(diff / s)
            if m["type"] != "quantile":
                if sign < 0:
                    more, loss_t, loss_c = 1 - more, loss_c, loss_t
                row["chance_to_beat_control"], row["expected_loss_variant"], row["expected_loss_control"] = more, loss_t, loss_c
    if family:
        ps = [r["p_value"] for r in family]
        for r, h, b in zip(family, multipletests(ps, method="holm")[1], multipletests(ps, method="fdr_bh")[1]):
            r["p_holm"], r["p_benjamini_hochberg"] = h, b
    for r in rows:
        if r["_guardrail"]:
            r["p_holm"] = r["p_benjamini_hochberg"] = r["p_value"]

    def wrong(r):
        return r["sequential_low"] is not None and (r["sequential_high"] < 0 if r["_sign"] > 0 else r["sequential_low"] > 0)

    def right(r):
        return r["sequential_low"] is not None and (r["sequential_low"] > 0 if r["_sign"] > 0 else r["sequential_high"] < 0)

    for r in rows:
        harmed = any(o["_guardrail"] and o["variant"] == r["variant"] and wrong(o) for o in rows)
        r["decision"] = (
            "no data" if r["users_control"] == 0 or r["users_variant"] == 0
            else "broken split" if mismatch
            else "stop" if harmed or wrong(r)
            else "ship" if right(r)
            else "keep running"
        )
    clean = lambda v: finite(v) if isinstance(v, (float, np.floating)) else v
    rows = [{k: clean(v) for k, v in r.items() if not k.startswith("_")} for r in rows]
    return rows, {k: clean(v) for k, v in meta.items()}


CONVERSION = {"name": "bought", "type": "conversion", "event": "purchase"}
REVENUE = {"name": "revenue", "type": "mean", "event": "purchase", "measure": {"sum": "amount"}}
cases, logs = [], {}


def case(name, definition, events):
    definition = {"analysis": "experiment", "experiment": "exp", **definition}
    rows, meta = analyse(definition, events)
    if id(events) not in logs:
        logs[id(events)] = [{k: v for k, v in e.items() if k != "ms"} for e in events]
    cases.append({"name": name, "definition": definition, "log": list(logs).index(id(events)), "rows": rows, "meta": meta})


everything = [
    CONVERSION,
    {**REVENUE, "winsorize": 0.95},
    {"name": "orders", "type": "mean", "event": "purchase"},
    {"name": "largest", "type": "mean", "event": "purchase", "measure": {"max": "amount"}},
    {"name": "average", "type": "mean", "event": "purchase", "measure": {"avg": "amount"}},
    {"name": "kinds", "type": "mean", "event": "purchase", "measure": {"distinct": "sku"}},
    {"name": "per view", "type": "ratio", "numerator": {"event": "purchase", "measure": {"sum": "amount"}}, "denominator": {"event": "page_view"}},
    {"name": "views", "type": "mean", "event": "page_view", "goal": "decrease", "guardrail": True},
    {"name": "p90", "type": "quantile", "event": "page_view", "quantile": 0.9},
]
three = simulate(1, {"A": 60, "B": 55, "C": 64}, {"A": 0.3, "B": 0.5, "C": 0.28}, {"A": 10, "B": 14, "C": 9})
case("three variants, every kind of metric, CUPED", {"control": "A", "metrics": everything, "covariate": {"event": "page_view"}}, three)
case("look-back, other confidence, tuning and split", {
    "control": "B", "metrics": [CONVERSION, REVENUE], "covariate": {"event": "page_view", "lookback_days": 3},
    "confidence": 0.9, "tuning": 200, "split": {"A": 2, "B": 2, "C": 2}, "minimum_effect": 0.1,
}, three)
case("only users whose window is over", {"control": "A", "metrics": [CONVERSION, REVENUE], "only_complete": True}, three)
case("only first exposures of some days", {"control": "A", "metrics": [CONVERSION, REVENUE], "from": "2025-01-03T00:00:00.000Z", "to": "2025-01-08T12:00:00.000Z"}, three)
case("a short window", {"control": "A", "metrics": [CONVERSION, REVENUE], "window_seconds": 86400.5}, three)
strong = simulate(2, {"A": 160, "B": 170}, {"A": 0.2, "B": 0.75}, {"A": 10, "B": 10})
case("a strong effect ships", {"control": "A", "metrics": [CONVERSION, REVENUE], "tuning": 500}, strong)
case("the wrong way stops", {"control": "A", "metrics": [{**CONVERSION, "goal": "decrease"}, REVENUE], "tuning": 500}, strong)
case("a harmed guardrail stops the rest", {"control": "A", "metrics": [REVENUE, {**CONVERSION, "goal": "decrease", "guardrail": True}], "tuning": 500}, strong)
broken = simulate(3, {"A": 90, "B": 30}, {"A": 0.3, "B": 0.3}, {"A": 1, "B": 1})
case("a broken split", {"control": "A", "metrics": [CONVERSION]}, broken)
planned = simulate(4, {"A": 30, "B": 30}, {"A": 0.3, "B": 0.3}, {"A": 1, "B": 1})
case("a planned variant without users", {"control": "A", "metrics": [CONVERSION], "split": {"A": 1, "B": 1, "Z": 1}}, planned)
case("nobody converts", {"control": "A", "metrics": [{"name": "never", "type": "conversion", "event": "signup"}, {"name": "nothing", "type": "mean", "event": "signup"}]}, three)
few = Log(5)
for user, variant in enumerate("AAB"):
    expose(few, user, variant, BASE + user)
    few.add(user, "purchase", BASE + 10 + user, amount=1.5 * (user + 1))
case("one user in an arm", {"control": "A", "metrics": [CONVERSION, REVENUE]}, few.events)

json.dump({"about": "made by experiment.py", "logs": list(logs.values()), "cases": cases}, sys.stdout, indent=None, separators=(",", ":"))
