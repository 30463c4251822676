/*
 * reference.c: where units lie, out of a registry or out of the tables that travel in the program;
 * see projection.h.
 */
#include "boundary/projection.h"

#include "base/csv.h"
#include "base/embed.h"

#include <math.h>

#define DEGREE_M 111000.0
#define DEGREE   0.017453292519943295 /* in radians */

typedef struct places {
    noi_reference_unit *items;
    size_t n, capacity;
} places;

static void places_free(places *p) {
    free(p->items);
}

static void add(places *p, const noi_reference_unit *unit) {
    if (!unit->code || !isfinite(unit->lon) || !isfinite(unit->lat))
        return;
    NOI_GROW(p->items, p->capacity, p->n + 1);
    p->items[p->n++] = *unit;
}

/* By code; within a code in an order that does not depend on where they came from. */
static int compare(const void *a, const void *b) {
    const noi_reference_unit *u = a, *v = b;
    if (u->code != v->code)
        return u->code < v->code ? -1 : 1;
    if (u->lon != v->lon)
        return u->lon < v->lon ? -1 : 1;
    if (u->lat != v->lat)
        return u->lat < v->lat ? -1 : 1;
    return u->is_drawn - v->is_drawn;
}

/* ---- from a registry ---- */

static noi_reference_unit read_place(noi_stmt *q) {
    enum { CODE, LON, LAT, WIDTH, HEIGHT, DRAWN };
    noi_str code = noi_column_text(q, CODE);
    noi_reference_unit unit = {.code = code.n ? noi_code_parse(code.p, code.n) : 0,
                               .lon = noi_column_real(q, LON),
                               .lat = noi_column_real(q, LAT),
                               .is_drawn = noi_column_int(q, DRAWN) != 0};
    double width = noi_column_real(q, WIDTH), height = noi_column_real(q, HEIGHT);
    unit.radius_m = hypot(width * cos(unit.lat * DEGREE), height) / 2 * DEGREE_M;
    return unit;
}

static noi_status from_registry(places *p, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "boundary/reference"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        noi_reference_unit unit = read_place(q);
        add(p, &unit);
    }
}

/* ---- from the embedded tables ---- */

static noi_status open_table(noi_csv **out, const char *name) {
    noi_str bytes = noi_embed(name);
    if (!bytes.p)
        return noi_fail(NOI_ERR_INTERNAL, "there is no table %s", name);
    return noi_csv_open_bytes(out, name, bytes);
}

static noi_str field(const noi_csv_row *row, int column) {
    return column >= 0 && (size_t)column < row->n ? row->field[column] : NOI_STR("");
}

static double number(noi_str text) {
    char digits[32];
    if (text.n == 0 || text.n >= sizeof digits)
        return NAN;
    for (size_t i = 0; i < text.n; i++)
        digits[i] = text.p[i];
    digits[text.n] = '\0';
    return strtod(digits, NULL);
}

static noi_code code_of(noi_str text) {
    return text.n ? noi_code_parse(text.p, text.n) : 0;
}

/* A list of units with sketch points; 0, 0 stands for none. */
static noi_status take_points(places *p, const char *name) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    NOI_TRY(open_table(&csv, name));
    int code = noi_csv_column(csv, "code"), lon = noi_csv_column(csv, "lon"),
        lat = noi_csv_column(csv, "lat");
    noi_csv_row row;
    while (noi_csv_next(&row, csv)) {
        noi_reference_unit unit = {.code = code_of(field(&row, code)),
                                   .lon = number(field(&row, lon)),
                                   .lat = number(field(&row, lat))};
        if (unit.lon != 0 || unit.lat != 0)
            add(p, &unit);
    }
    return NOI_OK;
}

/* Hanoi's old list has no points: its units lie where what became of them lies. `from` and `to`
 * bound the new units of that city in the places taken so far. */
static noi_status take_successors(places *p, const char *name, size_t from, size_t to) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    NOI_TRY(open_table(&csv, name));
    int old_code = noi_csv_column(csv, "old_code"), new_code = noi_csv_column(csv, "new_code");
    noi_csv_row row;
    while (noi_csv_next(&row, csv)) {
        noi_code successor = code_of(field(&row, new_code));
        for (size_t i = from; i < to; i++) {
            noi_reference_unit unit = p->items[i];
            if (unit.code != successor)
                continue;
            unit.code = code_of(field(&row, old_code));
            add(p, &unit);
        }
    }
    return NOI_OK;
}

static noi_status from_tables(places *p) {
    NOI_TRY(take_points(p, "data/units_old.csv"));
    NOI_TRY(take_points(p, "data/units_new.csv"));
    size_t hanoi = p->n;
    NOI_TRY(take_points(p, "data/units_new_hanoi.csv"));
    return take_successors(p, "data/crosswalk_hanoi.csv", hanoi, p->n);
}

/* ---- both ---- */

noi_status noi_reference_load(noi_reference **out, noi_registry *registry) {
    NOI_AUTO(places_free) places p = {0};
    NOI_TRY(registry ? from_registry(&p, registry) : from_tables(&p));
    if (p.n)
        qsort(p.items, p.n, sizeof *p.items, compare);
    noi_reference *reference = noi_alloc_zero(1, sizeof *reference);
    reference->n = p.n;
    reference->items = p.items;
    p.items = NULL;
    *out = reference;
    return NOI_OK;
}

void noi_reference_free(noi_reference *reference) {
    if (!reference)
        return;
    free(reference->items);
    free(reference);
}
