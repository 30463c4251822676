#!/bin/sh
# messages.sh: brings po/noi.pot and the catalogues up to date with the sources.
#   messages.sh          update po/*.po in place
#   messages.sh --check  fail when a catalogue lacks a message, has a fuzzy one or is out of date
set -eu
make_template() {
    git ls-files --cached --others --exclude-standard '*.c' '*.h' | grep -vE '^(tests|bench)/' |
        LC_ALL=C sort |
        xargs xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --no-location --sort-output \
            --package-name=noi -o "$1" 2>"$1.log" || { cat "$1.log" >&2; exit 1; }
    # xgettext warns of Vietnamese words in message ids and leaves the charset open: it is UTF-8
    sed -i 's/charset=CHARSET/charset=UTF-8/' "$1"
}
export LC_ALL=C.UTF-8
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
make_template "$scratch/noi.pot"
bad=0
for po in po/vi.po po/en.po; do
    if [ "${1:-}" = --check ]; then
        msgmerge -q --no-fuzzy-matching --sort-output -o "$scratch/merged.po" "$po" "$scratch/noi.pot"
        missing=$(msgattrib --untranslated --no-obsolete "$scratch/merged.po" | grep -c '^msgid' || true)
        fuzzy=$(msgattrib --only-fuzzy --no-obsolete "$scratch/merged.po" | grep -c '^msgid' || true)
        msgfmt --check -o /dev/null "$scratch/merged.po" || bad=1
        if [ "$missing" -gt 0 ] || [ "$fuzzy" -gt 0 ]; then
            echo "$po: $missing messages without translation, $fuzzy fuzzy (tools/messages.sh)" >&2
            bad=1
        fi
    else
        msgmerge -q --no-fuzzy-matching --sort-output --no-location --update --backup=none "$po" \
            "$scratch/noi.pot"
        msgattrib --no-obsolete --sort-output -o "$po" "$po"
        sed -i '/^"POT-Creation-Date/d; /^"Report-Msgid-Bugs-To/d' "$po"
    fi
done
if [ "${1:-}" != --check ]; then
    # English is what the sources say.
    msgen --sort-output -o po/en.po po/en.po
    for po in po/vi.po po/en.po; do printf '%s: ' "$po"; msgfmt --statistics -o /dev/null "$po"; done
fi
exit "$bad"
