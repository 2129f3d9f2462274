"""Quantiles of the distributions that intervals are made from."""


def t_quantile(confidence: float, degrees_of_freedom: float) -> float:
    """Return the two-sided Student t of a confidence (0 to 1): 1.96 at 0.95 and many degrees of freedom."""
    from scipy.special import stdtrit

    return float(stdtrit(max(degrees_of_freedom, 1.0), 0.5 + confidence / 2.0))
