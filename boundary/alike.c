/* alike.c: choosing among systems that lie near to one another; see settling.h. */
#include "boundary/settling.h"

#include "base/i18n.h"
#include "geo/crs.h"

#include <math.h>
#include <string.h>

bool noi_are_alike(const noi_settling *s, uint32_t a, uint32_t b, const bool *chosen) {
    return noi_trials_apart(s->trials, a, b, chosen) < NOI_ALIKE_M;
}

/* How far half of the chosen features lie from their places at most. */
static double median_of(const noi_settling *s, uint32_t trial, const bool *chosen) {
    NOI_AUTO_FREE double *away = noi_alloc(s->trials->n_features * sizeof *away);
    size_t n = 0;
    for (uint32_t i = 0; i < s->trials->n_features; i++)
        if (chosen[i])
            away[n++] = noi_trial_of(s, trial)->away[i];
    return noi_median(away, n);
}

static noi_status fits_alike(const noi_settling *s, uint32_t best, const bool *chosen) {
    const noi_trials *t = s->trials;
    NOI_AUTO_BUF noi_buf names = {0}, options = {0};
    double widest = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        if (!noi_are_alike(s, best, i, chosen) || noi_trials_tell(t, best, i, chosen))
            continue;
        noi_buf_printf(&names, "%s%s (%.0f m)", names.n ? ", " : "", t->items[i].name,
                       median_of(s, i, chosen));
        noi_buf_printf(&options, "%s--crs %s", options.n ? ", " : "", t->items[i].name);
        widest = fmax(widest, noi_trials_apart(t, best, i, chosen));
    }
    noi_status status = noi_fail_at(
        NOI_ERR_INPUT, s->layer->name, 0,
        _("the places of units are known too roughly to tell these coordinate systems apart: %s; "
          "in "
          "brackets how far half of the units lie off; up to %.0f m lie between the systems"),
        names.p, widest);
    noi_hint(
        _("name the right one: %s; or check against a registry with a layer of the same units"),
        options.p);
    return status;
}

noi_status noi_settle_among(uint32_t *out, const noi_settling *s, uint32_t lead, uint32_t preferred,
                            const bool *chosen) {
    const noi_trials *t = s->trials;
    bool stands = preferred != NOI_NO_TRIAL && noi_are_alike(s, lead, preferred, chosen);
    uint32_t best = stands ? preferred : lead;
    for (uint32_t i = 0; i < t->n; i++)
        if (i != best && noi_are_alike(s, lead, i, chosen) && noi_trials_tell(t, i, best, chosen))
            best = i;
    *out = best;
    if (stands && best == preferred)
        return NOI_OK;
    for (uint32_t i = 0; i < t->n; i++) {
        double apart = noi_trials_apart(t, best, i, chosen);
        if (apart > NOI_SAME_M && apart < NOI_ALIKE_M && !noi_trials_tell(t, best, i, chosen))
            return fits_alike(s, best, chosen);
    }
    return NOI_OK;
}

uint32_t noi_preferred_beside(const noi_settling *s, uint32_t lead, uint32_t system,
                              const bool *chosen) {
    if (system == NOI_NO_TRIAL || noi_are_alike(s, lead, system, chosen))
        return system;
    NOI_AUTO_FREE char *name = noi_exchanged_name(noi_trial_of(s, system)->name);
    uint32_t swapped = noi_trials_find(s->trials, name);
    bool fits = swapped != NOI_NO_TRIAL && noi_are_alike(s, lead, swapped, chosen);
    return fits ? swapped : NOI_NO_TRIAL;
}
