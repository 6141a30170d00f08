"""Questions about places."""

from ansinh.localities.queries.names import Candidate, find_by_name, search_units
from ansinh.localities.queries.provinces import province_keys
from ansinh.localities.queries.restating import restate
from ansinh.localities.queries.successors import (
    Successor,
    predecessors,
    scope_ids,
    tree,
    unit_on,
    where_today,
)

__all__ = [
    "Candidate",
    "Successor",
    "find_by_name",
    "predecessors",
    "province_keys",
    "restate",
    "scope_ids",
    "search_units",
    "tree",
    "unit_on",
    "where_today",
]
