"""Acts on the law book."""

from ansinh.lawbook.operations.confirm import confirm
from ansinh.lawbook.operations.holidays import confirm_holidays
from ansinh.lawbook.operations.moving import (
    confirm_resolution,
    propose_resolution,
    recall_resolution,
    record_effect,
    return_resolution,
    withdraw_resolution,
)
from ansinh.lawbook.operations.resolutions import (
    Paper,
    add_line,
    amend_resolution,
    remove_line,
    take_resolution_file,
    write_resolution,
)

__all__ = [
    "Paper",
    "add_line",
    "amend_resolution",
    "confirm",
    "confirm_holidays",
    "confirm_resolution",
    "propose_resolution",
    "recall_resolution",
    "record_effect",
    "remove_line",
    "return_resolution",
    "take_resolution_file",
    "withdraw_resolution",
    "write_resolution",
]
