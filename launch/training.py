"""``python -m launch.training <folder> <name>``: train the project's model into ``<folder>/<name>``.

A process of its own, because Rasa with TensorFlow takes seconds to import and hundreds of megabytes
that the launcher would otherwise keep for as long as it watches.
"""

import logging
import sys


def main() -> int:
    """Train as plain ``rasa train`` would; 0 when the model is there."""
    folder, name = sys.argv[1:]
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("rasa.engine.training.hooks").setLevel(logging.INFO)  # names the component at work
    from rasa.model_training import train  # noqa: PLC0415 — only now, so that what it logs is seen

    result = train(
        domain="domain.yml",
        config="config.yml",
        training_files="data",
        output=folder,
        fixed_model_name=name,
        force_training=True,  # the launcher has already found that no model fits
    )
    return result.code if result.model is None else 0


if __name__ == "__main__":
    sys.exit(main())
