"""The assistant serves without TensorFlow."""

import subprocess
import sys

import pytest

LOOK = """
import sys
from bot.without_tensorflow import leave_out
leave_out()
import bot.server
import tensorflow
assert type(tensorflow).__name__ == "_EmptyModule", tensorflow
assert not any(name.startswith(("tensorflow.python", "jaxlib")) for name in sys.modules)
print("served")
"""

MISUSE = """
from bot.without_tensorflow import TensorFlowLeftOut, leave_out
leave_out()
import tensorflow as tf
class Layer(tf.keras.layers.Layer):
    pass
try:
    Layer()
except TensorFlowLeftOut:
    print("loud")
"""


@pytest.mark.parametrize(("program", "word"), [(LOOK, "served"), (MISUSE, "loud")])
def test_tensorflow_is_names_only(program: str, word: str) -> None:
    """Half the memory and seconds of every start go to a library nothing here computes with."""
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=False
    )
    assert word in result.stdout, result.stderr[-2000:]
