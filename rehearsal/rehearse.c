/* rehearse.c: see rehearse.h. */
#include "rehearsal/rehearse.h"

#include "base/file.h"
#include "base/progress.h"
#include "rehearsal/generate.h"
#include "rehearsal/way.h"

static double seconds_since(uint64_t began) {
    return (double)(noi_monotonic_ns() - began) / 1e9;
}

static noi_status go(noi_rehearsal *r, const noi_rehearse_options *options) {
    uint64_t began = noi_monotonic_ns();
    NOI_AUTO(noi_city_freep) noi_city *city = NULL;
    NOI_TRY(noi_city_make_of(&city, options->scenario, options->size, options->seed));
    NOI_TRY(noi_rehearsal_folder(options->folder, city));
    NOI_TRY(noi_generate(city, options->folder));
    r->generate_s = seconds_since(began);
    return options->generate_only ? NOI_OK : noi_go_the_way(r, city);
}

noi_status noi_rehearse(noi_rehearsal **out, const noi_rehearse_options *options) {
    NOI_AUTO(noi_rehearsal_freep) noi_rehearsal *r = noi_alloc_zero(1, sizeof *r);
    r->size = options->size;
    r->seed = options->seed;
    r->folder = noi_strdup(options->folder);
    NOI_TRY(go(r, options));
    *out = r;
    r = NULL;
    return NOI_OK;
}
