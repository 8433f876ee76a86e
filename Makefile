# Every target is `scripts/dev.py <target>`; the logic and its explanations are there.
# Another interpreter than python3: make run PYTHON=python3.13
PYTHON ?= python3

.PHONY: help run test check verify lint types openapi fmt lock
help run test check verify lint types openapi fmt lock:
	@$(PYTHON) scripts/dev.py $@
