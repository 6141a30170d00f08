"""Acts on the law book."""

from ansinh.lawbook.operations.confirm import confirm

__all__ = ["confirm"]
