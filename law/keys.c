/* keys.c: the machine names of parts and scopes, as the crosswalk's CSV has them. */
#include "law/law.h"

typedef struct key_row {
    int value;
    const char *key;
} key_row;

static const key_row parts[] = {
    {NOI_PART_WHOLE, "whole"},
    {NOI_PART_PART, "part"},
    {NOI_PART_REMAINDER, "remainder"},
};

static const key_row scopes[] = {
    {NOI_SCOPE_ALL, "all"},
    {NOI_SCOPE_AREA_POPULATION, "area+population"},
    {NOI_SCOPE_AREA_ONLY, "area_only"},
    {NOI_SCOPE_POPULATION_ONLY, "population_only"},
    {NOI_SCOPE_PART_AREA_ALL_POPULATION, "part_area+all_population"},
    {NOI_SCOPE_ALL_AREA_NO_POPULATION, "all_area+no_population"},
};

#define N_ROWS(table) (sizeof(table) / sizeof *(table))

static const char *key_of(const key_row *table, size_t n, int value) {
    for (size_t i = 0; i < n; i++)
        if (table[i].value == value)
            return table[i].key;
    return "unknown";
}

static int value_of(const key_row *table, size_t n, noi_str key) {
    for (size_t i = 0; i < n; i++)
        if (noi_str_is(key, table[i].key))
            return table[i].value;
    return 0;
}

const char *noi_part_key(noi_part part) {
    return key_of(parts, N_ROWS(parts), (int)part);
}

const char *noi_scope_key(noi_scope scope) {
    return key_of(scopes, N_ROWS(scopes), (int)scope);
}

noi_part noi_part_by_key(noi_str key) {
    return (noi_part)value_of(parts, N_ROWS(parts), key);
}

noi_scope noi_scope_by_key(noi_str key) {
    return (noi_scope)value_of(scopes, N_ROWS(scopes), key);
}

const char *noi_law_severity_key(noi_law_severity severity) {
    static const char *const keys[] = {"", "note", "warning", "error"};
    return severity >= NOI_LAW_NOTE && severity <= NOI_LAW_ERROR ? keys[severity] : "unknown";
}
