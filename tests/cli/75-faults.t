#!/bin/sh
# Plan: a short run of tests/faults/run.py (`make faults` is the long one): each step of a cutover with a
# fault at one of its calls, then again; nothing is lost, doubled or half written.
. tests/cli/tap.sh

NOI_FAULTS=${NOI_FAULTS:-$PWD/build/faults/fault.so}
export NOI NOI_FAULTS
ok "$([ -e "$NOI_FAULTS" ]; echo $?)" "the library that makes the faults is built"
run python3 tests/faults/run.py --seeds 40 --every 10
is "$status" 0 "40 seeds: every step ended cleanly and was done again to the same bytes"
[ "$status" = 0 ] || printf '%s\n%s\n' "$out" "$err" | sed 's/^/# /'
like "$out" '^40 seeds, 0 bad' "and it is said"
like "$out" '^two processes: 1[0-9] ways tried, 0 bad' "two processes at a time: one works, the other waits or is refused"
like "$out" '^all +40 .* 0 +0 +0$' "nothing lost, nothing doubled"

# a library that does nothing would pass for a program without a fault: it must be noticed
mkdir "$T/d"
"$NOI" init "$T/d/r.noi" >/dev/null
run env LD_PRELOAD="$NOI_FAULTS" NOI_FAULT_UNDER="$T/d" NOI_FAULT=disk-full:0 "$NOI" import "$T/d/r.noi" \
    units data/units_old.csv --as-of 2025-06-30
is "$status" 3 "a full disk ends an import with 3"
like "$err" 'r\.noi: the disk is full' "and it is said which"
like "$err" 'hint: .*TMPDIR|hint: .*temporary files' "and where to make room"
run env LD_PRELOAD="$NOI_FAULTS" NOI_FAULT_UNDER="$T/d" NOI_FAULT=read-error:6 "$NOI" verify "$T/d/r.noi"
is "$status" 3 "a sector that cannot be read ends a command with 3"
like "$err" 'r\.noi: the disk cannot be read or written: Input/output error' "and is not taken for damage"
run env LD_PRELOAD="$NOI_FAULTS" NOI_FAULT_UNDER="$T/d" NOI_FAULT=name-error:1 "$NOI" import "$T/d/r.noi" \
    units data/units_old.csv --as-of 2025-06-30
like "$err" 'r\.noi: its journal, beside it, cannot be made' "nor is a journal for a read-only file"
run env LD_PRELOAD="$NOI_FAULTS" NOI_FAULT_UNDER="$T/d" NOI_FAULT=disk-full:0 "$NOI" redact "$T/d/r.noi" \
    -o "$T/d/copy.noi" --new-key "$T/d/key"
is "$(ls "$T/d")" "r.noi" "a redaction that failed leaves neither copy nor key"

# a file that others write to while it is read
head -n 300 data/units_old.csv >"$T/d/units.csv"
before=$(sha256sum <"$T/d/r.noi")
run env LD_PRELOAD="$NOI_FAULTS" NOI_FAULT_UNDER="$T/d" NOI_FAULT=map-lost:2 "$NOI" import "$T/d/r.noi" \
    units "$T/d/units.csv" --as-of 2025-06-30
is "$status" 3 "a file that loses its bytes while it is read: 3, no crash"
like "$err" '^noi: .*/d/units\.csv: cannot be read to its end' "and it is named"
head -n 300 data/units_old.csv >"$T/d/units.csv"
LD_PRELOAD=$NOI_FAULTS NOI_FAULT_UNDER=$T/d NOI_FAULT=stop:3 "$NOI" import "$T/d/r.noi" units "$T/d/units.csv" \
    --as-of 2025-06-30 >"$T/out" 2>"$T/err" &
tries=0
until grep -q '^State:.T' "/proc/$!/status" || [ $((tries += 1)) -gt 200 ]; do sleep 0.05; done
echo >>"$T/d/units.csv"
kill -CONT $!
wait $!
is "$?" 3 "a file that grows while it is read is not taken in"
like "$(cat "$T/err")" 'units\.csv changed while it was read: [0-9]+ bytes then, [0-9]+ now' "and it is said"
"$NOI" verify "$T/d/r.noi" >/dev/null
is "$(sha256sum <"$T/d/r.noi")" "$before" "the registry is as it was"
done_testing
