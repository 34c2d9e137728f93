# Two commands set everything up on a fresh Debian machine with Rust: `make demo` and `make test`.

# Built files outside the tree are shared between clones; set CARGO_TARGET_DIR to change it.
export CARGO_TARGET_DIR ?= $(HOME)/.cache/gisement/target
VENV ?= $(HOME)/.cache/gisement/venv
BIN = $(CARGO_TARGET_DIR)/release/gisement
FEATURES = $(shell sh scripts/features.sh)
DEMO ?= demo

.PHONY: help demo build test notebook bench lint clean

help: ## This list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

demo: setup build ## Install what is missing, build, run the whole chain on the demonstration territory
	$(BIN) demo --out $(DEMO)

setup: ## Install what the build needs (apt), or say what is missing
	@sh scripts/setup.sh build

build:
	cargo build --release --locked $(FEATURES)

test: setup ## Run every test: Rust, GeoPackage validators, QGIS, notebook
	@sh scripts/setup.sh test
	cargo test --release --locked $(FEATURES) $(if $(findstring gdal,$(FEATURES)),--features geos-oracle)
	VENV=$(VENV) BIN=$(BIN) sh scripts/check_delivery.sh

lint: ## Formatting and lints
	cargo fmt --check
	cargo clippy --release --locked --all-targets $(FEATURES) -- -D warnings

bench: ## Benchmarks
	cargo bench --locked $(FEATURES)


clean:
	rm -rf $(CARGO_TARGET_DIR) $(VENV) $(DEMO)
