/*
 * owners.c: whose is each face of a gap, an overlap, a sliver. A person's choice first; else
 * the unit with whose undisputed land (or, of a gap, with which) the face has the longest border;
 * of equals the one with the lower code. Unless a person has chosen, a unit that would lose half of
 * its land or more keeps it, and when that holds for several units, nobody is guessed: the overlap
 * stays.
 */
#include "geo/repair/mender.h"

#include "base/i18n.h"
#include "geo/measure.h"

#include <math.h>
#include <string.h>

#define SAME_LENGTH 1e-9 /* borders that differ by less than this share are equally long */

/* ---- finding the faces of a defect ---- */

typedef enum land_kind { LAND_GAP, LAND_INLET, LAND_OVERLAP, LAND_PART } land_kind;

static bool suits(const deal *d, const noi_defect *defect, land_kind kind, uint32_t face) {
    uint32_t n = d->p.holders[face].n;
    if (kind == LAND_GAP || kind == LAND_INLET)
        return face != 0 && n == 0;
    return planar_holds(&d->p, face, defect->unit_a) &&
           (kind == LAND_PART || planar_holds(&d->p, face, defect->unit_b));
}

static bool is_near(const planar *p, uint32_t face, double x, double y) {
    const double reach = 1e-7;
    double x1 = INFINITY, y1 = INFINITY, x2 = -INFINITY, y2 = -INFINITY;
    for (uint32_t k = p->face_from[face]; k < p->face_from[face + 1]; k++) {
        const double *at = p->xy + 2 * (size_t)p->end[p->face_half[k]];
        x1 = fmin(x1, at[0]);
        y1 = fmin(y1, at[1]);
        x2 = fmax(x2, at[0]);
        y2 = fmax(y2, at[1]);
    }
    return x >= x1 - reach && x <= x2 + reach && y >= y1 - reach && y <= y2 + reach;
}

/* The face with the defect's place; of a face so narrow that rounding put the place outside of it,
 * the one of that kind around the place. PLANAR_NONE when it is gone. */
static uint32_t face_of(const deal *d, const noi_defect *defect, land_kind kind) {
    uint32_t face = planar_face_at(&d->p, defect->lon, defect->lat);
    if (suits(d, defect, kind, face))
        return face;
    for (uint32_t f = 1; f < d->p.n_faces; f++)
        if (suits(d, defect, kind, f) && is_near(&d->p, f, defect->lon, defect->lat))
            return f;
    return PLANAR_NONE;
}

/* All faces of that kind that hang together with the first: of an inlet also the notches between
 * its helping lines and the borders. Returns their number. */
static uint32_t spread(uint32_t *out, const deal *d, const noi_defect *defect, land_kind kind,
                       uint32_t first, uint32_t *mark) {
    const planar *p = &d->p;
    uint32_t n = 0;
    out[n++] = first;
    mark[first] = 1;
    for (uint32_t i = 0; i < n && kind != LAND_GAP; i++)
        for (uint32_t k = p->face_from[out[i]]; k < p->face_from[out[i] + 1]; k++) {
            uint32_t other = p->face[p->face_half[k] ^ 1];
            if (mark[other] || !suits(d, defect, kind, other))
                continue;
            mark[other] = 1;
            out[n++] = other;
        }
    for (uint32_t i = 0; i < n; i++)
        mark[out[i]] = 0;
    return n;
}

/* ---- lengths of borders ---- */

typedef struct claim {
    uint32_t unit;
    double length_m;
} claim;

static double length_m(const planar *p, uint32_t half) {
    const double *a = p->xy + 2 * (size_t)p->end[half], *b = p->xy + 2 * (size_t)p->end[half ^ 1];
    double mx, my;
    planar_metres(&mx, &my, (a[1] + b[1]) / 2);
    return hypot((b[0] - a[0]) * mx, (b[1] - a[1]) * my);
}

static void add_claim(claim *claims, uint32_t *n, uint32_t unit, double length) {
    for (uint32_t i = 0; i < *n; i++)
        if (claims[i].unit == unit) {
            claims[i].length_m += length;
            return;
        }
    claims[(*n)++] = (claim){unit, length};
}

static uint32_t count_neighbours(const planar *p, uint32_t face) {
    uint32_t n = p->holders[face].n;
    for (uint32_t k = p->face_from[face]; k < p->face_from[face + 1]; k++)
        n += p->holders[p->face[p->face_half[k] ^ 1]].n;
    return n;
}

/* The units of the land around, with the lengths of their borders; those that hold the face come
 * first, if only with nothing. Adds to the claims that are there. */
static void find_claims(claim *claims, uint32_t *n, const planar *p, uint32_t face) {
    for (uint32_t i = 0; i < p->holders[face].n; i++)
        add_claim(claims, n, p->holders[face].item[i].unit, 0);
    for (uint32_t k = p->face_from[face]; k < p->face_from[face + 1]; k++) {
        uint32_t other = p->face[p->face_half[k] ^ 1];
        for (uint32_t i = 0; other != face && i < p->holders[other].n; i++)
            add_claim(claims, n, p->holders[other].item[i].unit, length_m(p, p->face_half[k]));
    }
}

static bool is_better(const deal *d, const claim *a, const claim *b) {
    double longest = fmax(a->length_m, b->length_m);
    if (fabs(a->length_m - b->length_m) > SAME_LENGTH * longest)
        return a->length_m > b->length_m;
    noi_code x = d->p.coverage->unit_code[a->unit], y = d->p.coverage->unit_code[b->unit];
    return x != y ? x < y : a->unit < b->unit;
}

static const claim *best_claim(const deal *d, const claim *claims, uint32_t n) {
    const claim *best = NULL;
    for (uint32_t i = 0; i < n; i++)
        if (!best || is_better(d, &claims[i], best))
            best = &claims[i];
    return best;
}

static const claim *claim_of(const claim *claims, uint32_t n, uint32_t unit) {
    for (uint32_t i = 0; i < n; i++)
        if (claims[i].unit == unit)
            return &claims[i];
    return NULL;
}

/* ---- what a person chose ---- */

static noi_status refuse_contradiction(const deal *d, const noi_repair_choice *a,
                                       const noi_repair_choice *b) {
    char one[8], other[8];
    noi_code_format(one, d->p.coverage->unit_code[a->unit]);
    noi_code_format(other, d->p.coverage->unit_code[b->unit]);
    noi_status status =
        noi_fail(NOI_ERR_INPUT,
                 _("%.7f,%.7f is to go to unit %s, and %.7f,%.7f in the same piece of land to %s"),
                 a->lon, a->lat, one, b->lon, b->lat, other);
    noi_hint(_("name one unit for a piece of land"));
    return status;
}

/* The choice for land of these faces; *out is NULL for none. */
static noi_status choice_for(const noi_repair_choice **out, const deal *d, const uint32_t *faces,
                             uint32_t n) {
    *out = NULL;
    for (size_t i = 0; i < d->m->options.n_choices; i++) {
        const noi_repair_choice *c = &d->m->options.choices[i];
        uint32_t at = planar_face_at(&d->p, c->lon, c->lat), k = 0;
        while (k < n && faces[k] != at)
            k++;
        if (k == n)
            continue;
        if (*out && (*out)->unit != c->unit)
            return refuse_contradiction(d, *out, c);
        *out = c;
    }
    return NOI_OK;
}

static noi_status refuse_choice(const deal *d, const noi_repair_choice *c, bool is_gap) {
    const noi_coverage *all = d->p.coverage;
    char code[8];
    noi_code_format(code, all->unit_code[c->unit]);
    noi_status status =
        is_gap ? noi_fail(NOI_ERR_INPUT, _("unit %s does not border on the gap at %.7f,%.7f"), code,
                          c->lon, c->lat)
               : noi_fail(NOI_ERR_INPUT, _("unit %s does not claim the overlap at %.7f,%.7f"), code,
                          c->lon, c->lat);
    noi_hint(_("name one of the units beside it; 'noi check' lists them"));
    return status;
}

/* ---- handing over ---- */

typedef struct parcel {
    noi_coverage *shape;
    double area_m2, lon, lat;
} parcel;

static void parcel_free(parcel *l) {
    noi_coverage_free(l->shape);
}

static void measure(parcel *out, const planar *p, const uint32_t *faces, uint32_t n) {
    out->shape = noi_coverage_new();
    repair_add_faces(out->shape, p, faces, n);
    out->area_m2 = noi_unit_area_m2(out->shape, 0);
}

static void set_holder(deal *d, uint32_t face, uint32_t unit) {
    planar_counts *h = &d->p.holders[face];
    *h = (planar_counts){noi_arena_alloc(d->p.arena, sizeof *h->item),
                         unit == NOI_INDEX_NONE ? 0 : 1};
    *h->item = (planar_count){unit, 1};
    d->was_dealt[face] = true;
    d->any = true;
}

static void add_step(deal *d, const noi_defect *defect, const parcel *land, uint32_t gained,
                     uint32_t lost, bool was_named) {
    NOI_AUTO_BUF noi_buf wkb = {0};
    noi_coverage_wkb(&wkb, land->shape, 0);
    repair_add_step(d->m,
                    (noi_repair_step){.rule = noi_defect_rule(defect->kind),
                                      .gained = gained,
                                      .lost = lost,
                                      .lon = land->lon,
                                      .lat = land->lat,
                                      .area_m2 = land->area_m2,
                                      .was_named = was_named},
                    noi_buf_view(&wkb));
}

static void place_of(parcel *land, const noi_defect *defect, uint32_t n_faces) {
    double at[2] = {defect->lon, defect->lat};
    if (n_faces > 1 && noi_unit_label_point(at, land->shape, 0) != NOI_OK)
        noi_error_clear();
    land->lon = at[0];
    land->lat = at[1];
}

static bool is_fixed(const deal *d, planar_counts units) {
    for (uint32_t i = 0; i < units.n; i++)
        if (d->m->is_fixed[units.item[i].unit])
            return true;
    return false;
}

static bool would_lose_too_much(const deal *d, uint32_t unit, double area) {
    return d->m->area_m2[unit] - area <= d->m->area_m2[unit] / 2;
}

/* The unit to keep an overlap of which nobody has said whose it is; NOI_INDEX_NONE when it must
 * stay as it is. */
static uint32_t keeper(const deal *d, planar_counts holders, double area, uint32_t wanted) {
    uint32_t needs = NOI_INDEX_NONE, n = 0;
    for (uint32_t i = 0; i < holders.n; i++)
        if (would_lose_too_much(d, holders.item[i].unit, area)) {
            needs = holders.item[i].unit;
            n++;
        }
    if (n > 1)
        return NOI_INDEX_NONE;
    return n ? needs : wanted;
}

/* A person may take half of a unit's land and more, but not the unit. */
static noi_status refuse_to_erase(const deal *d, const noi_repair_choice *c, planar_counts holders,
                                  double area) {
    for (uint32_t i = 0; i < holders.n; i++) {
        uint32_t unit = holders.item[i].unit;
        if (unit == c->unit || d->m->area_m2[unit] - area > d->m->options.check.min_area_m2)
            continue;
        char winner[8], loser[8];
        noi_code_format(winner, d->p.coverage->unit_code[c->unit]);
        noi_code_format(loser, d->p.coverage->unit_code[unit]);
        noi_status status = noi_fail(
            NOI_ERR_INPUT, _("giving %.7f,%.7f to unit %s would leave unit %s without any land"),
            c->lon, c->lat, winner, loser);
        noi_hint(_("one of the two has to be drawn anew, or taken out of the layer"));
        return status;
    }
    return NOI_OK;
}

static noi_status divide(deal *d, const noi_defect *defect, uint32_t face, uint32_t n_faces,
                         const noi_repair_choice *choice) {
    planar_counts holders = d->p.holders[face];
    if (is_fixed(d, holders))
        return NOI_OK;
    NOI_AUTO_FREE claim *claims = noi_alloc((count_neighbours(&d->p, face) + 1) * sizeof *claims);
    uint32_t n_claims = 0;
    find_claims(claims, &n_claims, &d->p, face);
    NOI_AUTO(parcel_free) parcel land = {0};
    measure(&land, &d->p, &face, 1);
    if (choice && !claim_of(claims, holders.n, choice->unit))
        return n_faces == 1 ? refuse_choice(d, choice, false) : NOI_OK;
    if (choice)
        NOI_TRY(refuse_to_erase(d, choice, holders, land.area_m2));
    uint32_t owner = choice
                         ? choice->unit
                         : keeper(d, holders, land.area_m2, best_claim(d, claims, holders.n)->unit);
    if (owner == NOI_INDEX_NONE)
        return NOI_OK;
    place_of(&land, defect, n_faces);
    for (uint32_t i = 0; i < holders.n; i++) {
        uint32_t unit = holders.item[i].unit;
        if (unit == owner)
            continue;
        d->m->area_m2[unit] -= land.area_m2;
        add_step(d, defect, &land, owner, unit, choice != NULL);
    }
    set_holder(d, face, owner);
    return NOI_OK;
}

/* An inlet that leads to wide land stays: closing it would make a gap of that land. */
static bool leads_on(const deal *d, const uint32_t *faces, uint32_t n) {
    const noi_check_options *o = &d->m->options.check;
    for (uint32_t i = 1; i < n; i++) {
        NOI_AUTO(parcel_free) parcel land = {0};
        measure(&land, &d->p, &faces[i], 1);
        double around = 0;
        for (uint32_t k = d->p.face_from[faces[i]]; k < d->p.face_from[faces[i] + 1]; k++)
            around += length_m(&d->p, d->p.face_half[k]);
        if (land.area_m2 >= o->sliver_area_m2 && 2 * land.area_m2 >= o->inlet_width_m * around)
            return true;
    }
    return false;
}

static noi_status give(deal *d, const noi_defect *defect, const uint32_t *faces, uint32_t n_faces,
                       const noi_repair_choice *choice) {
    uint32_t most = 1, n = 0;
    for (uint32_t i = 0; i < n_faces; i++)
        most += count_neighbours(&d->p, faces[i]);
    NOI_AUTO_FREE claim *claims = noi_alloc(most * sizeof *claims);
    for (uint32_t i = 0; i < n_faces; i++)
        find_claims(claims, &n, &d->p, faces[i]);
    if (choice && !claim_of(claims, n, choice->unit))
        return refuse_choice(d, choice, true);
    const claim *best = choice ? claim_of(claims, n, choice->unit) : best_claim(d, claims, n);
    if (!best || d->m->is_fixed[best->unit])
        return NOI_OK;
    NOI_AUTO(parcel_free) parcel land = {0};
    measure(&land, &d->p, faces, n_faces);
    place_of(&land, defect, 1);
    d->m->area_m2[best->unit] += land.area_m2;
    add_step(d, defect, &land, best->unit, NOI_INDEX_NONE, choice != NULL);
    for (uint32_t i = 0; i < n_faces; i++)
        set_holder(d, faces[i], best->unit);
    return NOI_OK;
}

/* A part of a unit that is a sliver: to whoever holds it too, else to the neighbour, else nobody's.
 */
static void take_away(deal *d, const noi_defect *defect, uint32_t face, uint32_t n_faces) {
    uint32_t unit = defect->unit_a, owner = NOI_INDEX_NONE;
    planar_counts holders = d->p.holders[face];
    NOI_AUTO_FREE claim *claims = noi_alloc((count_neighbours(&d->p, face) + 1) * sizeof *claims);
    uint32_t n = 0, k = 0;
    find_claims(claims, &n, &d->p, face);
    uint32_t n_own = holders.n > 1 ? holders.n : n;
    for (uint32_t i = 0; i < n_own; i++)
        if (claims[i].unit != unit)
            claims[k++] = claims[i];
    const claim *best = best_claim(d, claims, k);
    if (best)
        owner = best->unit;
    if (is_fixed(d, holders) || holders.n > 2 || (owner != NOI_INDEX_NONE && d->m->is_fixed[owner]))
        return;
    NOI_AUTO(parcel_free) parcel land = {0};
    measure(&land, &d->p, &face, 1);
    if (would_lose_too_much(d, unit, land.area_m2))
        return;
    place_of(&land, defect, n_faces);
    d->m->area_m2[unit] -= land.area_m2;
    if (owner != NOI_INDEX_NONE && holders.n == 1)
        d->m->area_m2[owner] += land.area_m2;
    add_step(d, defect, &land, owner, unit, false);
    set_holder(d, face, owner);
}

/* ---- all defects ---- */

static bool is_accepted(const deal *d, const noi_defect *defect) {
    bool *accepted = noi_repair_accept(&d->m->options, noi_defect_rule(defect->kind));
    return accepted && *accepted;
}

/* What a defect of the check is made of; false for one that is not land. */
static bool land_of(land_kind *out, const noi_defect *d) {
    switch (d->kind) {
    case NOI_DEFECT_GAP:
        *out = LAND_GAP;
        return true;
    case NOI_DEFECT_INLET:
        *out = LAND_INLET;
        return true;
    case NOI_DEFECT_OVERLAP:
        *out = LAND_OVERLAP;
        return true;
    case NOI_DEFECT_SLIVER:
        *out = d->of == NOI_DEFECT_GAP       ? LAND_GAP
               : d->of == NOI_DEFECT_OVERLAP ? LAND_OVERLAP
                                             : LAND_PART;
        return true;
    default:
        return false;
    }
}

static noi_status deal_defect(deal *d, const noi_defect *defect, uint32_t *faces, uint32_t *mark) {
    land_kind kind;
    if (!land_of(&kind, defect) || !is_accepted(d, defect))
        return NOI_OK;
    uint32_t first = face_of(d, defect, kind);
    if (first == PLANAR_NONE)
        return NOI_OK;
    uint32_t n = spread(faces, d, defect, kind, first, mark);
    const noi_repair_choice *choice;
    NOI_TRY(choice_for(&choice, d, faces, n));
    if (kind == LAND_INLET && leads_on(d, faces, n))
        return NOI_OK;
    if (kind == LAND_GAP || kind == LAND_INLET)
        return give(d, defect, faces, n, choice);
    for (uint32_t i = 0; i < n; i++) {
        if (kind == LAND_OVERLAP)
            NOI_TRY(divide(d, defect, faces[i], n, choice));
        else
            take_away(d, defect, faces[i], n);
    }
    return NOI_OK;
}

noi_status repair_deal(deal *d) {
    size_t n = d->p.n_faces;
    d->was_dealt = noi_alloc_zero(n, sizeof *d->was_dealt);
    d->before = noi_alloc(n * sizeof *d->before);
    memcpy(d->before, d->p.holders, n * sizeof *d->before);
    NOI_AUTO_FREE uint32_t *faces = noi_alloc((n + 1) * sizeof *faces);
    NOI_AUTO_FREE uint32_t *mark = noi_alloc_zero(n + 1, sizeof *mark);
    for (size_t i = 0; i < d->defects->n; i++)
        NOI_TRY(deal_defect(d, &d->defects->items[i], faces, mark));
    return NOI_OK;
}
