# The tasks of the house. Two matter at first: `make map` shows the example reports on the map, `make test` proves the rest.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help page build map test tools chromium fmt lint unit data tested types browser eval bench gazetteer world clean

# What `make map` reads: `make map REPORTS=~/reports`.
REPORTS ?= examples/reports
# Reports with the answers written by hand, and the scores that may only rise.
GOLD := tests/corpus/reports.jsonl
FLOORS := tests/corpus/floors.tsv

PAGE := web/dist/basemap.json
PAGE_SOURCES := $(wildcard web/*.js web/*.css web/*.html web/locale/*.json) web/build.mjs web/atlas.mjs web/places.mjs \
  geodata/gazetteer/base.tsv geodata/gazetteer/corrections.tsv $(wildcard geodata/gazetteer/facts/*.tsv)
MODULES := web/node_modules/.package-lock.json

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

page: tools $(PAGE) ## build the page into web/dist

# The last file that the build writes stands for all of them.
$(PAGE): $(PAGE_SOURCES) $(MODULES)
	npm --prefix web run --silent build

$(MODULES): web/package-lock.json
	npm --prefix web ci --no-audit --no-fund
	@touch $@

build: page ## build the program, with page, base map and gazetteer inside
	cargo build --locked --release

map: build ## read the example reports (or REPORTS=…) and show them on the map
	cargo run --locked --release --quiet -- map $(REPORTS)

test: tools chromium fmt page types lint unit data browser eval ## everything that must be green
	@echo "all tests passed"

fmt:
	cargo fmt --check

types: $(MODULES)
	npm --prefix web run --silent check

lint: page
	cargo clippy --locked --all-targets -- -D warnings

unit: page
	cargo test --locked

# The tests' own build also checks the data and counts the scores: neither depends on the profile, and a second build would cost minutes.
DALIL := $(or $(CARGO_TARGET_DIR),target)/debug/dalil

tested: page
	@cargo test --locked --quiet --no-run

data: tested
	$(DALIL) check

browser: page chromium ## the page in headless Chromium
	cargo test --locked --test browser

eval: tested ## the scores, which may not fall below their floors
	$(DALIL) eval --floors $(FLOORS) $(GOLD)

bench: page ## speed and memory, each against its baseline
	cargo bench --locked

gazetteer: ## make geodata/gazetteer/base.tsv again from the pinned packages
	python3 geodata/gazetteer/build_base.py

world: build ## every place of the pinned packages, compiled to world.gazetteer (not committed), for --gazetteer
	python3 geodata/gazetteer/build_world.py --out target/world.tsv
	target/release/dalil gazetteer build target/world.tsv --output world.gazetteer

clean: ## remove what was built
	cargo clean
	rm -rf web/dist web/node_modules web/test-results test-results

tools:
	@missing=
	for tool in cargo cc node npm; do command -v $$tool > /dev/null || missing="$$missing $$tool"; done
	if [ -n "$$missing" ]; then echo "missing:$$missing (Rust from https://rustup.rs, the rest on Debian: apt-get install build-essential nodejs npm)" >&2; exit 1; fi
	if ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; then echo "missing: Node 20 or newer, found $$(node --version)" >&2; exit 1; fi

# The page's tests need a browser with an Arabic font; root on Debian gets both, others are told. CHROMIUM names another one.
chromium:
	@if command -v "$${CHROMIUM:-chromium}" > /dev/null; then exit 0; fi
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends chromium fonts-dejavu-core
	else
	  echo "missing: chromium (on Debian: apt-get install chromium fonts-dejavu-core), needed by the page's tests" >&2; exit 1
	fi

.ONESHELL:
