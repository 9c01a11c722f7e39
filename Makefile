# Each target makes .venv first where that is needed (setup_env.py), and skips that where it is not.
#   PYTHON=python3.12    the interpreter to make .venv with
#   TORCH=cpu            PyTorch's small build, without CUDA
#   COURSE_LANGUAGE=zh   or en; without it, the locale decides
#   ARGS="..."           options for the command: make lab ARGS="--no-browser --port 9999"

BIN = .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
# The environment's own first: it is the quickest to say that there is nothing to do.
PYTHONS = $(or $(PYTHON),$(wildcard $(BIN)/python) python3 python3.14 python3.13 python3.12 python3.11 python)
SET_UP = for python in $(PYTHONS); do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && exec $$python setup_env.py
NO_PYTHON = ; done; \
	echo "set-up: $(or $(PYTHON),this machine) has no Python 3.11 or newer: install one, and where it is not" \
	"found by itself, name it, as in \`make lab PYTHON=python3.12\`." >&2; exit 2

.DEFAULT_GOAL := help
.PHONY: help setup lab demo test build lock clean

help:
	@echo "make lab     your copy of the course in work/, opened in JupyterLab"
	@echo "make demo    a whole class cycle: generate, collect, grade and return four submissions"
	@echo "make test    everything that CI runs"
	@echo "make build   the notebooks, from source/*.py"
	@echo "make lock    requirements.lock, from pyproject.toml (ARGS=--upgrade for the newest versions)"
	@echo "make clean   removes .venv, demo/ and caches; your files in work/ stay"

setup:
	@$(SET_UP) $(NO_PYTHON)

lab: setup
	@$(BIN)/pytorch-learning lab $(ARGS)

demo: setup
	@$(BIN)/pytorch-learning demo $(ARGS)

test: setup
	@$(BIN)/python tests/run_all.py $(ARGS)

build: setup
	@$(BIN)/pytorch-learning build $(ARGS)

lock:
	@$(SET_UP) --lock $(ARGS) $(NO_PYTHON)

clean:
	rm -rf .venv demo .pytest_cache .mypy_cache .ruff_cache
