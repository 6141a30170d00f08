"""Logs."""

import logging


class PlainFormatter(logging.Formatter):
    pass
