/* point_error.c: see point_error.h. */
#include "importers/point_error.h"

#include "base/i18n.h"
#include "importers/columns.h"

#include <math.h>
#include <string.h>

#define MOST_ERROR_M 100000.0 /* a point that may be anywhere in a province says nothing */

static bool read_metres(double *out, noi_str text) {
    char copy[32], *end;
    if (text.n == 0 || text.n >= sizeof copy)
        return false;
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    *out = strtod(copy, &end);
    return *end == '\0' && *out >= 0 && *out <= MOST_ERROR_M;
}

static noi_status fail_metres(const char *option, const char *text, const char *example) {
    noi_status status =
        noi_fail(NOI_ERR_USAGE, _("'%s %s' does not say a number of metres from 0 to 100,000"), option, text);
    noi_hint(_("for example %s"), example);
    return status;
}

/* One --error-of KEY=M. */
static noi_status read_geocoder(noi_point_error_rules *out, const char *text) {
    const char *equals = strrchr(text, '=');
    double metres;
    if (!equals || equals == text || !read_metres(&metres, noi_str_of(equals + 1)))
        return fail_metres("--error-of", text, "--error-of gnss=3");
    if (out->n == NOI_MAX_GEOCODERS)
        return noi_fail(NOI_ERR_USAGE, _("--error-of can be given %d times"), NOI_MAX_GEOCODERS);
    noi_column_key(out->geocoder[out->n].key, (noi_str){text, (size_t)(equals - text)});
    for (size_t i = 0; i < out->n; i++)
        if (strcmp(out->geocoder[i].key, out->geocoder[out->n].key) == 0)
            return noi_fail(NOI_ERR_USAGE, _("'--error-of %s': this geocoder is named twice"),
                            text);
    out->geocoder[out->n++].metres = metres;
    return NOI_OK;
}

noi_status noi_point_error_rules_read(noi_point_error_rules *out,
                                      const noi_import_options *options) {
    *out = (noi_point_error_rules){.source_m = NAN};
    if (options->error && !read_metres(&out->source_m, noi_str_of(options->error)))
        return fail_metres("--error", options->error, "--error 30");
    for (size_t i = 0; i < options->n_errors_of; i++)
        NOI_TRY(read_geocoder(out, options->errors_of[i]));
    return NOI_OK;
}

noi_error_from noi_point_error_settle(double *metres, bool *unknown,
                                      const noi_point_error_rules *rules, noi_str geocoder) {
    *unknown = false;
    if (!isnan(*metres))
        return NOI_ERROR_OF_ROW;
    if (geocoder.n) {
        char key[64];
        noi_column_key(key, geocoder);
        for (size_t i = 0; i < rules->n; i++)
            if (strcmp(rules->geocoder[i].key, key) == 0) {
                *metres = rules->geocoder[i].metres;
                return NOI_ERROR_OF_GEOCODER;
            }
        *unknown = true;
    }
    *metres = rules->source_m;
    return isnan(*metres) ? NOI_ERROR_UNSTATED : NOI_ERROR_OF_SOURCE;
}
