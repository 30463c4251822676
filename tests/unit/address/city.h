/*
 * city.h: gazetteers for tests and benchmarks, made from data/: the merged city (442 old units, 168
 * new ones, those that ended on 2024-12-31), or the whole country of both vintages.
 */
#ifndef NOI_TESTS_CITY_H
#define NOI_TESTS_CITY_H

#include "address/reader.h"
#include "base/csv.h"

#include <stdio.h>
#include <string.h>

typedef struct city {
    noi_arena *arena;
    noi_gazetteer_unit *units;
    size_t n_units, capacity;
    noi_gazetteer_district_alias aliases[64];
    size_t n_aliases;
    noi_buf bytes;
    const noi_gazetteer *gazetteer;
} city;

static inline const char *city_field(city *c, const noi_csv *csv, const noi_csv_row *row,
                                     const char *name) {
    int column = noi_csv_column(csv, name);
    if (column < 0 || (size_t)column >= row->n)
        return "";
    return noi_arena_strndup(c->arena, row->field[column].p, row->field[column].n);
}

static inline noi_code city_code(city *c, const noi_csv *csv, const noi_csv_row *row,
                                 const char *name) {
    const char *text = city_field(c, csv, row, name);
    return noi_code_parse(text, strlen(text));
}

static inline void city_add(city *c, noi_gazetteer_unit unit) {
    NOI_GROW(c->units, c->capacity, c->n_units + 1);
    c->units[c->n_units++] = unit;
}

static inline bool city_read(city *c, const char *path, noi_day from, noi_day to,
                             const char *province) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    if (noi_csv_open(&csv, path) != NOI_OK)
        return false;
    noi_csv_row row;
    while (noi_csv_next(&row, csv)) {
        noi_gazetteer_unit unit = {.code = city_code(c, csv, &row, "code"),
                                   .kind = city_field(c, csv, &row, "kind"),
                                   .name = city_field(c, csv, &row, "name"),
                                   .district_code = city_code(c, csv, &row, "district_code"),
                                   .district_kind = city_field(c, csv, &row, "district_kind"),
                                   .district_name = city_field(c, csv, &row, "district_name"),
                                   .province_code = city_code(c, csv, &row, "province_code"),
                                   .province_name = city_field(c, csv, &row, "province_name"),
                                   .from = from,
                                   .to = to};
        if (unit.province_name[0] == '\0')
            unit.province_name = province;
        city_add(c, unit);
    }
    return true;
}

/* "Quận Gò Vấp" and the like, cut at the first space, or at the second for kinds of two words. */
static inline void city_split(city *c, const char **kind, const char **name, const char *full) {
    size_t n = strncmp(full, "Thị xã ", strlen("Thị xã ")) == 0         ? strlen("Thị xã")
               : strncmp(full, "Thành phố ", strlen("Thành phố ")) == 0 ? strlen("Thành phố")
                                                                        : strcspn(full, " ");
    *kind = noi_arena_strndup(c->arena, full, n);
    *name = full[n] ? full + n + 1 : full + n;
}

static inline bool city_read_ended(city *c) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    if (noi_csv_open(&csv, "data/aliases_2024.csv") != NOI_OK)
        return false;
    noi_csv_row row;
    noi_code last = 0;
    size_t n_old = c->n_units;
    while (noi_csv_next(&row, csv)) {
        noi_gazetteer_unit unit = {.code = city_code(c, csv, &row, "former_code"),
                                   .kind = city_field(c, csv, &row, "former_kind"),
                                   .name = city_field(c, csv, &row, "former_name"),
                                   .district_code = city_code(c, csv, &row, "former_district_code"),
                                   .province_code = city_code(c, csv, &row, "province_code"),
                                   .from = NOI_DAY_NONE,
                                   .to = noi_day_from_ymd(2025, 1, 1)};
        city_split(c, &unit.district_kind, &unit.district_name,
                   city_field(c, csv, &row, "former_district"));
        for (size_t i = 0; i < n_old; i++)
            if (c->units[i].province_code == unit.province_code && c->units[i].district_code)
                unit.province_name = c->units[i].province_name;
        if (unit.code != last)
            city_add(c, unit);
        last = unit.code;
    }
    return true;
}

static inline bool city_read_aliases(city *c) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    if (noi_csv_open(&csv, "data/district_aliases.csv") != NOI_OK)
        return false;
    noi_csv_row row;
    while (noi_csv_next(&row, csv) && c->n_aliases < 64) {
        noi_gazetteer_district_alias *alias = &c->aliases[c->n_aliases++];
        alias->district_code = city_code(c, csv, &row, "successor_code");
        city_split(c, &alias->kind, &alias->name, city_field(c, csv, &row, "former_name"));
    }
    return true;
}

static inline bool city_build(city *c) {
    return noi_gazetteer_build(&c->bytes, c->units, c->n_units, c->aliases, c->n_aliases) ==
               NOI_OK &&
           noi_gazetteer_attach(&c->gazetteer, c->bytes.p, c->bytes.n) == NOI_OK;
}

static inline bool city_open(city *c, bool whole_country) {
    *c = (city){.arena = noi_arena_new()};
    noi_day change = noi_day_from_ymd(2025, 7, 1);
    bool is_read =
        whole_country
            ? city_read(c, "data/units_old_vn.csv", NOI_DAY_NONE, change, "") &&
                  city_read(c, "data/units_new_vn.csv", change, NOI_DAY_OPEN, "")
            : city_read(c, "data/units_old.csv", NOI_DAY_NONE, change, "") && city_read_ended(c) &&
                  city_read(c, "data/units_new.csv", change, NOI_DAY_OPEN, "Thành phố Hồ Chí Minh");
    return is_read && city_read_aliases(c) && city_build(c);
}

static inline void city_close(city *c) {
    noi_arena_free(c->arena);
    free(c->units);
    noi_buf_free(&c->bytes);
}

#endif
