/*
 * projection.c: the system of a layer, settled in four steps.
 *
 *   1. Trials (trials.h): every system that may be meant, measured against the reference.
 *   2. The main system: the one that brings most units near their place; of those that lie too near
 *      to one another for the reference to tell, the stated one, else the file is refused.
 *   3. Features that the main system does not bring near their place, and another one does, are
 *      taken for that one (parts.c).
 *   4. All vertices of a feature are transformed by the one operation of its system.
 */
#include "boundary/projection.h"

#include "base/i18n.h"
#include "boundary/settling.h"
#include "geo/crs.h"

#include <math.h>
#include <string.h>

#define FIRM_M 1000.0 /* even one or two units refute what is stated by lying so near */

static void settling_end(noi_settling *s) {
    noi_trials_free(s->trials);
    free(s->system);
    free(s->is_open);
}

/* ---- refusals ---- */

static void bounds(double out[4], const noi_settling *s) {
    noi_coverage_bounds(out, s->layer->coverage);
}

/* What the numbers alone look like, for a layer that no unit tells anything about. */
static void hint_from_bounds(const noi_settling *s) {
    double b[4];
    bounds(b, s);
    noi_crs_guess guess = noi_crs_guess_from(b[0], b[1], b[2], b[3]);
    if (guess.definition)
        noi_hint(_("the numbers look like %s%s (x %.10g to %.10g, y %.10g to %.10g): if so, pass "
                   "--crs %s%s"),
                 guess.definition, guess.swapped ? "/yx" : "", b[0], b[2], b[1], b[3],
                 guess.definition, guess.swapped ? "/yx" : "");
    else
        noi_hint(_("name it with --crs EPSG:n; x runs from %.10g to %.10g, y from %.10g to %.10g"),
                 b[0], b[2], b[1], b[3]);
}

static noi_status no_fit(const noi_settling *s, uint32_t best) {
    const noi_trials *t = s->trials;
    noi_status status;
    if (best == NOI_NO_TRIAL)
        status = noi_fail_at(NOI_ERR_INPUT, s->layer->name, 0,
                             _("no known coordinate system brings the units near where they lie"));
    else
        status = noi_fail_at(NOI_ERR_INPUT, s->layer->name, 0,
                             _("no known coordinate system brings the units near where they lie; "
                               "the best, %s, does so for %u of %u, half of all within %.0f m"),
                             t->items[best].name, t->items[best].n_near, t->n_compared,
                             t->items[best].median_m);
    double b[4];
    bounds(b, s);
    noi_hint(_("do the codes belong to the areas? If they do, name the system with --crs EPSG:n; x "
               "runs from %.10g to %.10g, y from %.10g to %.10g"),
             b[0], b[2], b[1], b[3]);
    return status;
}

/* ---- the main system ---- */

static uint32_t nearest_trial(const noi_settling *s) {
    uint32_t best = NOI_NO_TRIAL;
    for (uint32_t i = 0; i < s->trials->n; i++) {
        const noi_trial *a = noi_trial_of(s, i),
                        *b = best == NOI_NO_TRIAL ? NULL : noi_trial_of(s, best);
        if (a->n_near &&
            (!b || a->n_near > b->n_near || (a->n_near == b->n_near && a->median_m < b->median_m)))
            best = i;
    }
    return best;
}

/* The stated system stays the main one where it is right for a fifth of the units and the best is
 * wrong for them: then the file is mixed, not wrongly stated. */
static bool holds_for_many(const noi_settling *s, uint32_t stated, uint32_t best) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->trials->n_features; i++)
        n += noi_trial_of(s, stated)->is_near[i] && !noi_trial_of(s, best)->is_near[i];
    return n >= NOI_SOME_COMPARED && n >= s->trials->n_compared / 5;
}

static noi_status choose_main(noi_settling *s) {
    uint32_t best = nearest_trial(s), stated = noi_stated_trial(s);
    if (best == NOI_NO_TRIAL)
        return no_fit(s, stated);
    if (stated != NOI_NO_TRIAL && holds_for_many(s, stated, best))
        best = stated;
    const bool *chosen = noi_trial_of(s, best)->is_near;
    return noi_settle_among(&s->main, s, best, noi_preferred_beside(s, best, stated, chosen),
                            chosen);
}

/* ---- without units to compare ---- */

static noi_status take_what_is_stated(noi_settling *s) {
    uint32_t stated = noi_stated_trial(s), n = 0, inside = 0;
    if (stated == NOI_NO_TRIAL) {
        noi_status status = noi_fail_at(
            NOI_ERR_INPUT, s->layer->name, 0,
            _("the file does not say in which coordinate system it is, and the reference knows "
              "none of its units"));
        hint_from_bounds(s);
        return status;
    }
    const noi_trial *trial = noi_trial_of(s, stated);
    for (uint32_t i = 0; i < s->trials->n_features; i++) {
        n += noi_has_shape(s, i);
        inside += noi_is_near_vietnam(trial->lon[i], trial->lat[i]);
        s->system[i] = stated;
    }
    s->main = stated;
    if (2 * inside >= n)
        return NOI_OK;
    noi_status status = noi_fail_at(NOI_ERR_INPUT, s->layer->name, 0,
                                    _("the coordinates contradict %s: %u of %u areas do not lie in "
                                      "Vietnam"),
                                    trial->name, n - inside, n);
    hint_from_bounds(s);
    return status;
}

/* ---- all together ---- */

/* One or two units, which may bear wrong codes, refute what is stated only when it is out of the
 * question or another system fits them closely. */
static bool cannot_refute(const noi_settling *s) {
    uint32_t stated = noi_stated_trial(s), best = nearest_trial(s);
    if (s->trials->n_compared >= NOI_SOME_COMPARED)
        return false;
    if (best == NOI_NO_TRIAL)
        return true;
    return stated != NOI_NO_TRIAL && noi_trial_of(s, stated)->n_near == 0 &&
           noi_trial_of(s, stated)->median_m < NOI_OUT_OF_PLACE_M &&
           noi_trial_of(s, best)->median_m > FIRM_M;
}

static noi_status choose(noi_settling *s) {
    const noi_trials *t = s->trials;
    if (t->n_compared == 0 || cannot_refute(s))
        return take_what_is_stated(s);
    NOI_TRY(choose_main(s));
    NOI_TRY(noi_settle_parts(s));
    uint32_t n_near = 0;
    for (uint32_t i = 0; i < t->n_features; i++)
        n_near += noi_is_settled(s, i);
    return 2 * n_near < t->n_compared ? no_fit(s, s->main) : NOI_OK;
}

/* ---- transforming ---- */

static noi_status fail_vertex(const noi_settling *s, uint32_t feature, const double *xy) {
    const noi_layer_feature *f = &s->layer->features[feature];
    noi_status status = noi_fail_at(NOI_ERR_INPUT, s->layer->name, f->line,
                                    _("unit %s: x = %.10g, y = %.10g is no place on earth in %s"), f->code,
                                    xy[0], xy[1], noi_trial_of(s, s->system[feature])->name);
    noi_hint(_("correct the vertex or leave the unit out; a vertex that lies on earth is told as a "
               "finding"));
    return status;
}

static noi_status transform_feature(double *out, const noi_settling *s, uint32_t feature) {
    enum { PIECE = 512 };
    double x[PIECE], y[PIECE];
    const noi_coverage *c = s->layer->coverage;
    uint32_t to = c->ring_vertex[c->polygon_ring[c->unit_polygon[feature + 1]]];
    for (uint32_t from = c->ring_vertex[c->polygon_ring[c->unit_polygon[feature]]], n; from < to;
         from += n) {
        n = to - from < PIECE ? to - from : PIECE;
        for (uint32_t i = 0; i < n; i++) {
            x[i] = c->xy[2 * (from + i)];
            y[i] = c->xy[2 * (from + i) + 1];
        }
        noi_crs_to_wgs84(noi_trial_of(s, s->system[feature])->crs, x, y, n);
        for (uint32_t i = 0; i < n; i++) {
            if (!(fabs(x[i]) <= 180 && fabs(y[i]) <= 90))
                return fail_vertex(s, feature, &c->xy[2 * (from + i)]);
            out[2 * (from + i)] = x[i];
            out[2 * (from + i) + 1] = y[i];
        }
    }
    return NOI_OK;
}

static noi_status transform(noi_settling *s) {
    noi_coverage *c = s->layer->coverage;
    NOI_AUTO_FREE double *xy = noi_alloc(2 * (size_t)c->n_vertices * sizeof *xy);
    for (uint32_t i = 0; i < c->n_units; i++)
        NOI_TRY(transform_feature(xy, s, i));
    if (c->n_vertices)
        memcpy(c->xy, xy, 2 * (size_t)c->n_vertices * sizeof *xy);
    return NOI_OK;
}

/* ---- the whole ---- */

noi_status noi_projection_settle(noi_projection **out, noi_layer_findings *findings,
                                 noi_layer *layer, const noi_reference *reference) {
    NOI_AUTO(settling_end) noi_settling s = {.layer = layer};
    uint32_t n = layer->coverage->n_units;
    NOI_TRY(noi_trials_make(&s.trials, layer, reference));
    s.system = noi_alloc_zero(n, sizeof *s.system);
    s.is_open = noi_alloc_zero(n, sizeof *s.is_open);
    NOI_TRY(choose(&s));
    NOI_TRY(transform(&s));
    noi_projection *p = noi_settled_describe(&s);
    noi_settled_tell(findings, &s, p);
    noi_settled_name(&s);
    *out = p;
    return NOI_OK;
}

void noi_projection_free(noi_projection *p) {
    if (!p)
        return;
    free(p->stated);
    free(p->used);
    free(p->operation);
    free(p);
}
