/* layer_day.c: which day's units a layer draws; see layer_day.h. */
#include "merge/layer_day.h"

#include "address/text.h"

#include <math.h>
#include <string.h>

#define STEP 20 /* shares are compared in steps of one in twenty */

static bool in_force(const noi_unit_row *unit, noi_day on) {
    return unit->from <= on && on < unit->to;
}

const noi_unit_row *noi_layer_unit(const noi_unit_list *units, noi_code code, noi_day on) {
    for (size_t i = 0; code && i < units->n; i++)
        if (units->items[i].code == code && in_force(&units->items[i], on))
            return &units->items[i];
    return NULL;
}

uint32_t noi_layer_unknown(const noi_layer *layer, const noi_unit_list *units, noi_day on) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < layer->coverage->n_units; i++)
        n += !noi_layer_unit(units, layer->coverage->unit_code[i], on);
    return n;
}

/* An area and a unit of any day that bears its code. */
typedef struct bearer {
    const noi_unit_row *unit;
    bool same_name;
} bearer;

typedef struct bearers {
    bearer *item;
    size_t n, capacity;
} bearers;

static void bearers_clear(bearers *b) {
    free(b->item);
}

/* Layers write "Phường Sài Gòn" or "Sài Gòn", or no names at all. */
static bool same_name(const char *drawn, const noi_unit_row *unit) {
    char full[256];
    noi_unit_full_name(full, sizeof full, unit->kind, unit->name);
    return !drawn[0] || noi_name_equal(noi_str_of(drawn), noi_str_of(unit->name)) ||
           noi_name_equal(noi_str_of(drawn), noi_str_of(full));
}

static void find_bearers(bearers *out, const noi_layer *layer, const noi_unit_list *units) {
    for (uint32_t a = 0; a < layer->coverage->n_units; a++) {
        noi_code code = layer->coverage->unit_code[a];
        for (size_t i = 0; code && i < units->n; i++) {
            if (units->items[i].code != code)
                continue;
            NOI_GROW(out->item, out->capacity, out->n + 1);
            out->item[out->n++] = (bearer){
                &units->items[i], same_name(layer->features[a].name, &units->items[i])};
        }
    }
}

/* How well the layer fits a day, in steps. */
typedef struct fit {
    long areas; /* whose code, and name, were in force: half the weight for the code alone */
    long units; /* of the provinces, that are drawn */
} fit;

static bool is_better(fit a, fit b) {
    return a.areas != b.areas ? a.areas > b.areas : a.units > b.units;
}

static size_t count_in_provinces(const noi_unit_list *units, noi_day on, const bearers *b) {
    size_t n = 0;
    noi_code counted = 0; /* units stand by province, nearly always */
    bool touched = false;
    for (size_t i = 0; i < units->n; i++) {
        const noi_unit_row *unit = &units->items[i];
        if (!in_force(unit, on))
            continue;
        if (unit->province_code != counted) {
            counted = unit->province_code;
            touched = false;
            for (size_t j = 0; j < b->n && !touched; j++)
                touched = in_force(b->item[j].unit, on) &&
                          b->item[j].unit->province_code == counted;
        }
        n += touched;
    }
    return n;
}

static fit fit_on(const noi_layer *layer, const noi_unit_list *units, const bearers *b,
                  noi_day on) {
    double found = 0, weight = 0, n_areas = layer->coverage->n_units;
    for (size_t i = 0; i < b->n; i++)
        if (in_force(b->item[i].unit, on)) {
            found += 1;
            weight += b->item[i].same_name ? 1 : 0.5;
        }
    double all = (double)count_in_provinces(units, on, b) + n_areas - found;
    return (fit){lround(STEP * weight / fmax(n_areas, 1)), lround(STEP * found / fmax(all, 1))};
}

static int newest_first(const void *a, const void *b) {
    noi_day x = *(const noi_day *)a, y = *(const noi_day *)b;
    return (x < y) - (x > y);
}

noi_day noi_layer_day(const noi_layer *layer, const noi_unit_list *units, noi_day on) {
    NOI_AUTO(bearers_clear) bearers b = {0};
    find_bearers(&b, layer, units);
    NOI_AUTO_FREE noi_day *days = noi_alloc((2 * b.n + 2) * sizeof *days);
    size_t n = 2;
    for (size_t i = 0; i < b.n; i++) {
        if (b.item[i].unit->from != NOI_DAY_NONE)
            days[n++] = b.item[i].unit->from;
        if (b.item[i].unit->to != NOI_DAY_OPEN)
            days[n++] = b.item[i].unit->to - 1;
    }
    qsort(days + 2, n - 2, sizeof *days, newest_first);
    days[0] = on;
    days[1] = on - 1;
    noi_day best = NOI_DAY_NONE;
    fit best_fit = {STEP / 2, 0};
    for (size_t i = 0; i < n; i++) {
        if (i > 2 && days[i] == days[i - 1])
            continue;
        fit f = fit_on(layer, units, &b, days[i]);
        if (is_better(f, best_fit)) {
            best = days[i];
            best_fit = f;
        }
    }
    return best;
}
