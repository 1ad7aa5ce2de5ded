"""Rasa writes a line of log for each message it parses; a measurement wants none of them."""

import logging
import warnings

import structlog


def hush() -> None:
    """Only errors are written from now on."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
