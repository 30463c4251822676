/*
 * parts.c: the parts of a layer that are in another system than the rest; see settling.h.
 *
 * A unit may also lie elsewhere than the reference has it because its code is wrong, or the sketch
 * of it. So features that the main system puts within the layer's own extent, or not far from their
 * place, are taken for another one only if their group has three at least and explains three
 * quarters of such features; for one that lies where no unit of the layer can, one is enough.
 */
#include "boundary/settling.h"

#include "base/i18n.h"

#define MARGIN         0.2     /* of the extent, degrees: some 20 km */
#define LEAST_OF_GROUP 3       /* a group whose features might as well have wrong codes */
#define BESIDE_M       30000.0 /* neighbours' centres lie nearer than this */
#define NO_FEATURE     UINT32_MAX

/* ---- groups that another system brings near their place ---- */

static void open_what_is_left(noi_settling *s) {
    const noi_trial *main = noi_trial_of(s, s->main);
    double *e = s->extent;
    e[0] = e[1] = INFINITY;
    e[2] = e[3] = -INFINITY;
    for (uint32_t i = 0; i < s->trials->n_features; i++) {
        s->system[i] = s->main;
        s->is_open[i] = noi_is_compared(s, i) && !main->is_near[i];
        if (!main->is_near[i])
            continue;
        e[0] = fmin(e[0], main->lon[i] - MARGIN);
        e[1] = fmin(e[1], main->lat[i] - MARGIN);
        e[2] = fmax(e[2], main->lon[i] + MARGIN);
        e[3] = fmax(e[3], main->lat[i] + MARGIN);
    }
}

static bool is_within(const noi_settling *s, uint32_t feature, uint32_t trial) {
    double lon = noi_trial_of(s, trial)->lon[feature], lat = noi_trial_of(s, trial)->lat[feature];
    return lon >= s->extent[0] && lon <= s->extent[2] && lat >= s->extent[1] && lat <= s->extent[3];
}

/* Where the main system puts it no unit of the layer can lie. */
static bool is_out_of_place(const noi_settling *s, uint32_t feature) {
    return !is_within(s, feature, s->main) &&
           noi_trial_of(s, s->main)->away[feature] > NOI_OUT_OF_PLACE_M;
}

/* The open features that the trial brings near their place and that may be taken for it; how many.
 */
static uint32_t group_of(bool *chosen, const noi_settling *s, uint32_t trial) {
    uint32_t near = 0, near_in_doubt = 0, in_doubt = 0, n = 0;
    for (uint32_t i = 0; i < s->trials->n_features; i++) {
        bool doubtful = s->is_open[i] && !is_out_of_place(s, i);
        chosen[i] = s->is_open[i] && noi_trial_of(s, trial)->is_near[i];
        near += chosen[i];
        in_doubt += doubtful;
        near_in_doubt += doubtful && chosen[i];
    }
    bool take_all = near >= LEAST_OF_GROUP && 4 * near_in_doubt >= 3 * in_doubt;
    for (uint32_t i = 0; i < s->trials->n_features; i++) {
        chosen[i] = chosen[i] && (take_all || is_out_of_place(s, i));
        n += chosen[i];
    }
    return n;
}

static noi_status settle_group(noi_settling *s, uint32_t lead, const bool *chosen) {
    uint32_t system, preferred = noi_preferred_beside(s, lead, s->main, chosen);
    if (preferred == NOI_NO_TRIAL)
        preferred = noi_preferred_beside(s, lead, noi_stated_trial(s), chosen);
    NOI_TRY(noi_settle_among(&system, s, lead, preferred, chosen));
    for (uint32_t i = 0; i < s->trials->n_features; i++) {
        if (!chosen[i])
            continue;
        s->system[i] = system;
        s->is_open[i] = false;
    }
    return NOI_OK;
}

/* The largest group first, until there is none. */
static noi_status settle_groups(noi_settling *s) {
    NOI_AUTO_FREE bool *chosen = noi_alloc_zero(s->trials->n_features, sizeof *chosen);
    for (;;) {
        uint32_t lead = NOI_NO_TRIAL, most = 0;
        for (uint32_t i = 0; i < s->trials->n; i++) {
            uint32_t n = group_of(chosen, s, i);
            if (n > most) {
                most = n;
                lead = i;
            }
        }
        if (lead == NOI_NO_TRIAL)
            return NOI_OK;
        group_of(chosen, s, lead);
        NOI_TRY(settle_group(s, lead, chosen));
    }
}

/* ---- features that nothing brings near a place ---- */

/* The settled feature that lies nearest in the file's own numbers, if it lies beside it. */
static uint32_t feature_beside(const noi_settling *s, uint32_t feature) {
    double nearest =
        noi_crs_is_degrees(noi_trial_of(s, s->main)->crs) ? BESIDE_M / 111000 : BESIDE_M;
    uint32_t beside = NO_FEATURE;
    for (uint32_t i = 0; i < s->trials->n_features; i++) {
        double away =
            hypot(s->trials->x[i] - s->trials->x[feature], s->trials->y[i] - s->trials->y[feature]);
        if (!noi_is_settled(s, i) || !(away < nearest))
            continue;
        nearest = away;
        beside = i;
    }
    return beside;
}

/* The mainland and Côn Đảo. Metres with their axes exchanged end south of it. */
static bool is_on_land(const noi_settling *s, uint32_t feature, uint32_t trial) {
    double lon = noi_trial_of(s, trial)->lon[feature], lat = noi_trial_of(s, trial)->lat[feature];
    return lon >= 102 && lon <= 110 && lat >= 8 && lat <= 24;
}

/* Of the systems in use the one that brings a feature nearest to its place, if that is not out of
 * the question; else what it was. */
static uint32_t nearest_system(const noi_settling *s, uint32_t feature, const bool *is_used) {
    uint32_t best = s->main;
    for (uint32_t k = 0; k < s->trials->n; k++)
        if (is_used[k] && noi_trial_of(s, k)->away[feature] < NOI_OUT_OF_PLACE_M &&
            noi_trial_of(s, k)->away[feature] < noi_trial_of(s, best)->away[feature])
            best = k;
    return best;
}

static noi_status cannot_tell(const noi_settling *s, uint32_t feature, uint32_t a, uint32_t b) {
    noi_status status = noi_fail_at(
        NOI_ERR_INPUT, s->layer->name, s->layer->features[feature].line,
        _("the file has units in %s and in %s, and nothing tells in which of them '%s' is"),
        noi_trial_of(s, a)->name, noi_trial_of(s, b)->name, s->layer->features[feature].code);
    noi_hint(
        _("check the layer against a registry that holds this unit, or bring the file into one "
          "system first"));
    return status;
}

/* A feature that the reference does not know: as its neighbour, else in the one system in use that
 * puts it on land. */
static noi_status settle_unknown(noi_settling *s, uint32_t feature, const bool *is_used) {
    uint32_t beside = feature_beside(s, feature), found = NOI_NO_TRIAL;
    if (beside != NO_FEATURE && is_on_land(s, feature, s->system[beside])) {
        s->system[feature] = s->system[beside];
        return NOI_OK;
    }
    for (uint32_t k = 0; k < s->trials->n; k++) {
        if (!is_used[k] || !is_on_land(s, feature, k))
            continue;
        if (found != NOI_NO_TRIAL)
            return cannot_tell(s, feature, found, k);
        found = k;
    }
    if (found != NOI_NO_TRIAL)
        s->system[feature] = found;
    return NOI_OK;
}

/* The systems of settled features, and the main one with its axes exchanged. Moves the trials. */
static noi_status systems_in_use(bool **out, noi_settling *s) {
    NOI_AUTO_FREE char *name = noi_exchanged_name(noi_trial_of(s, s->main)->name);
    uint32_t swapped;
    NOI_TRY(noi_trials_get(&swapped, s->trials, name));
    bool *is_used = noi_alloc_zero(s->trials->n, sizeof *is_used);
    is_used[s->main] = is_used[swapped] = true;
    for (uint32_t i = 0; i < s->trials->n_features; i++)
        is_used[s->system[i]] = true;
    *out = is_used;
    return NOI_OK;
}

/* Strays matter where the file is mixed, or where the main system puts them off the land. */
static bool has_strays(const noi_settling *s) {
    for (uint32_t i = 0; i < s->trials->n_features; i++)
        if (s->system[i] != s->main ||
            (noi_has_shape(s, i) && !noi_is_settled(s, i) && !is_on_land(s, i, s->main)))
            return true;
    return false;
}

static noi_status settle_strays(noi_settling *s) {
    if (!has_strays(s))
        return NOI_OK;
    NOI_AUTO_FREE bool *is_used = NULL;
    NOI_TRY(systems_in_use(&is_used, s));
    NOI_AUTO_FREE bool *is_stray = noi_alloc_zero(s->trials->n_features, sizeof *is_stray);
    for (uint32_t i = 0; i < s->trials->n_features; i++)
        is_stray[i] = noi_has_shape(s, i) && !noi_is_settled(s, i);
    for (uint32_t i = 0; i < s->trials->n_features; i++) {
        if (!is_stray[i])
            continue;
        if (noi_is_compared(s, i))
            s->system[i] = nearest_system(s, i, is_used);
        else
            NOI_TRY(settle_unknown(s, i, is_used));
    }
    return NOI_OK;
}

/* ---- drawn units that lie exactly off ---- */

/* Features that a stored layer draws, that do not lie there under the main system, and do under one
 * some hundred metres beside it: parts of another datum. Three at least, and half of all that do
 * not lie where they are drawn. */
static void settle_beside(noi_settling *s, uint32_t other) {
    const noi_trial *main = noi_trial_of(s, s->main), *beside = noi_trial_of(s, other);
    double apart = noi_trials_apart(s->trials, s->main, other, main->is_near);
    NOI_AUTO_FREE bool *chosen = noi_alloc_zero(s->trials->n_features, sizeof *chosen);
    uint32_t off = 0, n = 0;
    for (uint32_t i = 0; i < s->trials->n_features; i++) {
        bool is_off = s->system[i] == s->main && main->away_drawn[i] > apart / 2;
        chosen[i] = is_off && beside->away_drawn[i] < apart / 4;
        off += is_off;
        n += chosen[i];
    }
    if (n < LEAST_OF_GROUP || 2 * n < off)
        return;
    for (uint32_t i = 0; i < s->trials->n_features; i++)
        if (chosen[i])
            s->system[i] = other;
}

static void settle_drawn(noi_settling *s) {
    const bool *is_near = noi_trial_of(s, s->main)->is_near;
    for (uint32_t i = 0; i < s->trials->n; i++) {
        double apart = noi_trials_apart(s->trials, s->main, i, is_near);
        if (i != s->main && apart > NOI_SAME_M && apart < NOI_ALIKE_M)
            settle_beside(s, i);
    }
}

/* ---- all parts ---- */

noi_status noi_settle_parts(noi_settling *s) {
    open_what_is_left(s);
    NOI_TRY(settle_groups(s));
    settle_drawn(s);
    return settle_strays(s);
}
