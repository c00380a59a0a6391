# Two commands: `make practice` sets everything up and starts a role-play, `make test` sets up and passes the tests.
PYTHON ?= python3
BIN := .venv/bin
UNIT := not whisper and not device and not process and not natural and not soak
DEVICE := device and not natural and not soak
OTHERS := (whisper or process) and not device and not natural and not soak
# A process for each core, up to four, as each may load Whisper; the tests of a file share what takes long to make.
AT_ONCE := -n auto --maxprocesses 4 --dist loadscope

.PHONY: practice test test-natural unit check audit dist sbom soak bench bench-feedback bench-safety bench-turns bench-natural bench-log bench-sounds fuzz clean

practice: .venv/installed
	@scripts/bootstrap run
	@$(BIN)/rehearse

test: .venv/installed-tests
	@scripts/bootstrap test
	scripts/check
	$(BIN)/pytest $(AT_ONCE) -m "$(UNIT)"
	$(BIN)/pytest $(AT_ONCE) -m "$(OTHERS)"
	$(BIN)/pytest -m "$(DEVICE)"
	PYTHON=$(PYTHON) scripts/audit

# Apart from the others: a model of 90 MB, which takes npm as well where the model's release cannot be reached.
test-natural: .venv/installed-tests
	scripts/install natural
	$(BIN)/pytest -m natural

unit: .venv/installed-tests
	$(BIN)/pytest $(AT_ONCE) -m "$(UNIT)"

check: .venv/installed-tests
	scripts/check

# Known vulnerabilities of what is locked, where PyPI's advisories can be reached.
audit:
	PYTHON=$(PYTHON) scripts/audit

# The wheel, and beside it what it is made of (CycloneDX).
dist: .venv/installed sbom
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

sbom: .venv/installed
	@mkdir -p dist
	$(BIN)/python -m scripts.supply sbom dist/rehearse.cdx.json

# What takes minutes and a quiet machine: plugs that are pulled out of whole sessions, two hours under the virtual clock,
# and MINUTES (30) in real time through devices.
soak: .venv/installed-tests
	@scripts/bootstrap test
	$(BIN)/pytest -m soak
	$(BIN)/python -m benchmarks.soak $(MINUTES)

bench: .venv/installed-tests
	$(BIN)/python benchmarks/whisper_speed.py

# CORPORA=FOLDER adds the public corpora that are evaluated on and never shipped.
bench-feedback: .venv/installed-tests
	$(BIN)/python -m benchmarks.feedback_quality $(if $(CORPORA),--corpora $(CORPORA))
	$(BIN)/python -m benchmarks.feedback_page
	$(BIN)/python -m benchmarks.feedback_speed

# QUICK=N takes only about so many clips; all of them take hours.
# Writes the table of docs/safety.md.
bench-safety: .venv/installed-tests
	$(BIN)/python -m benchmarks.safety_screen

bench-turns: .venv/installed-tests
	@scripts/bootstrap test
	$(BIN)/python -m benchmarks.turns $(if $(QUICK),--quick $(QUICK))

bench-natural: .venv/installed-tests
	scripts/install natural
	$(BIN)/python benchmarks/natural_voice.py

# 5,000 sessions; takes a few minutes.
bench-log: .venv/installed-tests
	$(BIN)/python benchmarks/practice_log.py
	$(BIN)/python -m benchmarks.progress_page

# Sounds that nobody has said, and words that were misheard; a quarter of an hour.
bench-sounds: .venv/installed-tests
	$(BIN)/python -m benchmarks.non_speech
	$(BIN)/python -m benchmarks.misheard

# TARGET=scenario_file|audio_file|feedback_lines|command
fuzz: .venv/installed-tests
	$(BIN)/pip install -q atheris
	$(BIN)/python -m fuzz $(TARGET) -max_total_time=600

clean:
	rm -rf .venv .cache build dist

.venv/installed: pyproject.toml requirements.lock scripts/install
	PYTHON=$(PYTHON) scripts/install run
	@touch $@

.venv/installed-tests: .venv/installed requirements-test.lock
	PYTHON=$(PYTHON) scripts/install test
	@touch $@
