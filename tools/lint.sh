#!/bin/sh
# lint.sh: the rules of docs/architecture.md that a machine can check.
#   - includes go down only, along the arrows below
#   - each outside library has one door
#   - no public header of ours includes a header of theirs
set -u
fail=0
complain() { echo "lint: $*" >&2; fail=1; }

# folder: folders it may include from
allowed() {
    case $1 in
    include) echo "" ;;
    base) echo "base" ;;
    geo) echo "geo base" ;;
    address) echo "address base" ;;
    law) echo "law address base" ;;
    plan) echo "plan law address geo base" ;;
    registry) echo "registry address geo base" ;;
    importers) echo "importers registry law address geo base" ;;
    exporters) echo "exporters registry geo base" ;;
    boundary) echo "boundary registry law address geo base" ;;
    merge) echo "merge boundary plan registry law address geo base" ;;
    cutover) echo "cutover merge boundary plan registry law address geo base" ;;
    report) echo "report exporters cutover merge boundary registry plan law address geo base" ;;
    rehearsal) echo "rehearsal report exporters importers cutover merge boundary plan registry law address geo base" ;;
    tools) echo "merge plan base" ;;
    cli) echo "cli rehearsal report exporters importers cutover merge boundary plan registry law address geo base" ;;
    esac
}

for file in $(git ls-files --cached --others --exclude-standard '*.c' '*.h' | grep -vE '^(tests|bench)/'); do
    [ -e "$file" ] || continue
    folder=${file%%/*}
    may=" $(allowed "$folder") "
    for include in $(sed -n 's/^#include "\([^"]*\)".*/\1/p' "$file"); do
        [ "$include" = noi.h ] && continue
        case $may in
        *" ${include%%/*} "*) ;;
        *) complain "$file includes $include: $folder may include only:$may" ;;
        esac
    done
    case $file in
    *.h) if grep -nE '#include <(gdal|ogr|cpl|geos|proj|sqlite|spatialite|json|sodium|xxhash|utf8proc)' "$file"; then
        complain "$file: a header of ours includes a header of theirs"
    fi ;;
    esac
    door() { # header pattern, folders that may
        grep -qE "#include <($1)" "$file" || return 0
        case " $2 " in *" $folder "*) ;; *) complain "$file: <$1> belongs to $2" ;; esac
    }
    door 'geos' geo
    door 'proj' geo
    door 'sqlite|spatialite' registry
    door 'gdal|ogr|cpl_' 'importers exporters'
    door 'sodium' base
    door 'utf8proc' address
    door 'xlsxwriter' exporters
    door 'histedit' cli
done

for file in $(git ls-files '*.c' '*.h'); do
    awk -v f="$file" 'length($0) > 200 {print f ":" NR ": line too long"; bad = 1} END {exit bad}' "$file" || fail=1
done
[ "$fail" = 0 ] && echo "lint: fine"
exit "$fail"
