#!/bin/sh
# coverage.sh: builds a copy of the tree with gcov's counters, runs the tests, writes build/cov.
set -eu
top=$(pwd)
rm -rf build/cov
mkdir -p build/cov/tree
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t build/cov/tree
cd build/cov/tree
NOI_SHARED=${NOI_SHARED:-$top/../shared} make -j"$(nproc)" -s SAN="--coverage -O0" unit
lcov -q --capture --directory build/san --output-file ../all.info
lcov -q --remove ../all.info '/usr/*' '*/tests/*' --output-file ../noi.info
genhtml -q ../noi.info --output-directory "$top/build/cov"
lcov --summary ../noi.info
echo "coverage: build/cov/index.html"
