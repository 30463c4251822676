/* layer_options.c: see layer_options.h. */
#include "cli/layer_options.h"

#include "base/i18n.h"

#include <string.h>

size_t cli_add_thresholds(cli_option *options, const char **values, bool with_law) {
    size_t n, added = 0;
    const noi_check_threshold *t = noi_check_thresholds(&n);
    for (size_t i = 0; i < n && i < CLI_MAX_THRESHOLDS; i++)
        if (with_law || !t[i].of_law)
            options[added++] = (cli_option){.name = t[i].option, .value = &values[i]};
    return added;
}

noi_status cli_parse_layer(const char **path, bool *help, const char *command, int argc,
                           char **argv, const cli_option *own, size_t n_own, const char **values,
                           bool with_law) {
    NOI_AUTO_FREE cli_option *all = noi_alloc((n_own + CLI_MAX_THRESHOLDS) * sizeof *all);
    memcpy(all, own, n_own * sizeof *own);
    size_t n = n_own + cli_add_thresholds(all + n_own, values, with_law);
    cli_operands operands;
    NOI_TRY(cli_parse(&operands, help, command, argc, argv, all, n));
    if (*help)
        return NOI_OK;
    NOI_TRY(cli_want_operands(command, &operands, 1, 1));
    *path = operands.items[0];
    return NOI_OK;
}

static noi_status read_threshold(noi_boundary_options *out, const noi_check_threshold *t,
                                 const char *given) {
    char *end;
    double value = strtod(given, &end);
    bool is_number = end > given && *end == '\0' && strspn(given, "0123456789.") == strlen(given);
    if (!is_number || value > t->most) {
        noi_status status =
            noi_fail(NOI_ERR_USAGE, _("%s takes a number from 0 to %.0f (%s), not '%s'"), t->option,
                     t->most, t->unit, given);
        noi_hint(_("%s: %s; it is %.10g when not given"), t->option, _(t->meaning),
                 noi_check_threshold_get(out, t));
        return status;
    }
    noi_check_threshold_set(out, t, value);
    return NOI_OK;
}

noi_status cli_read_thresholds(noi_boundary_options *out, const char *const *values,
                               bool has_registry) {
    size_t n;
    const noi_check_threshold *t = noi_check_thresholds(&n);
    for (size_t i = 0; i < n && i < CLI_MAX_THRESHOLDS; i++) {
        if (!values[i])
            continue;
        if (t[i].of_law && !has_registry) {
            noi_status status =
                noi_fail(NOI_ERR_USAGE, _("%s has a meaning only with --against"), t[i].option);
            noi_hint(_("name the registry: --against REGISTRY"));
            return status;
        }
        NOI_TRY(read_threshold(out, &t[i], values[i]));
    }
    const noi_check_options *c = &out->check;
    if (c->wider_than_m >= c->narrower_than_m)
        return noi_fail(
            NOI_ERR_USAGE,
            _("--wider-than %.10g and --narrower-than %.10g leave nothing between them"),
            c->wider_than_m, c->narrower_than_m);
    return NOI_OK;
}

noi_status cli_bound_mismatch(const noi_boundary_options *thresholds) {
    const double most_m = 10; /* wider than any border that was merely drawn twice */
    if (thresholds->check.mismatch_m <= most_m)
        return NOI_OK;
    noi_status status =
        noi_fail(NOI_ERR_USAGE, _("noi repair takes --mismatch up to %.0f m, not %.10g"), most_m,
                 thresholds->check.mismatch_m);
    noi_hint(_("borders farther apart than that are not one border drawn twice: drawing them "
               "together would move land"));
    return status;
}

noi_status cli_read_layer_map(noi_layer_options *out, char **owned, const char *map) {
    const struct {
        const char *name, **field;
    } fields[] = {{"code", &out->code_field},
                  {"name", &out->name_field},
                  {"kind", &out->kind_field},
                  {"area", &out->area_field},
                  {"population", &out->population_field}};
    const char *equals = strchr(map, '=');
    for (size_t f = 0; equals && equals[1] && f < sizeof fields / sizeof *fields; f++) {
        size_t n = strlen(fields[f].name);
        if ((size_t)(equals - map) != n || strncmp(map, fields[f].name, n) != 0)
            continue;
        *owned = noi_strdup(equals + 1);
        *fields[f].field = *owned;
        return NOI_OK;
    }
    noi_status status = noi_fail(NOI_ERR_USAGE, _("'--map %s' cannot be used for a layer"), map);
    noi_hint(_("--map FIELD=COLUMN, where FIELD is code, name, kind, area or population"));
    return status;
}
