/* city.c: the recipe, and the lists that traps pick from; see city.h. */
#include "rehearsal/city.h"

#include "base/csv.h"
#include "base/embed.h"

#include <stdio.h>
#include <string.h>

static const char *const size_keys[] = {"small", "district", "city"};

bool noi_city_size_by_key(noi_city_size *out, const char *key) {
    for (int i = 0; i < 3; i++)
        if (strcmp(key, size_keys[i]) == 0) {
            *out = (noi_city_size)i;
            return true;
        }
    return false;
}

const char *noi_city_size_key(noi_city_size size) {
    return size_keys[size];
}

/* ---- the recipe ---------------------------------------------------------------------------- */

static bool set_size(noi_recipe *recipe, noi_str id, double value) {
    uint64_t whole = (uint64_t)value;
    if (noi_str_is(id, "addresses"))
        recipe->addresses = whole;
    else if (noi_str_is(id, "households"))
        recipe->households = whole;
    else if (noi_str_is(id, "parcels"))
        recipe->parcels = whole;
    else if (noi_str_is(id, "cases"))
        recipe->cases = whole;
    else if (noi_str_is(id, "reports"))
        recipe->reports = whole;
    else if (noi_str_is(id, "side_file_rows"))
        recipe->side_file_rows = whole;
    else if (noi_str_is(id, "step_m"))
        recipe->step_m = value;
    else if (noi_str_is(id, "members_per_thousand"))
        recipe->members_per_thousand = whole;
    else
        return false;
    return true;
}

static bool set_share(noi_recipe *recipe, noi_str id, double value) {
    for (int t = 0; t < NOI_N_TRAPS; t++)
        if (noi_str_is(id, noi_traps[t].id)) {
            recipe->share[t] = (uint32_t)value;
            return true;
        }
    return false;
}

/* What the scenario says in place of the recipe. */
static void take_scenario(noi_recipe *out, const noi_scenario *s, noi_city_size size) {
    static const uint64_t times[] = {[NOI_CITY_SMALL] = 1, [NOI_CITY_DISTRICT] = 20,
                                     [NOI_CITY_CITY] = 200};
    const uint64_t n = times[size];
    out->addresses = (uint64_t)s->addresses * n;
    out->households = (uint64_t)s->households * n;
    out->parcels = (uint64_t)s->parcels * n;
    out->cases = (uint64_t)s->cases * n;
    out->reports = (uint64_t)s->reports * n;
    out->documents = (uint64_t)s->documents * n;
    out->accounts = (uint64_t)s->accounts * n;
    out->later_cases = (uint64_t)s->later_cases * n;
    out->side_file_rows = (uint64_t)s->side_file_rows * n;
    out->members_per_thousand = (uint64_t)s->members_per_thousand;
    for (int t = 0; t < NOI_N_TRAPS; t++)
        if (s->share[t] >= 0)
            out->share[t] = (uint32_t)s->share[t];
}

static noi_status load_recipe(noi_recipe *out, noi_city_size size) {
    const char *name = "data/rehearsal.csv";
    noi_str bytes = noi_embed(name);
    if (!bytes.p)
        return noi_fail(NOI_ERR_INTERNAL, _("the embedded table %s is missing"), name);
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    NOI_TRY(noi_csv_open_bytes(&csv, name, bytes));
    noi_csv_row row;
    while (noi_csv_next(&row, csv)) {
        if (row.n != 5)
            return noi_fail_at(NOI_ERR_INTERNAL, name, row.line, _("the recipe has 5 columns"));
        char number[32];
        snprintf(number, sizeof number, "%.*s", NOI_STR_ARG(row.field[2 + size]));
        double value = strtod(number, NULL);
        bool known = noi_str_is(row.field[0], "size") ? set_size(out, row.field[1], value)
                                                      : set_share(out, row.field[1], value);
        if (!known)
            return noi_fail_at(NOI_ERR_INTERNAL, name, row.line, _("the recipe has no '%.*s'"),
                               NOI_STR_ARG(row.field[1]));
    }
    return NOI_OK;
}

/* ---- pools --------------------------------------------------------------------------------- */

static void pool_add(noi_city *city, noi_pool_kind kind, uint32_t item) {
    noi_pool *pool = &city->pools[kind];
    NOI_GROW(pool->items, pool->capacity, pool->n + 1);
    pool->items[pool->n++] = item;
}

static bool same_name(const noi_old_unit *a, const noi_old_unit *b, bool bare) {
    return noi_str_eq(a->kind, b->kind) &&
           (bare ? noi_str_eq(a->bare, b->bare) : noi_str_eq(a->folded, b->folded));
}

/* Does a text that names kind and name alone leave more than one new unit open? */
static bool has_two_answers(const noi_tables *tables, const noi_old_unit *unit, bool bare) {
    uint32_t answer = NOI_TABLE_NONE;
    for (size_t i = 0; i < tables->n_pieces; i++) {
        const noi_piece *piece = &tables->pieces[i];
        if (!piece->has_people || !same_name(&tables->old_units[piece->old_unit], unit, bare))
            continue;
        if (answer != NOI_TABLE_NONE && answer != piece->new_unit)
            return true;
        answer = piece->new_unit;
    }
    return false;
}

static bool has_bare_double(const noi_tables *tables, const noi_old_unit *unit) {
    for (size_t i = 0; i < tables->n_old; i++) {
        const noi_old_unit *other = &tables->old_units[i];
        if (!noi_str_eq(other->folded, unit->folded) && same_name(other, unit, true))
            return true;
    }
    return false;
}

static bool is_number(noi_str name) {
    return name.p[0] >= '0' && name.p[0] <= '9';
}

static void add_whole_pools(noi_city *city, uint32_t piece, const noi_old_unit *unit) {
    uint32_t to = city->tables->pieces[piece].new_unit;
    pool_add(city, NOI_POOL_WHOLE, piece);
    if (unit->code_lives_on)
        pool_add(city, NOI_POOL_REUSED, piece);
    if (unit->new_namesake != NOI_TABLE_NONE && unit->new_namesake != to)
        pool_add(city, NOI_POOL_FALSE_FRIEND, piece);
    bool plain_kind = noi_str_is(unit->kind, "phường") || noi_str_is(unit->kind, "xã");
    if (unit->name.n >= 10 && !is_number(unit->name) && plain_kind)
        pool_add(city, NOI_POOL_LONG_NAME, piece);
}

/* Côn Đảo, a district without communes, is left out of the traps: there is no ward to misread. */
static void add_piece_pools(noi_city *city, uint32_t piece) {
    const noi_tables *tables = city->tables;
    const noi_old_unit *unit = &tables->old_units[tables->pieces[piece].old_unit];
    if (!tables->pieces[piece].has_people || noi_str_is(unit->kind, "huyện"))
        return;
    if (unit->n_pieces == 1)
        pool_add(city, NOI_POOL_ELSEWHERE, piece);
    if (!tables->pieces[piece].takes_part)
        return;
    if (unit->first_piece == piece)
        pool_add(city, NOI_POOL_OFFICE, piece);
    if (unit->split)
        pool_add(city, NOI_POOL_SPLIT, piece);
    if (unit->n_pieces == 1)
        add_whole_pools(city, piece, unit);
    if (unit->n_homonyms > 1 && has_two_answers(tables, unit, false))
        pool_add(city, NOI_POOL_HOMONYM, piece);
    if (has_bare_double(tables, unit) && has_two_answers(tables, unit, true))
        pool_add(city, NOI_POOL_BARE_HOMONYM, piece);
}

#define SIDED_UNITS 4

/* A street whose odd numbers lie in the first piece of its unit, the even ones in the second. */
static void add_sided_units(noi_city *city) {
    const noi_tables *tables = city->tables;
    for (size_t i = 0; i < tables->n_old && city->pools[NOI_POOL_SIDES].n < 2 * SIDED_UNITS; i++) {
        const noi_old_unit *unit = &tables->old_units[i];
        uint32_t first = unit->first_piece;
        if (!unit->split || unit->n_pieces != 2 || !tables->pieces[first].has_people ||
            !tables->pieces[first + 1].has_people || !tables->pieces[first].takes_part ||
            !tables->pieces[first + 1].takes_part)
            continue;
        pool_add(city, NOI_POOL_SIDES, first);
        pool_add(city, NOI_POOL_SIDES, first + 1);
    }
}

static bool new_unit_takes_part(const noi_tables *tables, uint32_t unit) {
    for (size_t i = 0; i < tables->n_pieces; i++)
        if (tables->pieces[i].new_unit == unit && tables->pieces[i].takes_part)
            return true;
    return false;
}

static void add_other_pools(noi_city *city) {
    const noi_tables *tables = city->tables;
    for (uint32_t i = 0; i < tables->n_new; i++) {
        if (!new_unit_takes_part(tables, i))
            continue;
        pool_add(city, NOI_POOL_NEW, i);
        if (tables->new_units[i].name_is_new)
            pool_add(city, NOI_POOL_NEW_NAME, i);
    }
    for (uint32_t i = 0; i < tables->n_former; i++) {
        pool_add(city, NOI_POOL_FORMER, i);
        if (!tables->former[i].name_lives_on)
            pool_add(city, NOI_POOL_OLDER, i);
    }
    for (uint32_t i = 0; i < tables->n_flips; i++)
        pool_add(city, NOI_POOL_FLIP, i);
}

static bool any_border(const noi_city *city) {
    const noi_pool *whole = &city->pools[NOI_POOL_WHOLE];
    for (size_t i = 0; i < whole->n; i++)
        if (noi_shape_has_border(city->shape, whole->items[i]))
            return true;
    return false;
}

static void leave_out(noi_recipe *recipe, bool unless, const noi_trap *traps, size_t n) {
    for (size_t i = 0; i < n && !unless; i++)
        recipe->share[traps[i]] = 0;
}
#define LEAVE_OUT(recipe, unless, ...)                                                             \
    leave_out(recipe, unless, (const noi_trap[]){__VA_ARGS__},                                     \
              sizeof((const noi_trap[]){__VA_ARGS__}) / sizeof(noi_trap))

/* Traps of which the scenario's units and systems have no example. */
static void leave_out_traps(noi_city *city) {
    static const struct {
        noi_trap trap;
        noi_pool_kind pool;
    } needs[] = {{NOI_TRAP_HOMONYM, NOI_POOL_HOMONYM},
                 {NOI_TRAP_BARE_HOMONYM, NOI_POOL_BARE_HOMONYM},
                 {NOI_TRAP_REUSED, NOI_POOL_REUSED},
                 {NOI_TRAP_FALSE_FRIEND, NOI_POOL_FALSE_FRIEND},
                 {NOI_TRAP_TYPO, NOI_POOL_LONG_NAME},
                 {NOI_TRAP_ALREADY_NEW, NOI_POOL_NEW_NAME},
                 {NOI_TRAP_OLDER_TEXT, NOI_POOL_OLDER},
                 {NOI_TRAP_FLIP, NOI_POOL_FLIP},
                 {NOI_TRAP_SPLIT_TAUGHT, NOI_POOL_SIDES},
                 {NOI_TRAP_SPLIT_RULE, NOI_POOL_SIDES},
                 {NOI_TRAP_SPLIT_POINT, NOI_POOL_SPLIT},
                 {NOI_TRAP_SPLIT_BLIND, NOI_POOL_SPLIT},
                 {NOI_TRAP_TORN, NOI_POOL_SPLIT},
                 {NOI_TRAP_PARCEL_SPLIT, NOI_POOL_SPLIT},
                 {NOI_TRAP_PARCEL_BLIND, NOI_POOL_SPLIT},
                 {NOI_TRAP_CASE_WARD_SPLIT, NOI_POOL_SPLIT},
                 {NOI_TRAP_CASE_SPLIT_POINT, NOI_POOL_SPLIT}};
    noi_recipe *r = &city->recipe;
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
        LEAVE_OUT(r, city->pools[needs[i].pool].n > 0, needs[i].trap);
    LEAVE_OUT(r, any_border(city), NOI_TRAP_NEAR_BORDER, NOI_TRAP_BORDER_TEXT);
    LEAVE_OUT(r, r->members_per_thousand > 0, NOI_TRAP_TORN);
    LEAVE_OUT(r, r->parcels > 0, NOI_TRAP_CASE_DISTRICT_PARCEL, NOI_TRAP_CASE_TWO, NOI_TRAP_CASE_OFFICE,
              NOI_TRAP_CASE_LOST);
    LEAVE_OUT(r, city->n_chosen > 1, NOI_TRAP_CASE_OFFICE);
    LEAVE_OUT(r, r->households > 0, NOI_TRAP_CASE_OWNER, NOI_TRAP_CASE_HOUSEHOLD);
}

static noi_status fail_without_whole(const noi_city *city) {
    noi_status status = noi_fail(
        NOI_ERR_INPUT, _("%s: none of the %zu new units is made of a whole unit, so nothing is certain there"),
        city->scenario->file, city->n_chosen);
    noi_hint(_("add a unit that an old unit went to as a whole"));
    return status;
}

static noi_status make_pools(noi_city *city) {
    add_sided_units(city);
    for (uint32_t i = 0; i < city->tables->n_pieces; i++)
        add_piece_pools(city, i);
    add_other_pools(city);
    if (city->scenario && city->pools[NOI_POOL_WHOLE].n == 0)
        return fail_without_whole(city);
    if (city->scenario)
        leave_out_traps(city);
    for (int i = 0; i < NOI_POOLS && !city->scenario; i++)
        if (city->pools[i].n == 0)
            return noi_fail(NOI_ERR_INTERNAL, _("the rehearsal finds no units for a trap"));
    return NOI_OK;
}

/* ---- drawing ------------------------------------------------------------------------------- */

/* A piece that takes no part is left over by rounding at most; then another is drawn in its place. */
static void never_draw(noi_city *city) {
    for (uint32_t i = 0; i < city->tables->n_pieces; i++)
        if (!city->tables->pieces[i].takes_part && city->alias[i] == i) {
            city->alias[i] = city->pools[NOI_POOL_WHOLE].items[0];
            city->alias_limit[i] = 0;
        }
}

/* The alias method (Walker 1977, in Vose's form of 1991): a weighted draw in constant time. */
static void make_alias(noi_city *city) {
    size_t n = city->tables->n_pieces, n_small = 0, n_large = 0;
    city->alias = noi_alloc_zero(n, sizeof *city->alias);
    city->alias_limit = noi_alloc_zero(n, sizeof *city->alias_limit);
    NOI_AUTO_FREE double *share = noi_alloc(n * sizeof *share);
    NOI_AUTO_FREE uint32_t *small = noi_alloc(n * sizeof *small);
    NOI_AUTO_FREE uint32_t *large = noi_alloc(n * sizeof *large);
    for (uint32_t i = 0; i < n; i++) {
        share[i] = city->tables->pieces[i].weight * (double)n;
        if (share[i] < 1)
            small[n_small++] = i;
        else
            large[n_large++] = i;
        city->alias[i] = i;
        city->alias_limit[i] = UINT32_MAX;
    }
    while (n_small && n_large) {
        uint32_t less = small[--n_small], more = large[n_large - 1];
        city->alias[less] = more;
        city->alias_limit[less] = (uint32_t)(share[less] * 4294967295.0);
        share[more] -= 1 - share[less];
        if (share[more] < 1)
            small[n_small++] = large[--n_large];
    }
    never_draw(city);
}

uint32_t noi_city_piece(const noi_city *city, noi_random *random) {
    uint64_t bits = noi_random_next(random);
    uint32_t i = (uint32_t)(((bits >> 32) * city->tables->n_pieces) >> 32);
    return (uint32_t)bits < city->alias_limit[i] ? i : city->alias[i];
}

uint32_t noi_city_pick(const noi_city *city, noi_pool_kind pool, noi_random *random) {
    const noi_pool *p = &city->pools[pool];
    return p->items[noi_random_below(random, (uint32_t)p->n)];
}

noi_trap noi_city_trap(const noi_city *city, noi_record_kind kind, noi_trap plain,
                       noi_random *random) {
    uint32_t draw = noi_random_below(random, 10000);
    for (int t = 0; t < NOI_N_TRAPS; t++) {
        if (noi_traps[t].kind != (int)kind)
            continue;
        if (draw < city->recipe.share[t])
            return (noi_trap)t;
        draw -= city->recipe.share[t];
    }
    return plain;
}

/* The main file has what the side files leave. */
static void place_files(noi_city *city) {
    uint64_t rows = 0, at;
    for (int f = NOI_FILE_MAIN + 1; f < NOI_ADDRESS_FILES; f++)
        rows += noi_city_has_file(city, (noi_address_file)f) ? city->recipe.side_file_rows : 0;
    at = city->recipe.addresses - rows;
    city->address_begin[NOI_FILE_MAIN] = 0;
    for (int f = NOI_FILE_MAIN + 1; f < NOI_ADDRESS_FILES; f++) {
        city->address_begin[f] = at;
        at += noi_city_has_file(city, (noi_address_file)f) ? city->recipe.side_file_rows : 0;
    }
    city->address_begin[NOI_ADDRESS_FILES] = city->recipe.addresses;
}

bool noi_city_has_file(const noi_city *city, noi_address_file file) {
    if (!city->scenario || file == NOI_FILE_MAIN)
        return true;
    bool possible = file != NOI_FILE_2024 || city->pools[NOI_POOL_FORMER].n > 0;
    bool projected = file == NOI_FILE_VN2000 && city->tables->world == NOI_WORLD_HANOI;
    return possible && !projected && city->scenario->side_file[file];
}

static noi_status choose_units(noi_city *city) {
    NOI_AUTO_FREE bool *chosen = noi_alloc_zero(city->tables->n_new, sizeof *chosen);
    NOI_TRY(noi_scenario_choose(chosen, &city->n_chosen, city->scenario, city->tables));
    noi_tables_choose(city->tables, chosen);
    return NOI_OK;
}

static noi_status build(noi_city *city) {
    const noi_scenario *s = city->scenario;
    NOI_TRY(load_recipe(&city->recipe, s ? NOI_CITY_SMALL : city->size));
    if (s)
        take_scenario(&city->recipe, s, city->size);
    NOI_TRY(noi_tables_load_of(&city->tables, s ? s->world : NOI_WORLD_SAIGON));
    city->n_chosen = city->tables->n_new;
    if (s)
        NOI_TRY(choose_units(city));
    NOI_TRY(noi_shape_make(&city->shape, city->tables, city->seed, city->recipe.step_m));
    city->spelling = noi_spelling_new(city->tables);
    NOI_TRY(make_pools(city));
    place_files(city);
    make_alias(city);
    return NOI_OK;
}

noi_status noi_city_make_of(noi_city **out, const noi_scenario *scenario, noi_city_size size,
                            uint64_t seed) {
    NOI_AUTO(noi_city_freep) noi_city *city = noi_alloc_zero(1, sizeof *city);
    city->size = size;
    city->seed = seed;
    city->scenario = scenario;
    NOI_TRY(build(city));
    *out = city;
    city = NULL;
    return NOI_OK;
}

noi_status noi_city_make(noi_city **out, noi_city_size size, uint64_t seed) {
    return noi_city_make_of(out, NULL, size, seed);
}

void noi_city_free(noi_city *city) {
    if (!city)
        return;
    for (int i = 0; i < NOI_POOLS; i++)
        free(city->pools[i].items);
    free(city->alias);
    free(city->alias_limit);
    noi_spelling_free(city->spelling);
    noi_shape_free(city->shape);
    noi_tables_free(city->tables);
    free(city);
}
