#!/bin/sh
# Plan: help on every command, exit codes of usage errors, hints for near misses, both languages.
. tests/cli/tap.sh

run "$NOI" help
is "$status" 0 "noi help exits 0"
commands=$(printf '%s\n' "$out" | sed -n 's/^  \([a-z]*\) .*/\1/p')
for command in $commands; do
    run "$NOI" help "$command"
    is "$status" 0 "noi help $command exits 0"
    like "$out" "noi $command" "noi help $command shows its usage"
    is "$(printf '%s\n' "$out" | wc -l | awk '{print ($1 >= 6)}')" 1 "noi help $command tells details"
    first=$out
    run "$NOI" "$command" --help
    is "$out" "$first" "noi $command --help says the same"
done

run "$NOI"
is "$status" 2 "no command is a usage error"
run "$NOI" mrege
is "$status" 2 "an unknown command is a usage error"
like "$err" "did you mean 'noi merge'" "a near miss is named"
run "$NOI" merge --pln x
is "$status" 2 "an unknown option is a usage error"
like "$err" "did you mean --plan" "a near option is named"
run "$NOI" --lang xx help
is "$status" 2 "an unknown language is a usage error"
run "$NOI" --lang vi help
like "$out" "Các lệnh" "--lang vi speaks Vietnamese"
run env LC_ALL=C.UTF-8 LANGUAGE=vi "$NOI" help
like "$out" "Các lệnh" "the locale's language is taken"
run "$NOI" --version
like "$out" '^noi [0-9]+\.[0-9]+\.[0-9]+$' "--version tells the version alone"

run tools/messages.sh --check
is "$status" 0 "Vietnamese and English are complete"
[ "$status" = 0 ] || printf '# %s\n' "$err"

done_testing
