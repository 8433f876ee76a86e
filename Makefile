# Every target is `scripts/dev.py <target>`; the logic and its explanations are there.
# Another interpreter than python3: make run PYTHON=python3.13
PYTHON ?= python3

.PHONY: help run test e2e check verify lint types openapi mails messages fmt lock bench
help run test e2e check verify lint types openapi mails messages fmt lock bench:
	@$(PYTHON) scripts/dev.py $@
