#!/bin/sh
# noi lookup, many questions in a row. Plan: from a pipe one answer a line, as JSON too, an empty line
# included; on a terminal names are proposed while one types, Tab takes the first, a number answers the
# question, and the terminal is left as it was, also after Ctrl-C; usage.
. tests/cli/tap.sh
talk() { python3 tests/cli/talk.py "$@"; }

# ---- from a pipe ----
printf '12 Tôn Đản, P13, Q4\n\nP.15, Q.4\r\nlorem ipsum' | "$NOI" lookup >"$T/out" 2>"$T/err"
is "$?" 1 "not all were assigned: exit 1"
is "$(wc -l <"$T/out")" 4 "one line each, for the empty line and for a last one without its end too"
like "$(sed -n 1p "$T/out")" "^27259  Phường Xóm Chiếu" "an answer"
like "$(sed -n 2p "$T/out")" "^UNPLACED  no_evidence" "nothing to go by"
is "$(sed -n 3p "$T/out")" "AMBIGUOUS  27259 27265  split_unit" "candidates and the reason"
like "$(sed -n 4p "$T/out")" "^UNPLACED  no_unit_in_text" "noise"
is "$(printf 'Phường Bến Nghé, Quận 1\n' | "$NOI" lookup -i --json | python3 -c '
import json, sys
for line in sys.stdin:
    d = json.loads(line)
    w = d["read"]["ward"]
    print(d["new_code"], w["text"], d["read"]["district"]["text"], w["read"], w["units"][0]["to"])')" \
    "26740 Phường Bến Nghé Quận 1 as_written 2025-06-30" "JSON, a line each, with what was read"
printf 'Phường Bến Nghé, Quận 1\n' | "$NOI" lookup -i >/dev/null
is "$?" 0 "all assigned: exit 0"
: | "$NOI" lookup >/dev/null
is "$?" 0 "no question, no answer"
python3 -c 'print("x" * 1000000)' | "$NOI_SAN" lookup >"$T/out"
like "$(cat "$T/out")" "^UNPLACED" "a line of a million letters, under sanitizers"

# ---- lines in the encodings of old systems, each by itself ----
python3 - "$T" <<'PY'
import sys
text = "12 Lê Lợi, Phường Bến Nghé, Quận 1"
tcvn3 = {"ê": 0xAA, "ợ": 0xEE, "ư": 0xAD, "ờ": 0xEA, "ế": 0xD5, "é": 0xD0, "ậ": 0xCB}
with open(sys.argv[1] + "/mixed.txt", "wb") as f:
    f.write(text.encode() + b"\n")
    f.write(bytes(tcvn3.get(c, ord(c) & 0xFF) for c in text) + b"\n")
    f.write(text.encode() + b"\n")
PY
is "$("$NOI" lookup <"$T/mixed.txt" | cut -c1-5 | tr '\n' ' ')" "26740 26740 26740 " \
    "a line of TCVN3 among lines of UTF-8"
is "$("$NOI_SAN" lookup "$(sed -n 2p "$T/mixed.txt")" | cut -c1-5 | head -n 1)" 26740 "and as an argument"

# ---- on a terminal ----
printf 'phường bến ngh<TAB>\nP.15, Q.4\n2\n9\n<EOF>\n' | talk "$NOI" lookup >"$T/talk"
out=$(cat "$T/talk")
like "$out" "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh" "a name is proposed while one types"
like "$out" "26740  Phường Sài Gòn" "Tab takes it, and it is answered"
like "$out" "2\. 27265  Phường Khánh Hội" "candidates have numbers"
like "$out" "27265  Phường Khánh Hội, Thành phố Hồ Chí Minh" "a number chooses one"
like "$out" "by your choice; nothing was stored" "and says whose choice it was"
like "$out" "^exit 1" "the end of input ends it"
like "$out" "^terminal as it was" "the terminal is as it was"
out=$(printf 'phường b<INT>\n' | talk "$NOI" lookup)
like "$out" "^exit (-2|130)" "Ctrl-C ends it"
like "$out" "^terminal as it was" "and leaves the terminal as it was"
out=$(printf 'ben nghe, quan 1\n<EOF>\n' | talk "$NOI_SAN" lookup -i --lang vi)
like "$out" "Phường Sài Gòn" "in Vietnamese, under sanitizers"

# ---- usage ----
run "$NOI" lookup -i --code 26740
is "$status" 2 "a code is one question"
run "$NOI" lookup -i "$T/none.db" </dev/null
is "$status" 3 "a registry that is not there"
done_testing
