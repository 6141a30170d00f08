"""Acts on places: load units and what became of them, add a village."""

from ansinh.localities.operations.load import load_reference, load_units
from ansinh.localities.operations.villages import add_village, village_named

__all__ = ["add_village", "load_reference", "load_units", "village_named"]
