# noi: the engine of an administrative merger. `make help` lists what there is to do.
#
# build/obj   optimised objects      build/noi, build/libnoi.so
# build/san   the same under ASan and UBSan, with the unit tests
# The folders below are in the order of the layers; tools/lint.sh checks the arrows between them.

FOLDERS := base geo geo/index geo/check geo/repair address law plan registry importers exporters boundary merge merge/rules cutover report rehearsal
CC      ?= gcc
PREFIX  ?= /usr/local
Q       := $(if $(V),,@)# `make V=1` shows whole commands
DESTDIR ?=

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wcast-qual -Wstrict-prototypes \
        -Wmissing-prototypes -Wformat=2 -Wvla -Wwrite-strings -Wundef -Werror
PKGS := gdal geos proj spatialite sqlite3 json-c libsodium libxxhash libutf8proc xlsxwriter libedit
# Lazy, so that `make setup` can bring pkg-config itself.
PKG_CFLAGS = $(subst -I/,-isystem /,$(shell pkg-config --cflags $(PKGS)))
PKG_LIBS   = $(shell pkg-config --libs $(PKGS)) -lm -pthread
CPPFLAGS = -I. -Iinclude $(PKG_CFLAGS) -D_GNU_SOURCE
CFLAGS  := -std=c17 -O2 -g -fPIC -fvisibility=hidden -pthread $(WARN) -Wno-format-nonliteral
SAN     := -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer

SRC     := $(foreach d,$(FOLDERS),$(wildcard $(d)/*.c))
CLI_SRC := $(wildcard cli/*.c)
# What libnoi.so is made of: no GDAL, GEOS, PROJ or SQLite in it.
LIBNOI_SRC := $(filter-out base/embed.c,$(wildcard base/*.c)) $(wildcard geo/index/*.c) geo/edges.c \
              geo/coverage.c geo/predicate.c $(wildcard address/*.c) $(wildcard plan/*.c) law/keys.c
# Reference tables that only tests read stay outside the program.
UNREAD  := data/changes_after_2025_07_01.csv
EMBED   := $(filter-out $(UNREAD),$(sort $(wildcard registry/sql/*/*.sql data/*.csv data/*.json \
           data/scenarios/*.ini report/assets/*)))
TESTS   := $(wildcard tests/unit/*/test_*.c tests/unit/*/*/test_*.c)
BENCHES := $(wildcard bench/*.c)
FUZZERS := $(wildcard tests/fuzz/fuzz_*.c)

OBJ      := $(SRC:%.c=build/obj/%.o) build/obj/embed_data.o build/obj/embed_table.o
CLI_OBJ  := $(CLI_SRC:%.c=build/obj/%.o)
SAN_OBJ  := $(SRC:%.c=build/san/%.o) build/obj/embed_data.o build/obj/embed_table.o
SAN_CLI  := $(CLI_SRC:%.c=build/san/%.o)
TEST_BIN := $(TESTS:tests/unit/%.c=build/san/tests/%)
BENCH_BIN := $(BENCHES:bench/%.c=build/bench/%)

.PHONY: all help setup run check check-now run-now unit cli-tests lint san valgrind cov fuzz bench faults \
        bench-city accuracy fmt install clean translations

all: build/noi build/libnoi.so translations ## build/noi, build/libnoi.so and the translations

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what is missing (Debian packages), saying what
	@tools/setup.sh

run: setup ## rehearse a city end to end and name the report
	@$(MAKE) --no-print-directory run-now

check: setup ## lint, unit tests under sanitizers, command-line tests
	@$(MAKE) --no-print-directory check-now

run-now: all
	build/noi rehearse --size small --out build/rehearsal

check-now: all lint unit cli-tests
	@echo "make check: all passed"

# ---- objects ----
build/noi: $(CLI_OBJ) $(OBJ) build/obj/builtin_plan.o
	$(Q)echo "  link $@"
	$(Q)$(CC) -o $@ $^ $(PKG_LIBS)

build/san/noi: $(SAN_CLI) $(SAN_OBJ) build/obj/builtin_plan.o
	$(Q)echo "  link $@"
	$(Q)$(CC) $(SAN) -o $@ $^ $(PKG_LIBS)

build/libnoi.so: $(LIBNOI_SRC:%.c=build/obj/%.o)
	$(Q)echo "  link $@"
	$(Q)$(CC) -shared -Wl,-soname,libnoi.so.0 -Wl,--no-undefined -o $@ $^ -lsodium -lutf8proc -lxxhash -lm -pthread

build/obj/%.o: %.c
	@mkdir -p $(@D)
	$(Q)echo "  cc $@"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

build/san/%.o: %.c
	@mkdir -p $(@D)
	$(Q)echo "  cc $@"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(SAN) -MMD -MP -c -o $@ $<

build/gen/embed.S build/gen/embed.c &: $(EMBED) tools/embed.sh
	@mkdir -p build/gen
	$(Q)tools/embed.sh build/gen/embed.S build/gen/embed.c $(EMBED)

build/obj/embed_data.o: build/gen/embed.S $(EMBED)
	@mkdir -p $(@D)
	$(Q)echo "  cc $@"
	$(Q)$(CC) -c -o $@ $<

build/obj/embed_table.o: build/gen/embed.c
	@mkdir -p $(@D)
	$(Q)echo "  cc $@"
	$(Q)$(CC) -O2 -fPIC -c -o $@ $<

# The plan that noi uses without a registry, compiled once: 60 ms of each `noi lookup`.
build/gen/compile_plan: build/obj/tools/compile_plan.o $(OBJ)
	$(Q)echo "  link $@"
	$(Q)$(CC) -o $@ $^ $(PKG_LIBS)

build/gen/builtin.plan: build/gen/compile_plan
	$(Q)echo "  plan $@"
	$(Q)build/gen/compile_plan $@

build/obj/builtin_plan.o: build/gen/builtin.plan tools/builtin_plan.S
	$(Q)echo "  cc $@"
	$(Q)$(CC) -c -o $@ tools/builtin_plan.S

# ---- tests ----
build/san/libnoi_all.a: $(SAN_OBJ)
	@rm -f $@
	$(Q)ar rcs $@ $^

build/san/tests/%: tests/unit/%.c build/san/libnoi_all.a
	@mkdir -p $(@D)
	$(Q)echo "  link $@"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(SAN) -Itests -I$(<D) -MMD -MP -MF $@.d -o $@ $< build/san/libnoi_all.a \
	    $(PKG_LIBS) -lcmocka

unit: $(TEST_BIN) ## unit tests under ASan and UBSan
	@CMOCKA_MESSAGE_OUTPUT=TAP prove --exec '' $(PROVE_FLAGS) $(TEST_BIN)

cli-tests: build/noi build/san/noi build/faults/fault.so ## command-line tests (TAP)
	@NOI=$(CURDIR)/build/noi NOI_SAN=$(CURDIR)/build/san/noi prove $(PROVE_FLAGS) tests/cli/*.t

san: build/san/noi ## the program under ASan and UBSan, as build/san/noi

lint: ## include order, doors, formatting, spelling of names
	@tools/lint.sh

fmt: ## format all C sources
	clang-format -i $$(git ls-files '*.c' '*.h')

# ---- deeper checks; each brings the extra packages that it alone needs ----
build/plain/tests/%: tests/unit/%.c $(OBJ)
	@mkdir -p $(@D)
	$(Q)echo "  link $@"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -Itests -I$(<D) -MMD -MP -MF $@.d -o $@ $< $(OBJ) $(PKG_LIBS) -lcmocka

valgrind: ## unit tests under valgrind, without sanitizers
	@tools/setup.sh valgrind
	@$(MAKE) --no-print-directory $(TESTS:tests/unit/%.c=build/plain/tests/%)
	@CMOCKA_MESSAGE_OUTPUT=TAP prove \
	    --exec 'valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite' \
	    $(PROVE_FLAGS) $(TESTS:tests/unit/%.c=build/plain/tests/%)

cov: ## line coverage of the unit and command-line tests, as build/cov/index.html
	@tools/setup.sh lcov
	@tools/coverage.sh

FUZZ_SECONDS ?= 30
fuzz: ## each fuzzer for FUZZ_SECONDS (30) under libFuzzer, ASan and UBSan
	@tools/setup.sh clang libclang-rt-14-dev
	@$(MAKE) --no-print-directory $(FUZZERS:tests/fuzz/%.c=build/fuzz/%)
	@for f in $(FUZZERS:tests/fuzz/fuzz_%.c=%); do \
	    echo "fuzzing $$f for $(FUZZ_SECONDS) s"; mkdir -p build/fuzz/corpus/$$f; \
	    build/fuzz/fuzz_$$f -max_total_time=$(FUZZ_SECONDS) -max_len=65536 -timeout=10 \
	        -verbosity=0 -print_final_stats=1 -artifact_prefix=build/fuzz/ \
	        build/fuzz/corpus/$$f $$(ls -d tests/fuzz/corpus/$$f 2>/dev/null) || exit 1; \
	done

FUZZ_OBJ := $(SRC:%.c=build/fuzz/obj/%.o) build/obj/embed_data.o build/obj/embed_table.o
build/fuzz/obj/%.o: %.c
	@mkdir -p $(@D)
	$(Q)clang $(CPPFLAGS) -std=c17 -O1 -g -fPIC -pthread -fsanitize=fuzzer-no-link,address,undefined \
	    -fno-sanitize-recover=undefined -MMD -MP -c -o $@ $<

build/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(FUZZ_OBJ)
	$(Q)clang $(CPPFLAGS) -std=c17 -O1 -g -Itests -fsanitize=fuzzer,address,undefined -o $@ $^ $(PKG_LIBS)

build/faults/fault.so: tests/faults/fault.c tests/faults/streams.c tests/faults/fault.h
	@mkdir -p $(@D)
	$(Q)echo "  link $@"
	$(Q)$(CC) -D_GNU_SOURCE $(CFLAGS) -shared -o $@ $(filter %.c,$^) -ldl

SEEDS ?= 300
faults: build/noi build/faults/fault.so ## SEEDS (300) cutovers with a fault each: a table, about 5 minutes
	@python3 tests/faults/run.py --seeds $(SEEDS)

bench: build/noi $(BENCH_BIN) ## measure, a few minutes: build/bench.json and a table
	@bench/run.sh bench

accuracy: build/bench/accuracy ## the address reader against the law, in every spelling: a table
	@build/bench/accuracy

bench-city: build/noi $(BENCH_BIN) ## measure the full size: 10 million addresses
	@bench/run.sh city

build/bench/%: bench/%.c $(OBJ)
	@mkdir -p $(@D)
	$(Q)echo "  link $@"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d -o $@ $< $(OBJ) $(PKG_LIBS)

translations: ## compile po/*.po to build/locale
	@tools/translations.sh

# DESTDIR is for packagers: everything goes below it, but noi.pc and the program name PREFIX.
install: all ## program, library, header, translations and noi.pc below PREFIX (/usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include \
	    $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/share/locale
	install -m 755 build/noi $(DESTDIR)$(PREFIX)/bin/noi
	install -m 644 include/noi.h $(DESTDIR)$(PREFIX)/include/noi.h
	install -m 755 build/libnoi.so $(DESTDIR)$(PREFIX)/lib/libnoi.so.0
	ln -sf libnoi.so.0 $(DESTDIR)$(PREFIX)/lib/libnoi.so
	sed -e 's|@PREFIX@|$(PREFIX)|' -e "s|@VERSION@|$$(sed -n 's/^#define NOI_VERSION "\(.*\)"/\1/p' \
	    include/noi.h)|" tools/noi.pc.in > $(DESTDIR)$(PREFIX)/lib/pkgconfig/noi.pc
	if [ -d build/locale ]; then cp -R build/locale/. $(DESTDIR)$(PREFIX)/share/locale/; fi

clean: ## remove build/
	rm -rf build

-include $(OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(SAN_OBJ:.o=.d) $(SAN_CLI:.o=.d) $(TEST_BIN:=.d) $(BENCH_BIN:=.d) \
    $(TESTS:tests/unit/%.c=build/plain/tests/%.d) $(FUZZ_OBJ:.o=.d)
