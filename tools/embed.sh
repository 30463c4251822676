#!/bin/sh
# embed.sh OUT.S OUT.c FILE...: writes an assembly file that includes each FILE's bytes and a C table
# of their names, sorted, for base/embed.c.
set -eu
asm=$1
table=$2
shift 2
printf '.section .rodata\n' > "$asm.new"
{
    printf '#include <stddef.h>\n'
    printf 'typedef struct embedded { const char *name; const char *start, *end; } embedded;\n'
} > "$table.new"
rows=""
n=0
for file in $(printf '%s\n' "$@" | LC_ALL=C sort); do
    printf '.global noi_embed_%d\nnoi_embed_%d:\n.incbin "%s"\n' "$n" "$n" "$file" >> "$asm.new"
    printf '.global noi_embed_%d_end\nnoi_embed_%d_end:\n.byte 0\n' "$n" "$n" >> "$asm.new"
    printf 'extern const char noi_embed_%d[], noi_embed_%d_end[];\n' "$n" "$n" >> "$table.new"
    rows="$rows    {\"$file\", noi_embed_$n, noi_embed_${n}_end},
"
    n=$((n + 1))
done
printf '.section .note.GNU-stack,"",@progbits\n' >> "$asm.new"
{
    printf 'extern const embedded noi_embedded[];\nextern const size_t noi_embedded_count;\n'
    printf 'const embedded noi_embedded[] = {\n%s    {NULL, NULL, NULL}};\n' "$rows"
    printf 'const size_t noi_embedded_count = %d;\n' "$n"
} >> "$table.new"
mv "$asm.new" "$asm"
mv "$table.new" "$table"
