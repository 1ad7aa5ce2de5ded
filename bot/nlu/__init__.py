"""Understanding: Rasa graph components that wrap the pure code of ``languages/`` and a bilingual classifier.

The pipeline (``config.yml``) is language, values, intent; no tokenizer, no TensorFlow.
"""
