"""Acts on places: load units and what became of them; add, rename and end a village."""

from ansinh.localities.operations.load import load_reference, load_units
from ansinh.localities.operations.villages import add_village, end_village, open_village, rename_village, village_named

__all__ = ["add_village", "end_village", "load_reference", "load_units", "open_village", "rename_village", "village_named"]
