/*
 * builtin.c: the plan that travels inside the program: the units of the whole country before and
 * after 2025-07-01, earlier names and codes, and the crosswalks that are embedded. No layers.
 *
 * A code means something only with a date: where an embedded table says that a code named another
 * unit until some day, the unit that bears it now begins on the next day, as the importers have it.
 */
#include "address/text.h"
#include "base/csv.h"
#include "base/digest.h"
#include "base/embed.h"
#include "base/i18n.h"
#include "merge/compile.h"
#include "merge/vintage.h"

#include <math.h>
#include <string.h>

#define CODE_SPACE (1u << 20) /* the numbers that a noi_code can hold */
#define NO_UNIT    UINT32_MAX

typedef struct builtin {
    noi_day on;
    noi_arena *arena;
    noi_plan_source_unit *units;
    uint32_t *next;  /* unit → an earlier unit of the same code, or NO_UNIT */
    uint32_t *first; /* code's number → its last unit + 1, 0 for none */
    size_t n_units, unit_room, next_room;
    noi_plan_source_edge *edges;
    size_t n_edges, edge_room;
    noi_gazetteer_district_alias *aliases;
    size_t n_aliases, alias_room;
    noi_digest *digest;
} builtin;

/* ---- an embedded table ----------------------------------------------------------------------- */

#define MAX_COLUMNS 12

typedef struct embedded {
    const char *name;
    noi_csv *csv;
    int columns[MAX_COLUMNS];
    noi_csv_row row;
} embedded;

/* `names` are separated by commas; a column that the table lacks reads as empty. */
static noi_status open_table(embedded *out, builtin *b, const char *name, const char *names) {
    noi_str bytes = noi_embed(name);
    *out = (embedded){.name = name};
    if (!bytes.p)
        return noi_fail(NOI_ERR_INTERNAL, "there is no table %s", name);
    noi_digest_add(b->digest, bytes.p, bytes.n);
    NOI_TRY(noi_csv_open_bytes(&out->csv, name, bytes));
    NOI_AUTO_FREE char *list = noi_strdup(names);
    char *rest = NULL;
    int n = 0;
    for (char *word = strtok_r(list, ",", &rest); word && n < MAX_COLUMNS;
         word = strtok_r(NULL, ",", &rest))
        out->columns[n++] = noi_csv_column(out->csv, word);
    return NOI_OK;
}

static noi_str field(const embedded *t, int column) {
    int at = t->columns[column];
    return at >= 0 && (size_t)at < t->row.n ? t->row.field[at] : NOI_STR("");
}

static noi_code field_code(const embedded *t, int column) {
    noi_str text = field(t, column);
    return text.n ? noi_code_parse(text.p, text.n) : 0;
}

static const char *keep(const builtin *b, noi_str text) {
    return text.n ? noi_arena_strndup(b->arena, text.p, text.n) : "";
}

static double number(noi_str text, double none) {
    char digits[32] = "";
    if (text.n == 0 || text.n >= sizeof digits)
        return none;
    memcpy(digits, text.p, text.n);
    return strtod(digits, NULL);
}

/* ---- units ----------------------------------------------------------------------------------- */

static uint32_t add_unit(builtin *b, const noi_plan_source_unit *unit) {
    uint32_t at = (uint32_t)b->n_units++, *first = &b->first[unit->code % CODE_SPACE];
    NOI_GROW(b->units, b->unit_room, b->n_units);
    NOI_GROW(b->next, b->next_room, b->n_units);
    b->units[at] = *unit;
    b->next[at] = *first ? *first - 1 : NO_UNIT;
    *first = at + 1;
    return at;
}

static uint32_t first_of(const builtin *b, noi_code code) {
    uint32_t first = b->first[code % CODE_SPACE];
    return first ? first - 1 : NO_UNIT;
}

static uint32_t unit_on(const builtin *b, noi_code code, noi_day on) {
    uint32_t at = code ? first_of(b, code) : NO_UNIT;
    while (at != NO_UNIT &&
           (b->units[at].code != code || b->units[at].from > on || on >= b->units[at].to))
        at = b->next[at];
    return at;
}

static noi_status take_units(builtin *b, const char *name, noi_day from, noi_day to) {
    enum { CODE, KIND, NAME, D_CODE, D_KIND, D_NAME, P_CODE, P_NAME, AREA, POPULATION };
    embedded t;
    noi_status status = open_table(&t, b, name,
                                   "code,kind,name,district_code,district_kind,district_name,"
                                   "province_code,province_name,area_km2,population");
    while (status == NOI_OK && noi_csv_next(&t.row, t.csv)) {
        const noi_plan_source_unit unit = {
            .code = field_code(&t, CODE),
            .kind = keep(b, field(&t, KIND)),
            .name = keep(b, field(&t, NAME)),
            .district_code = field_code(&t, D_CODE),
            .district_kind = keep(b, field(&t, D_KIND)),
            .district_name = keep(b, field(&t, D_NAME)),
            .province_code = field_code(&t, P_CODE),
            .province_name = keep(b, field(&t, P_NAME)),
            .from = from,
            .to = to,
            .area_km2 = number(field(&t, AREA), NAN),
            .population = (int64_t)number(field(&t, POPULATION), -1),
        };
        add_unit(b, &unit);
    }
    noi_csv_close(t.csv);
    return status;
}

/* ---- edges ----------------------------------------------------------------------------------- */

static noi_status add_edge(builtin *b, const embedded *t, const noi_plan_source_edge *edge) {
    if (edge->old_unit == NO_UNIT || edge->new_unit == NO_UNIT)
        return noi_fail_at(NOI_ERR_INTERNAL, t->name, t->row.line,
                           _("an edge names a unit that the lists do not hold"));
    NOI_GROW(b->edges, b->edge_room, b->n_edges + 1);
    b->edges[b->n_edges++] = *edge;
    return NOI_OK;
}

static noi_status take_crosswalk(builtin *b, const char *name) {
    enum { OLD, NEW, PART, SCOPE, RESOLUTION, CLAUSE };
    embedded t;
    noi_status status = open_table(&t, b, name, "old_code,new_code,part,scope,resolution,clause");
    while (status == NOI_OK && noi_csv_next(&t.row, t.csv)) {
        const noi_plan_source_edge edge = {
            .old_unit = unit_on(b, field_code(&t, OLD), b->on - 1),
            .new_unit = unit_on(b, field_code(&t, NEW), b->on),
            .part = noi_part_by_key(field(&t, PART)),
            .scope = noi_scope_by_key(field(&t, SCOPE)),
            .resolution = keep(b, field(&t, RESOLUTION)),
            .clause = keep(b, field(&t, CLAUSE)),
            .on = b->on,
        };
        status = add_edge(b, &t, &edge);
    }
    noi_csv_close(t.csv);
    return status;
}

/* ---- earlier units --------------------------------------------------------------------------- */

typedef struct alias {
    noi_plan_source_unit former; /* `to` is the first day without it */
    noi_code successor;
    noi_part part;
    const char *resolution;
    int64_t line;
} alias;

static int latest_first(const void *a, const void *b) {
    const alias *x = a, *y = b;
    if (x->former.to != y->former.to)
        return x->former.to < y->former.to ? 1 : -1;
    return x->line < y->line ? -1 : x->line > y->line;
}

static alias read_alias(const builtin *b, const embedded *t) {
    enum { CODE, NAME, KIND, D_CODE, DISTRICT, P_CODE, LAST, RESOLUTION, SUCCESSOR, PART };
    noi_str district_name;
    alias a = {.former = {.code = field_code(t, CODE),
                          .kind = keep(b, field(t, KIND)),
                          .name = keep(b, field(t, NAME)),
                          .district_code = field_code(t, D_CODE),
                          .province_code = field_code(t, P_CODE),
                          .from = NOI_DAY_NONE,
                          .to = noi_day_parse(field(t, LAST)) + 1,
                          .area_km2 = NAN,
                          .population = -1},
               .successor = field_code(t, SUCCESSOR),
               .part = noi_part_by_key(field(t, PART)),
               .resolution = keep(b, field(t, RESOLUTION)),
               .line = t->row.line};
    noi_split_district(&a.former.district_kind, &district_name, field(t, DISTRICT));
    a.former.district_name = keep(b, district_name);
    return a;
}

/* The former unit: made by an earlier row, or made now; the unit that bears its code afterwards
 * begins when it ends. */
static uint32_t former_unit(builtin *b, const alias *a, const char *province_name) {
    noi_day end = a->former.to;
    uint32_t before = unit_on(b, a->former.code, end - 1);
    if (before != NO_UNIT && b->units[before].to == end)
        return before;
    uint32_t after = unit_on(b, a->former.code, end);
    if (after != NO_UNIT && b->units[after].from < end)
        b->units[after].from = end;
    noi_plan_source_unit unit = a->former;
    unit.province_name = province_name;
    for (uint32_t at = first_of(b, unit.code); at != NO_UNIT; at = b->next[at])
        if (b->units[at].to < end && b->units[at].to > unit.from)
            unit.from = b->units[at].to;
    return add_unit(b, &unit);
}

/* How many rows tell of the same former unit: with two, neither is the whole. */
static bool is_whole(const alias *list, size_t n, const alias *a) {
    size_t rows = 0;
    for (size_t i = 0; i < n; i++)
        rows += list[i].former.code == a->former.code && list[i].former.to == a->former.to;
    return a->part == NOI_PART_WHOLE && rows == 1;
}

static noi_status take_alias(builtin *b, const embedded *t, const alias *list, size_t n,
                             const alias *a) {
    uint32_t successor = unit_on(b, a->successor, a->former.to);
    bool whole = is_whole(list, n, a);
    noi_plan_source_edge edge = {
        .old_unit = NO_UNIT,
        .new_unit = successor,
        .part = a->part == NOI_PART_WHOLE && !whole ? NOI_PART_REMAINDER : a->part,
        .scope = whole ? NOI_SCOPE_ALL : NOI_SCOPE_AREA_POPULATION,
        .resolution = a->resolution,
        .clause = "",
        .on = a->former.to,
    };
    if (successor != NO_UNIT)
        edge.old_unit = former_unit(b, a, b->units[successor].province_name);
    return add_edge(b, t, &edge);
}

static noi_status take_aliases(builtin *b, const char *name) {
    embedded t;
    NOI_AUTO_FREE alias *list = NULL;
    size_t n = 0, room = 0;
    noi_status status =
        open_table(&t, b, name,
                   "former_code,former_name,former_kind,former_district_code,former_district,"
                   "province_code,last_day,resolution,successor_code,part");
    while (status == NOI_OK && noi_csv_next(&t.row, t.csv)) {
        NOI_GROW(list, room, n + 1);
        list[n++] = read_alias(b, &t);
    }
    if (n)
        qsort(list, n, sizeof *list, latest_first);
    for (size_t i = 0; status == NOI_OK && i < n; i++) {
        t.row.line = list[i].line;
        status = take_alias(b, &t, list, n, &list[i]);
    }
    noi_csv_close(t.csv);
    return status;
}

static noi_status take_district_aliases(builtin *b, const char *name) {
    embedded t;
    noi_status status = open_table(&t, b, name, "successor_code,former_name");
    while (status == NOI_OK && noi_csv_next(&t.row, t.csv)) {
        NOI_GROW(b->aliases, b->alias_room, b->n_aliases + 1);
        noi_gazetteer_district_alias *one = &b->aliases[b->n_aliases++];
        noi_str district_name;
        one->district_code = field_code(&t, 0);
        noi_split_district(&one->kind, &district_name, field(&t, 1));
        one->name = keep(b, district_name);
    }
    noi_csv_close(t.csv);
    return status;
}

/* ---- the plan -------------------------------------------------------------------------------- */

static noi_status take_tables(builtin *b) {
    NOI_TRY(take_units(b, "data/units_old_vn.csv", NOI_DAY_NONE, b->on));
    NOI_TRY(take_units(b, "data/units_new_vn.csv", b->on, NOI_DAY_OPEN));
    NOI_TRY(take_crosswalk(b, "data/crosswalk.csv"));
    NOI_TRY(take_crosswalk(b, "data/crosswalk_hanoi.csv"));
    NOI_TRY(take_crosswalk(b, "data/crosswalk_8_provinces.csv"));
    NOI_TRY(take_aliases(b, "data/aliases_2024.csv"));
    return take_district_aliases(b, "data/district_aliases.csv");
}

static noi_status build(noi_buf *out, builtin *b) {
    char inputs[NOI_DIGEST_HEX];
    NOI_TRY(take_tables(b));
    noi_digest_end(inputs, b->digest);
    const noi_plan_source source = {.on = b->on,
                                    .n_units = b->n_units,
                                    .n_edges = b->n_edges,
                                    .n_district_aliases = b->n_aliases,
                                    .units = b->units,
                                    .edges = b->edges,
                                    .district_aliases = b->aliases,
                                    .inputs = inputs};
    return noi_plan_build(out, &source);
}

noi_status noi_compile_builtin(noi_buf *out) {
    builtin b = {.on = noi_day_from_ymd(2025, 7, 1),
                 .arena = noi_arena_new(),
                 .first = noi_alloc_zero(CODE_SPACE, sizeof *b.first),
                 .digest = noi_digest_new()};
    noi_status status = build(out, &b);
    free(b.units);
    free(b.next);
    free(b.first);
    free(b.edges);
    free(b.aliases);
    noi_digest_free(b.digest);
    noi_arena_free(b.arena);
    return status;
}

/* What tools/compile_plan wrote when the program was built; not there in programs that are linked
 * without it (the compiler itself, the tests). */
extern const char noi_builtin_plan[] __attribute__((weak));
extern const char noi_builtin_plan_end[] __attribute__((weak));

noi_status noi_plan_builtin(noi_plan **out, noi_buf *bytes) {
    if (noi_builtin_plan)
        return noi_plan_attach(out, noi_builtin_plan,
                               (size_t)(noi_builtin_plan_end - noi_builtin_plan));
    NOI_TRY(noi_compile_builtin(bytes));
    return noi_plan_attach(out, bytes->p, bytes->n);
}
