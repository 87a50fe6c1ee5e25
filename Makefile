# 匠赛 Jiangsai. Each target explains itself in its `##` line: Chinese | English.
SHELL := /bin/sh
.DEFAULT_GOAL := help

# The first Python found; tools/launch.py looks for a newer one where this one is too old.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,$(shell command -v $(name) 2>/dev/null)))
LAUNCH = @test -n "$(PYTHON)" || { echo "✗ 没有找到 Python；请先安装 Python 3.11 或更新的版本。"; \
	echo "  There is no Python; install Python 3.11 or newer first."; exit 1; } >&2; exec "$(PYTHON)" -m tools.launch
BIN := .venv/bin
COMPILE = $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links
PARALLEL ?= 2
UPGRADE ?=

define CHECK
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
endef

.PHONY: help run test lint bench deep lock clean

help: ## 列出这些命令 | list these commands
	@echo "匠赛 Jiangsai"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\) | \(.*\)/  make \1\t\2\n\t\t\3/p' $(firstword $(MAKEFILE_LIST))
	@echo "PORT=8001 make run   换一个端口 | another port"
	@echo "DEMO=0 make run      新数据库不装演示内容 | a new database without the demonstration"
	@echo "UPGRADE=--upgrade make lock   取最新版本 | take the newest versions"

run: ## 启动系统，首次自动安装并装入演示内容 | set up where needed and serve on 127.0.0.1:8000
	$(LAUNCH) run

test: ## 检查代码并运行全部测试 | check the code and run the whole suite
	$(LAUNCH) prepare
	$(CHECK)
	$(BIN)/python -m pytest -n $(PARALLEL) --dist loadfile --no-loadscope-reorder

lint: ## 只检查代码：ruff、mypy、导入方向 | only the checks: ruff, mypy, direction of imports
	$(LAUNCH) tools
	$(CHECK)

bench: ## 性能比较，看比值 | measure and compare; read the ratios
	$(LAUNCH) tools
	$(BIN)/python -m benchmarks

deep: ## 运行慢而彻底的测试与变异测试 | run the slow, thorough tests and the mutation test
	$(LAUNCH) deep
	$(BIN)/python -m pytest -m deep
	$(BIN)/python -m tools.mutate

lock: ## 重新锁定依赖版本与哈希 | lock versions and hashes of the dependencies anew
	$(LAUNCH) tools
	$(COMPILE) $(UPGRADE) --output-file requirements.txt requirements.in
	$(COMPILE) $(UPGRADE) --output-file requirements-dev.txt requirements-dev.in

clean: ## 删除环境与缓存，保留 instance/ 中的数据 | remove the environment and caches, keep the data in instance/
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build test-artefacts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
