#!/bin/sh
# run.sh bench|city: measures, prints a table and writes build/bench.json. `bench` takes minutes;
# `city` is the full size (10 million addresses, 4 million households, 8 million cases) and merges
# its figures into the file. Seconds of district and city are from import to report: the making of
# the files is not counted. Run from the top of the tree.
set -eu
what=${1:-bench}
out=build/bench
mkdir -p "$out"

# One whole way at a size: its scorecard and its peak of memory.
rehearse() {
    echo "rehearse --size $1 ..."
    status=0
    build/bench/peak "$out/$1.peak.json" build/noi rehearse --size "$1" --out "$out/$1" --json \
        >"$out/$1.json" || status=$?
    if [ "$status" -gt 1 ]; then
        echo "bench: the rehearsal failed with status $status" >&2
        exit "$status"
    fi
}

# What a cutover does on the result: in = out, the ledger proved, a second merge that finds nothing new, and
# the new unit with the most records taken back and given again.
cutover() {
    registry=$out/$1/city.noi
    echo "cutover at size $1 ..."
    step() {
        name=$1
        shift
        status=0
        build/bench/peak "$out/$size.$name.json" "$@" >"$out/$size.$name.txt" 2>&1 || status=$?
        if [ "$status" -gt 1 ]; then
            cat "$out/$size.$name.txt" >&2
            exit "$status"
        fi
    }
    size=$1
    step reconcile build/noi reconcile "$registry" --flows "$out/flows.csv"
    step verify build/noi verify "$registry"
    step remerge build/noi merge "$registry" --plan "$out/$1/city.plan"
    unit=$(awk -F, '$4 == "assigned" {n[$5] += $NF} END {for (u in n) if (n[u] > most) {most = n[u]; unit = u}
        print unit}' "$out/flows.csv")
    step undo build/noi undo "$registry" --new-unit "$unit" --reason bench --json
    run=$(sed -n 's/.*"run":\([0-9]*\).*/\1/p' "$out/$1.undo.txt")
    step redo build/noi undo "$registry" --run "$run" --reason bench --json
}

# The program prints a table for people; its last line that begins with { is for machines.
measure() {
    echo "$1 ..."
    build/bench/"$1" >"$out/$1.txt"
    grep '^{' "$out/$1.txt" | tail -1 >"$out/$1.json"
}

# One million and four million addresses through `noi convert`: rows a second on one core, and that
# four times the rows need no more memory; then a thousand lookups in one process.
convert() {
    echo "convert ..."
    python3 bench/addresses.py 1000000 "$out/addresses.csv"
    { cat "$out/addresses.csv"; for _ in 1 2 3; do tail -n +2 "$out/addresses.csv"; done; } >"$out/four.csv"
    build/bench/peak "$out/convert.json" taskset -c 0 build/noi convert "$out/addresses.csv" \
        -o "$out/converted.csv" --column address 2>/dev/null
    build/bench/peak "$out/convert4.json" build/noi convert "$out/four.csv" -o "$out/converted.csv" \
        --column address 2>/dev/null
    build/bench/peak "$out/lookup.json" sh -c "sed -n '2,1001s/^[0-9]*,//p' '$out/addresses.csv' |
        build/noi lookup -i >/dev/null || true"
    build/bench/peak "$out/nothing.json" sh -c ": | build/noi lookup -i"
    rm -f "$out/four.csv" "$out/converted.csv" "$out/addresses.csv"
}

if [ "$what" = city ]; then
    rehearse city
    cutover city
else
    for program in bench_locate bench_check bench_overlay bench_reader bench_judge; do
        if [ -x "build/bench/$program" ]; then
            measure "$program"
        fi
    done
    convert
    rehearse district
    cutover district
fi
exec bench/collect.pl
