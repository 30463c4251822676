/* tables.c: the embedded facts as arrays; see tables.h. */
#include "rehearsal/tables.h"

#include "address/text.h"
#include "base/csv.h"
#include "base/embed.h"
#include "base/i18n.h"

#include <math.h>
#include <string.h>

/* A table being read: its rows, and where its columns stand. */
typedef struct table {
    noi_csv *csv;
    noi_csv_row row;
    noi_arena *arena;
    const char *name;
} table;

static noi_status open_table(table *t, noi_arena *arena, const char *name) {
    noi_str bytes = noi_embed(name);
    if (!bytes.p)
        return noi_fail(NOI_ERR_INTERNAL, _("the embedded table %s is missing"), name);
    *t = (table){.arena = arena, .name = name};
    return noi_csv_open_bytes(&t->csv, name, bytes);
}

static bool next_row(table *t) {
    return noi_csv_next(&t->row, t->csv);
}

static noi_str text(const table *t, const char *column) {
    int at = noi_csv_column(t->csv, column);
    if (at < 0 || (size_t)at >= t->row.n)
        return NOI_STR("");
    noi_str field = t->row.field[at];
    return (noi_str){noi_arena_strndup(t->arena, field.p, field.n), field.n};
}

/* The leading zeros of a number are dropped. */
static noi_str folded(noi_arena *arena, noi_str name, noi_fold how) {
    while (name.n > 1 && name.p[0] == '0')
        name = (noi_str){name.p + 1, name.n - 1};
    char *out = noi_arena_alloc(arena, 2 * name.n + 1);
    return (noi_str){out, noi_text_fold(out, name, how)};
}

static double real(const table *t, const char *column) {
    return strtod(text(t, column).p, NULL);
}

uint32_t noi_tables_old_by_code(const noi_tables *tables, noi_str code) {
    for (uint32_t i = 0; i < tables->n_old; i++)
        if (noi_str_eq(tables->old_units[i].code, code))
            return i;
    return NOI_TABLE_NONE;
}

uint32_t noi_tables_new_by_code(const noi_tables *tables, noi_str code) {
    for (uint32_t i = 0; i < tables->n_new; i++)
        if (noi_str_eq(tables->new_units[i].code, code))
            return i;
    return NOI_TABLE_NONE;
}

static uint32_t district_of(noi_tables *tables, const noi_old_unit *unit, size_t *capacity) {
    for (uint32_t i = 0; i < tables->n_districts; i++)
        if (noi_str_eq(tables->districts[i].code, unit->district_code))
            return i;
    NOI_GROW(tables->districts, *capacity, tables->n_districts + 1);
    tables->districts[tables->n_districts] =
        (noi_street_district){.code = unit->district_code,
                              .kind = unit->district_kind,
                              .name = unit->district_name,
                              .province_code = unit->province_code};
    return (uint32_t)tables->n_districts++;
}

/* Old units, new units, edges. */
static const char *const facts_of[][3] = {
    [NOI_WORLD_SAIGON] = {"data/units_old.csv", "data/units_new.csv", "data/crosswalk.csv"},
    [NOI_WORLD_HANOI] = {"data/units_old_hanoi.csv", "data/units_new_hanoi.csv",
                         "data/crosswalk_hanoi.csv"}};

static noi_status load_old(noi_tables *tables) {
    table t;
    NOI_TRY(open_table(&t, tables->arena, facts_of[tables->world][0]));
    size_t capacity = 0, district_capacity = 0;
    while (next_row(&t)) {
        NOI_GROW(tables->old_units, capacity, tables->n_old + 1);
        noi_old_unit *unit = &tables->old_units[tables->n_old++];
        *unit = (noi_old_unit){.code = text(&t, "code"),
                               .kind = text(&t, "kind"),
                               .name = text(&t, "name"),
                               .district_code = text(&t, "district_code"),
                               .district_kind = text(&t, "district_kind"),
                               .district_name = text(&t, "district_name"),
                               .province_code = text(&t, "province_code"),
                               .province_name = text(&t, "province_name"),
                               .lon = real(&t, "lon"),
                               .lat = real(&t, "lat"),
                               .new_namesake = NOI_TABLE_NONE};
        unit->district = district_of(tables, unit, &district_capacity);
    }
    noi_csv_close(t.csv);
    return NOI_OK;
}

static noi_status load_new(noi_tables *tables) {
    table t;
    NOI_TRY(open_table(&t, tables->arena, facts_of[tables->world][1]));
    size_t capacity = 0;
    while (next_row(&t)) {
        NOI_GROW(tables->new_units, capacity, tables->n_new + 1);
        tables->new_units[tables->n_new++] =
            (noi_new_unit){.code = text(&t, "code"),
                           .kind = text(&t, "kind"),
                           .name = text(&t, "name"),
                           .lon = real(&t, "lon"),
                           .lat = real(&t, "lat"),
                           .population = strtoll(text(&t, "population").p, NULL, 10),
                           .area_km2 = real(&t, "area_km2"),
                           .name_is_new = true};
    }
    noi_csv_close(t.csv);
    return NOI_OK;
}

static int by_old_then_new(const void *a, const void *b) {
    const noi_piece *x = a, *y = b;
    if (x->old_unit != y->old_unit)
        return x->old_unit < y->old_unit ? -1 : 1;
    return x->new_unit < y->new_unit ? -1 : x->new_unit > y->new_unit;
}

static noi_status load_pieces(noi_tables *tables) {
    table t;
    NOI_TRY(open_table(&t, tables->arena, facts_of[tables->world][2]));
    size_t capacity = 0;
    while (next_row(&t)) {
        if (text(&t, "resolution").n == 0) /* two of Hanoi's: the law does not name them */
            continue;
        uint32_t from = noi_tables_old_by_code(tables, text(&t, "old_code"));
        uint32_t to = noi_tables_new_by_code(tables, text(&t, "new_code"));
        if (from == NOI_TABLE_NONE || to == NOI_TABLE_NONE) {
            noi_csv_close(t.csv);
            return noi_fail_at(NOI_ERR_INTERNAL, t.name, t.row.line,
                               _("an edge names a unit that the unit tables lack"));
        }
        NOI_GROW(tables->pieces, capacity, tables->n_pieces + 1);
        tables->pieces[tables->n_pieces++] =
            (noi_piece){.old_unit = from,
                        .new_unit = to,
                        .has_people = !noi_str_is(text(&t, "scope"), "area_only"),
                        .whole = noi_str_is(text(&t, "part"), "whole"),
                        .takes_part = true};
    }
    noi_csv_close(t.csv);
    qsort(tables->pieces, tables->n_pieces, sizeof *tables->pieces, by_old_then_new);
    return NOI_OK;
}

static bool has_sketch_point(const noi_old_unit *unit) {
    return unit->lon > 0 && unit->lat > 0;
}

/* Between the new units that it went to, and a step aside: the more units share that place the
 * farther, each in a direction of its own (by the golden angle). */
static void sketch_between(noi_old_unit *unit, const noi_tables *tables, uint32_t nth) {
    double lon = 0, lat = 0, area = 0;
    for (uint32_t p = 0; p < unit->n_pieces; p++) {
        const noi_new_unit *to =
            &tables->new_units[tables->pieces[unit->first_piece + p].new_unit];
        lon += to->lon / unit->n_pieces;
        lat += to->lat / unit->n_pieces;
        area += to->area_km2 / unit->n_pieces;
    }
    double away = 0.35 * sqrt(area / 3.14159) * sqrt(nth + 0.5) / 111.0;
    unit->lon = lon + away * cos(nth * 2.39996);
    unit->lat = lat + away * sin(nth * 2.39996);
}

/* An old unit without a sketch point gets one: of the one unit of the south that has none, that of the
 * unit it went to; where none has any, one near the units they went to. */
static void mend_sketch_points(noi_tables *tables) {
    NOI_AUTO_FREE uint32_t *shared = noi_alloc_zero(tables->n_new, sizeof *shared);
    for (size_t i = 0; i < tables->n_old; i++) {
        noi_old_unit *unit = &tables->old_units[i];
        uint32_t first = tables->pieces[unit->first_piece].new_unit;
        const noi_new_unit *to = &tables->new_units[first];
        if (has_sketch_point(unit))
            continue;
        if (tables->world == NOI_WORLD_HANOI) {
            sketch_between(unit, tables, shared[first]++);
            continue;
        }
        unit->lon = to->lon;
        unit->lat = to->lat;
    }
}

/* A new unit's people are shared evenly among its pieces. */
static void weigh_pieces(noi_tables *tables) {
    double all = 0;
    for (size_t i = 0; i < tables->n_pieces; i++) {
        noi_old_unit *unit = &tables->old_units[tables->pieces[i].old_unit];
        if (unit->n_pieces++ == 0)
            unit->first_piece = (uint32_t)i;
    }
    for (size_t i = 0; i < tables->n_pieces; i++) {
        noi_piece *piece = &tables->pieces[i];
        if (!piece->whole && tables->old_units[piece->old_unit].n_pieces == 1)
            piece->has_people = false;
        tables->new_units[tables->pieces[i].new_unit].n_pieces += tables->pieces[i].has_people;
    }
    for (size_t i = 0; i < tables->n_pieces; i++) {
        noi_piece *piece = &tables->pieces[i];
        const noi_new_unit *to = &tables->new_units[piece->new_unit];
        piece->weight = piece->has_people ? (double)to->population / to->n_pieces : 0;
        all += piece->weight;
    }
    for (size_t i = 0; i < tables->n_pieces; i++)
        tables->pieces[i].weight /= all;
    for (size_t i = 0; i < tables->n_old; i++) {
        noi_old_unit *unit = &tables->old_units[i];
        uint32_t peopled = 0;
        for (uint32_t p = 0; p < unit->n_pieces; p++)
            peopled += tables->pieces[unit->first_piece + p].has_people;
        unit->split = peopled > 1;
    }
}

/* A name as names are compared, see noi_name_equal; made once, as every pair is compared. */
static void fold_names(noi_tables *tables) {
    for (size_t i = 0; i < tables->n_old; i++) {
        noi_old_unit *unit = &tables->old_units[i];
        unit->folded = folded(tables->arena, unit->name, NOI_FOLD_MARKS);
        unit->bare = folded(tables->arena, unit->name, NOI_FOLD_BARE);
    }
    for (size_t i = 0; i < tables->n_new; i++)
        tables->new_units[i].folded =
            folded(tables->arena, tables->new_units[i].name, NOI_FOLD_MARKS);
}

/* Which names occur again, and which names and codes live on in a new unit. */
static void find_namesakes(noi_tables *tables) {
    fold_names(tables);
    for (uint32_t i = 0; i < tables->n_old; i++) {
        noi_old_unit *unit = &tables->old_units[i];
        for (uint32_t j = 0; j < tables->n_old; j++)
            unit->n_homonyms += noi_str_eq(tables->old_units[j].folded, unit->folded);
        for (uint32_t j = 0; j < tables->n_new; j++) {
            noi_new_unit *to = &tables->new_units[j];
            bool same = noi_str_eq(to->folded, unit->folded);
            if (same)
                unit->new_namesake = j;
            if (same)
                to->name_is_new = false;
            if (noi_str_eq(to->code, unit->code) && !same)
                unit->code_lives_on = true;
        }
    }
}

static uint32_t district_by_code(const noi_tables *tables, noi_str code) {
    for (uint32_t i = 0; i < tables->n_districts; i++)
        if (noi_str_eq(tables->districts[i].code, code))
            return i;
    return NOI_TABLE_NONE;
}

/* Whether the unit's district has a unit of this name on the eve, so that its text means that one.
 */
static bool name_lives_on(const noi_tables *tables, const noi_former_unit *unit) {
    for (size_t i = 0; i < tables->n_old; i++)
        if (tables->old_units[i].district == unit->district &&
            noi_name_equal(tables->old_units[i].name, unit->name))
            return true;
    return false;
}

/* Keeps the former units that have one row alone: those that went into one unit. */
static void drop_divided(noi_tables *tables) {
    size_t kept = 0;
    for (size_t i = 0; i < tables->n_former; i++) {
        size_t rows = 0;
        for (size_t j = 0; j < tables->n_former; j++)
            rows += noi_str_eq(tables->former[i].code, tables->former[j].code);
        noi_former_unit *unit = &tables->former[i];
        bool whole = unit->old_unit != NOI_TABLE_NONE && unit->district != NOI_TABLE_NONE &&
                     tables->old_units[unit->old_unit].n_pieces == 1;
        unit->usable = rows == 1 && whole;
    }
    for (size_t i = 0; i < tables->n_former; i++) {
        noi_former_unit unit = tables->former[i];
        unit.name_lives_on = name_lives_on(tables, &unit);
        if (unit.usable)
            tables->former[kept++] = unit;
    }
    tables->n_former = kept;
}

/* Wards that ended in 2024 and went whole into one unit, which itself went whole. */
static noi_status load_former(noi_tables *tables) {
    table t;
    NOI_TRY(open_table(&t, tables->arena, "data/aliases_2024.csv"));
    size_t capacity = 0;
    while (next_row(&t)) {
        noi_former_unit unit = {
            .code = text(&t, "former_code"),
            .kind = text(&t, "former_kind"),
            .name = text(&t, "former_name"),
            .district_name = text(&t, "former_district"),
            .district = district_by_code(tables, text(&t, "former_district_code")),
            .old_unit = noi_tables_old_by_code(tables, text(&t, "successor_code"))};
        NOI_GROW(tables->former, capacity, tables->n_former + 1);
        tables->former[tables->n_former++] = unit;
    }
    noi_csv_close(t.csv);
    drop_divided(tables);
    return NOI_OK;
}

/* The unit of a flip is named by its new code: the list of March 2025 is the one that stayed. */
static noi_status load_flips(noi_tables *tables) {
    table t;
    NOI_TRY(open_table(&t, tables->arena, "data/code_flips_2025.csv"));
    size_t capacity = 0;
    while (next_row(&t)) {
        noi_code_flip flip = {
            .early_code = text(&t, "code_in_gso_list_2025_01"),
            .old_unit = noi_tables_old_by_code(tables, text(&t, "code_in_gso_list_2025_03"))};
        if (flip.old_unit == NOI_TABLE_NONE)
            continue;
        NOI_GROW(tables->flips, capacity, tables->n_flips + 1);
        tables->flips[tables->n_flips++] = flip;
    }
    noi_csv_close(t.csv);
    return NOI_OK;
}

enum { COMMON_STREET = 8 }; /* districts of the south that have a street of that name */

static int by_text(const void *a, const void *b) {
    const noi_str *x = a, *y = b;
    size_t n = x->n < y->n ? x->n : y->n;
    int order = memcmp(x->p, y->p, n);
    return order ? order : (x->n > y->n) - (x->n < y->n);
}

/* No list of the north's streets is at hand: its addresses take names that streets everywhere bear, those
 * of the south's list that many districts have. */
static noi_status load_common_streets(noi_tables *tables) {
    table t;
    size_t capacity = 0, n = 0;
    NOI_TRY(open_table(&t, tables->arena, "data/streets.csv"));
    while (next_row(&t)) {
        NOI_GROW(tables->streets, capacity, n + 1);
        tables->streets[n++] = text(&t, "street");
    }
    noi_csv_close(t.csv);
    qsort(tables->streets, n, sizeof *tables->streets, by_text);
    for (size_t i = 0, end; i < n; i = end) {
        noi_str street = tables->streets[i];
        for (end = i; end < n && noi_str_eq(tables->streets[end], street);)
            end++;
        if (end - i >= COMMON_STREET && (unsigned char)street.p[0] > '9')
            tables->streets[tables->n_streets++] = street;
    }
    for (size_t i = 0; i < tables->n_districts; i++)
        tables->districts[i].n_streets = (uint32_t)tables->n_streets;
    return NOI_OK;
}

/* The table is sorted by district. */
static noi_status load_streets(noi_tables *tables) {
    table t;
    NOI_TRY(open_table(&t, tables->arena, "data/streets.csv"));
    size_t capacity = 0;
    while (next_row(&t)) {
        uint32_t d = district_by_code(tables, text(&t, "district_code"));
        if (d == NOI_TABLE_NONE)
            continue;
        NOI_GROW(tables->streets, capacity, tables->n_streets + 1);
        if (tables->districts[d].n_streets++ == 0)
            tables->districts[d].first_street = (uint32_t)tables->n_streets;
        tables->streets[tables->n_streets++] = text(&t, "street");
    }
    noi_csv_close(t.csv);
    for (size_t i = 0; i < tables->n_districts; i++)
        if (tables->districts[i].n_streets == 0)
            return noi_fail(NOI_ERR_INTERNAL, _("the embedded streets lack district %.*s"),
                            NOI_STR_ARG(tables->districts[i].code));
    return NOI_OK;
}

static noi_status load_all(noi_tables *tables) {
    NOI_TRY(load_old(tables));
    NOI_TRY(load_new(tables));
    NOI_TRY(load_pieces(tables));
    weigh_pieces(tables);
    mend_sketch_points(tables);
    find_namesakes(tables);
    if (tables->world == NOI_WORLD_HANOI)
        return load_common_streets(tables); /* no list of former units or flips of codes either */
    NOI_TRY(load_former(tables));
    NOI_TRY(load_flips(tables));
    return load_streets(tables);
}

noi_status noi_tables_load_of(noi_tables **out, noi_world world) {
    NOI_AUTO(noi_tables_freep) noi_tables *tables = noi_alloc_zero(1, sizeof *tables);
    tables->world = world;
    tables->arena = noi_arena_new();
    NOI_TRY(load_all(tables));
    *out = tables;
    tables = NULL;
    return NOI_OK;
}

noi_status noi_tables_load(noi_tables **out) {
    return noi_tables_load_of(out, NOI_WORLD_SAIGON);
}

/* The piece that stands for a unit which a list names does. */
static bool takes_part(const noi_tables *tables, uint32_t old_unit) {
    return tables->pieces[tables->old_units[old_unit].first_piece].takes_part;
}

void noi_tables_choose(noi_tables *tables, const bool *chosen) {
    double all = 0;
    for (size_t i = 0; i < tables->n_pieces; i++) {
        noi_piece *piece = &tables->pieces[i];
        piece->takes_part = chosen[piece->new_unit];
        if (!piece->takes_part)
            piece->weight = 0;
        all += piece->weight;
    }
    for (size_t i = 0; i < tables->n_pieces && all > 0; i++)
        tables->pieces[i].weight /= all;
    size_t kept = 0;
    for (size_t i = 0; i < tables->n_former; i++)
        if (takes_part(tables, tables->former[i].old_unit))
            tables->former[kept++] = tables->former[i];
    tables->n_former = kept;
    kept = 0;
    for (size_t i = 0; i < tables->n_flips; i++)
        if (takes_part(tables, tables->flips[i].old_unit))
            tables->flips[kept++] = tables->flips[i];
    tables->n_flips = kept;
}

void noi_tables_free(noi_tables *tables) {
    if (!tables)
        return;
    free(tables->old_units);
    free(tables->new_units);
    free(tables->pieces);
    free(tables->former);
    free(tables->flips);
    free(tables->districts);
    free(tables->streets);
    noi_arena_free(tables->arena);
    free(tables);
}
