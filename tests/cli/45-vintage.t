#!/bin/sh
# noi vintage: the days that a column of codes fits, and what does not fit.
. tests/cli/tap.sh

run "$NOI" vintage data/units_new.csv --column code
is "$status" 0 "the codes of today fit today alone"
like "$out" "The codes are those in force since 2025-07-01" "and it says so"
run "$NOI" vintage data/units_old_hanoi.csv --column code
like "$out" "The codes are those in force until 2025-06-30" "Hanoi's old codes"
run "$NOI" vintage data/units_old.csv --column code
is "$status" 1 "the old codes of the city were others' in 2024"
like "$out" "fit [0-9]+ spans of days alike" "the doubt is said"
like "$out" "26929  Phường 24 \(until 2024-12-31\), Phường 14 \(2025-01-01 to 2025-06-30\)" "with what tells them apart"

printf 'id;ma\n1;26740\n2;26740.0\n3;4\n4;abc\n5;99999\n6;\n7;26741\n8;27118\n' >"$T/v.csv"
run "$NOI" vintage "$T/v.csv" --column ma --json
is "$status" 1 "exceptions end with 1"
like "$out" '"rows":7' "rows with a code are counted"
like "$out" '"empty":1' "and those without"
like "$(printf '%s' "$out" | tr -d ' \n')" '"code":"4","why":"lost_zeros"' "lost zeros"
like "$(printf '%s' "$out" | tr -d ' \n')" '"code":"abc","why":"malformed","rows":1,"first_line":5' "malformed, with its line"
like "$(printf '%s' "$out" | tr -d ' \n')" '"code":"99999","why":"unknown"' "unknown on any day"

printf 'id,ma\n1,x\n' >"$T/none.csv"
run "$NOI" vintage "$T/none.csv" --column ma
is "$status" 1 "no code at all"
like "$out" "No code of the column was a unit's code" "is said plainly"
run "$NOI" vintage "$T/v.csv"
is "$status" 2 "--column is needed"
run "$NOI" vintage "$T/v.csv" --column nothing
is "$status" 3 "a column that is not there"
like "$err" "its columns are: id, ma" "the hint lists those that are"
run "$NOI" vintage "$T/missing.csv" --column ma
is "$status" 3 "a file that is not there"
done_testing
