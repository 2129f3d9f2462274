"""Greenhouse gases of the energy that a building buys and burns.

`hourly_emissions` and `annual_emissions` are what a load emits by the factor of each hour or year, `avoided` what a
change spares, and `scope2` the location-based and market-based figures side by side. `shipped_factors` are those of
public bodies, `stated` those that a person gives.
"""

from tools.carbon.emissions import Emissions, annual_emissions, avoided, hourly_emissions
from tools.carbon.factors import AnnualFactors, shipped_factors, stated
from tools.carbon.scope2 import Contract, Scope2, scope2

__all__ = [
    "AnnualFactors",
    "Contract",
    "Emissions",
    "Scope2",
    "annual_emissions",
    "avoided",
    "hourly_emissions",
    "scope2",
    "shipped_factors",
    "stated",
]
