# The commands of the project. `make demo` for a first look, `make test` for everything CI runs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WHEELS ?= $(wildcard wheels)
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/pip install --quiet $(if $(WHEELS),--no-index --find-links $(WHEELS))
ANSINH := $(BIN)/ansinh
PORT ?= 8000
KILLS ?= 200

.PHONY: setup demo run test check law fix words bench faults bundle lock tools clean
.DEFAULT_GOAL := help

help:
	@echo "make setup   environment in .venv with the ansinh command"
	@echo "make demo    an invented province on http://localhost:$(PORT)"
	@echo "make run     the site with your own data"
	@echo "make test    everything CI runs"
	@echo "make check   style, floors of the house, types, house tests, law cases"
	@echo "make law     the law's worked cases"
	@echo "make fix     repair style"
	@echo "make words   renew the English catalogue from the sources"
	@echo "make bench   the speed table"
	@echo "make faults  $(KILLS) kills of worker, web server and database in the middle of work; full disk, cut connections, jumping clock"
	@echo "make bundle  pack everything for a machine without a network"
	@echo "make lock    renew the locked requirements"

setup: $(VENV)/runtime.stamp

$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên (make PYTHON=python3.12 …)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Thiếu mô-đun venv của Python (Debian: apt-get install python3-venv)"; exit 1; }
	@echo "Tạo môi trường Python trong $(VENV)"
	$(PYTHON) -m venv $(VENV)
	@touch $@

# The project itself is put on the path of the environment, with its command: no build tool is needed, so hashes hold for all.
$(VENV)/runtime.stamp: $(VENV)/python.stamp requirements/runtime.txt Makefile
	@echo "Cài các thư viện (lần đầu mất khoảng nửa phút)"
	$(PIP) --require-hashes -r requirements/runtime.txt
	@$(BIN)/python requirements/link.py
	@touch $@

$(VENV)/dev.stamp: $(VENV)/runtime.stamp requirements/dev.txt
	@echo "Cài thêm công cụ kiểm thử"
	$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

demo: setup
	$(ANSINH) demo --port $(PORT)

run: setup
	$(ANSINH) migrate --no-input
	$(ANSINH) serve --port $(PORT)

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check src tests conftest.py
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy src/ansinh/kernel src/ansinh/law
	$(BIN)/python -m pytest tests/house
	$(MAKE) --no-print-directory law

law: setup
	$(ANSINH) law check $$(find src/ansinh/law -path '*cases*' -name '*.yaml' 2>/dev/null | sort)

fix: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format src tests conftest.py

# What is missing in English is named and stands empty in locale/en; the compiled form goes with it.
words: setup
	$(BIN)/python -m django renew_words --settings ansinh.project.settings

# Browser, office programme and fonts come from the distribution.
tools:
	@sh requirements/tools.sh

# The site's browser keeps an event loop running in its process, which Django's other tests must not meet.
test: tools check
	$(BIN)/python -m pytest -n 2 --ignore tests/house --ignore tests/browser
	$(BIN)/python -m pytest -n 2 tests/browser

bench: setup
	$(ANSINH) bench

faults: $(VENV)/dev.stamp
	ANSINH_KILLS=$(KILLS) $(BIN)/python -m pytest tests/faults -s -p no:logging

bundle: setup
	sh requirements/bundle.sh

# Run where a network is: uv in an environment of its own, so that it is no part of the project.
lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install --quiet uv
	for set in runtime dev; do $(VENV)-lock/bin/uv pip compile --upgrade --generate-hashes --no-emit-index-url \
	  --python-version 3.11 --universal requirements/$$set.in -o requirements/$$set.txt; done
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache
