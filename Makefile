# What a person types. `make demo` shows Gazette, `make test` runs everything, `make install` puts it on this machine.

PREFIX ?= /usr/local
# Another folder keeps two checkouts of one machine apart; release is what people get, debug is what tests run.
BUILD_FLAGS ?=
SITE ?= _site

.PHONY: help demo test install bench format clean

help:
	@echo "make demo      show the demonstration in $(SITE)/"
	@echo "make test      run all tests"
	@echo "make install   put gazette and its manual page into $(PREFIX) (or PREFIX=DIR)"
	@echo "make bench     measure, beside Hugo where it is installed"
	@echo "make format    lay out all Swift by .swift-format"
	@echo "make clean     remove what builds leave behind"

demo:
	@scripts/setup build
	swift build -c release --product gazette $(BUILD_FLAGS)
	"$$(swift build -c release --product gazette $(BUILD_FLAGS) --show-bin-path)/gazette" build --output "$(SITE)"

test:
	@scripts/setup test
	swift build --build-tests $(BUILD_FLAGS)
	# Apart: Foundation starts no process safely while other tests hold more than a thousand files open.
	swift test --skip-build $(BUILD_FLAGS) --skip 'GazetteTests|ExportTests'
	swift test --skip-build $(BUILD_FLAGS) --filter 'GazetteTests|ExportTests'
	@scripts/test-in-browser

install:
	@scripts/setup build
	scripts/install "$(PREFIX)"

bench:
	@scripts/setup build
	swift build -c release --product gazette $(BUILD_FLAGS)
	scripts/bench --gazette "$$(swift build -c release --product gazette $(BUILD_FLAGS) --show-bin-path)/gazette"
	scripts/bench-delivery --gazette "$$(swift build -c release --product gazette $(BUILD_FLAGS) --show-bin-path)/gazette"

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

clean:
	rm -rf .build .venv "$(SITE)"
