# Millrace. The two commands of the README are "make run" and "make test".
SHELL := /usr/bin/env bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VERSION := $(shell git describe --always --dirty 2>/dev/null || echo dev)
LINT_VERSION := v2.15.0
GOFUMPT_VERSION := v0.12.0
ARGS ?=
FUZZ ?= 2m

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

run: build ## Build everything and serve it; ARGS="--listen 127.0.0.1:9000" adds flags
	@./millrace serve $(ARGS)

build: node_modules ## Build the page and the binary ./millrace
	@npm run --silent build
	@CGO_ENABLED=0 go build -tags embed -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o millrace .

test: build ## Run all tests: Go with a real Flink, the page, and a real browser
	@./tools.sh chromium
	@CGO_ENABLED=0 go test -p 1 -timeout 30m ./...
	@go test -race ./server/live ./server/auth
	@npm run --silent test
	@npm run --silent e2e

check: node_modules ## Run the linters and say whether generated files are up to date
	@gofumpt=$$(go run mvdan.cc/gofumpt@$(GOFUMPT_VERSION) -l .) && [ -z "$$gofumpt" ] || { echo "run make format: $$gofumpt"; exit 1; }
	@go vet ./... && go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION) run ./...
	@go run . openapi | cmp - frontend/api/openapi.json || { echo "the API changed: run make api"; exit 1; }
	@npm run --silent check

api: node_modules ## Write the API's description and the page's types from the Go code
	@go run . openapi > frontend/api/openapi.json
	@npm run --silent api

bench: build ## Measure against a bare gateway, Flink's own EXPLAIN and the limits of the README
	@go test -run '^$$' -bench . -benchtime 20x ./compiler
	@go test -tags bench -timeout 30m -v -run TestBench ./bench

soak: ## Put 10,000 hostile texts into every field, and fuzz each reader; FUZZ=10m for longer
	@go test -run TestNothingThatIsTypedLeavesItsPlace -timeout 60m ./compiler -texts 10000
	@for target in compiler/flinksql:Lex compiler/flinksql:Parse graph:Decode compiler:Compile compiler:Import compiler/mysqlddl:Tables; do \
		go test -run '^$$' -fuzz "^Fuzz$${target#*:}$$" -fuzztime $(FUZZ) -fuzzminimizetime 100x "./$${target%:*}"; done

format: node_modules ## Format the code
	@go run mvdan.cc/gofumpt@$(GOFUMPT_VERSION) -w .
	@npx prettier --log-level warn --write frontend

clean: ## Remove what was built
	@rm -rf millrace frontend/dist node_modules

node_modules: package-lock.json
	@./tools.sh
	@npm install --no-save --silent --no-audit --no-fund
	@touch node_modules

.PHONY: help run build test check api bench soak format clean
