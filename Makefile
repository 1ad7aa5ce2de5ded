# The product's commands; `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run train chat test lint format evaluate bench clean environment tools

export RASA_TELEMETRY_ENABLED := false
# TensorFlow comes with Rasa; what it says at every import is of no use to anybody here.
export TF_CPP_MIN_LOG_LEVEL := 3

UV := launch/uv
PYTHON := .venv/bin/python
CODE := actions billing bot company.py languages launch sessions tests twilio_standin

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' Makefile

run: environment  ## set up, train if the data changed, start everything; Ctrl-C ends it
	@exec $(PYTHON) -m launch run

train: environment  ## train the model if the data changed
	@exec $(PYTHON) -m launch train

chat: environment  ## talk to the running assistant; CHAT="--language en --as office@prairie-dental.example"
	@exec $(PYTHON) -m launch.chat $(CHAT)

test: tools  ## install what the tests need and run them all; TESTS="tests/unit -k money" picks some
	@bash tests/support/system-packages.sh
	@exec $(PYTHON) -m pytest $(TESTS)

lint: tools  ## ruff and mypy
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy $(CODE)

format: tools  ## let ruff put the code in shape
	@$(PYTHON) -m ruff check --fix --exit-zero .
	@$(PYTHON) -m ruff format .

evaluate: environment  ## how well it understands, as a report
	@exec $(PYTHON) -m bot.nlu.evaluation $(EVALUATE)

bench: environment  ## speed and memory beside a stock Rasa pipeline
	@exec $(PYTHON) -m bot.nlu.evaluation.bench compare $(BENCH)

clean:  ## remove models, caches and the demo's data; the environment stays
	rm -rf var .rasa .pytest_cache .mypy_cache .ruff_cache .hypothesis results
	rm -f models/*.tar.gz
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

# What the product itself needs; --inexact leaves the tools of the tests where they are.
environment:
	@$(call sync,--no-dev --inexact)

tools:
	@$(call sync,)

# Byte code is made once, whatever the machine's own habit: without it the assistant imports for 14 s, with it for 7 s.
# Looking whether all of it is there costs seconds itself, so that is done only after the lock changed.
COMPILED := .venv/.compiled
define sync
	if [ $(COMPILED) -nt uv.lock ]; then $(UV) sync --frozen --quiet $(1); else \
	  echo "Setting up the environment (.venv) ..." >&2; \
	  $(UV) sync --frozen --quiet --compile-bytecode $(1); touch $(COMPILED); fi
endef
