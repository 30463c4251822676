/* import.c: `noi import`: takes files into a registry, one transaction each, and tells the account.
 */
#include "cli/cli.h"

#include "address/text.h"
#include "base/i18n.h"
#include "importers/import.h"

#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct arguments {
    const char *registry;
    noi_import_kind kind;
    char **files;
    size_t n_files;
    noi_import_options options;
    bool json;
} arguments;

/* ---- for people ------------------------------------------------------------------------------ */

static void tell_rejects(const noi_import_result *r) {
    for (int i = 1; i < NOI_REJECT_N; i++)
        if (r->rejected[i])
            printf("  %lld  %s (%s)\n", (long long)r->rejected[i],
                   noi_reject_sentence((noi_reject)i), noi_reject_key((noi_reject)i));
    if (r->reject_path[0])
        printf(_("  the rejected rows are listed in %s\n"), r->reject_path);
}

static void tell_coordinates(const noi_import_result *r) {
    if (!r->crs[0])
        return;
    if (!r->transform[0] || strcmp(r->transform, "none") == 0)
        printf(_("  coordinates: %s\n"), r->crs);
    else if (isnan(r->accuracy_m))
        printf(_("  coordinates: %s, transformed by %s, accuracy not stated\n"), r->crs,
               r->transform);
    else
        printf(_("  coordinates: %s, transformed by %s, accuracy %g m\n"), r->crs, r->transform,
               r->accuracy_m);
    if (r->replaced_layer[0])
        printf(_("  it takes the place of layer %s, which drew these units until now\n"),
               r->replaced_layer);
}

/* Who says how far the points may be off; nothing where each row says it itself. */
static void tell_errors(const noi_import_result *r) {
    const int64_t *from = r->error_from;
    if (from[NOI_ERROR_OF_GEOCODER] || from[NOI_ERROR_OF_SOURCE] || from[NOI_ERROR_UNSTATED])
        printf(_("  error of the points: %lld by their row, %lld by their geocoder, %lld by "
                 "--error, %lld not stated (%.0f m are taken)\n"),
               (long long)from[NOI_ERROR_OF_ROW], (long long)from[NOI_ERROR_OF_GEOCODER],
               (long long)from[NOI_ERROR_OF_SOURCE], (long long)from[NOI_ERROR_UNSTATED],
               (double)NOI_UNSTATED_ERROR_M);
    if (r->unknown_geocoders)
        printf(_("  %lld points name a geocoder whose error is not given (%s); give it with "
                 "--error-of KEY=M\n"),
               (long long)r->unknown_geocoders, r->unknown_geocoder);
}

static void tell_round(const char *file, const noi_import_result *r) {
    const noi_catch_up_count *n = &r->catch_up;
    printf(_("%s: %lld rows read = %lld new + %lld changed + %lld the same + %lld older + %lld gone + %lld "
             "rejected\n"),
           file, (long long)n->read, (long long)n->added, (long long)n->changed, (long long)n->same,
           (long long)n->older, (long long)n->gone, (long long)n->rejected);
}

static void tell(const char *file, const noi_import_result *r) {
    if (r->already && r->is_catch_up) {
        printf(_("%s: this file is stored already; nothing was changed\n"), file);
        tell_round(file, r);
        return;
    }
    if (r->already) {
        printf(_("%s: this file is stored already; nothing was changed (%lld rows read = %lld "
                 "stored + %lld rejected)\n"),
               file, (long long)r->rows_read, (long long)r->rows_stored,
               (long long)r->rows_rejected);
        return;
    }
    if (r->is_catch_up)
        tell_round(file, r);
    else
        printf(_("%s: %lld rows read = %lld stored + %lld rejected\n"), file, (long long)r->rows_read,
               (long long)r->rows_stored, (long long)r->rows_rejected);
    tell_rejects(r);
    if (r->encoding[0] && strcmp(r->encoding, "utf8") != 0)
        printf(_("  encoding: %s\n"), r->encoding);
    if (r->converted)
        printf(_("  %lld rows were converted to UTF-8 in composed form; their bytes are kept\n"),
               (long long)r->converted);
    if (r->lost_zeros)
        printf(_("  %lld codes have fewer than five digits: leading zeros may be lost; they are "
                 "kept as written\n"),
               (long long)r->lost_zeros);
    tell_coordinates(r);
    tell_errors(r);
    if (r->law_notes)
        printf(_("  the reading of the law has %lld remarks, %lld of them errors; 'noi validate' "
                 "lists them\n"),
               (long long)r->law_notes, (long long)r->law_errors);
}

/* ---- for machines ---------------------------------------------------------------------------- */

static void add_count(json_object *to, const char *name, int64_t value) {
    json_object_object_add(to, name, json_object_new_int64(value));
}

static void add_text(json_object *to, const char *name, const char *value) {
    json_object_object_add(to, name, value[0] ? json_object_new_string(value) : NULL);
}

static json_object *round_json(const noi_catch_up_count *n) {
    json_object *one = json_object_new_object();
    add_count(one, "read", n->read);
    add_count(one, "new", n->added);
    add_count(one, "changed", n->changed);
    add_count(one, "same", n->same);
    add_count(one, "older", n->older);
    add_count(one, "gone", n->gone);
    add_count(one, "rejected", n->rejected);
    return one;
}

static json_object *as_json(const char *file, const noi_import_result *r) {
    json_object *one = json_object_new_object(), *reasons = json_object_new_object();
    add_text(one, "file", file);
    json_object_object_add(one, "already", json_object_new_boolean(r->already));
    add_count(one, "source", r->source_id);
    add_count(one, "read", r->rows_read);
    add_count(one, "stored", r->rows_stored);
    add_count(one, "rejected", r->rows_rejected);
    for (int i = 1; i < NOI_REJECT_N; i++)
        if (r->rejected[i])
            add_count(reasons, noi_reject_key((noi_reject)i), r->rejected[i]);
    json_object_object_add(one, "reasons", reasons);
    if (r->is_catch_up)
        json_object_object_add(one, "catch_up", round_json(&r->catch_up));
    add_text(one, "reject_file", r->reject_path);
    add_text(one, "encoding", r->encoding);
    add_count(one, "converted", r->converted);
    add_count(one, "lost_zeros", r->lost_zeros);
    add_count(one, "law_notes", r->law_notes);
    add_count(one, "law_errors", r->law_errors);
    add_text(one, "crs", r->crs);
    add_text(one, "transform", r->transform);
    json_object *errors = json_object_new_object();
    for (int from = NOI_ERROR_OF_ROW; from < NOI_ERROR_FROM_N; from++)
        add_count(errors, noi_error_from_key((noi_error_from)from), r->error_from[from]);
    json_object_object_add(one, "error_from", errors);
    add_count(one, "unknown_geocoders", r->unknown_geocoders);
    json_object_object_add(one, "replaced_layer",
                           r->replaced_layer[0] ? json_object_new_string(r->replaced_layer) : NULL);
    json_object_object_add(one, "accuracy_m",
                           isnan(r->accuracy_m) ? NULL : json_object_new_double(r->accuracy_m));
    return one;
}

/* ---- arguments ------------------------------------------------------------------------------- */

static noi_status read_kind(noi_import_kind *out, const char *key) {
    if (noi_import_kind_by_key(out, key))
        return NOI_OK;
    NOI_AUTO_BUF noi_buf list = {0};
    for (int i = 0; i < NOI_IMPORT_N_KINDS; i++)
        noi_buf_printf(&list, "%s%s", i ? ", " : "", noi_import_kind_key((noi_import_kind)i));
    noi_status status = noi_fail(NOI_ERR_USAGE, _("'%s' is not a kind of file noi knows"), key);
    noi_hint(_("the kinds are %s"), list.p);
    return status;
}

static noi_status read_day(noi_day *out, const char *text) {
    if (!text)
        return NOI_OK;
    *out = noi_day_parse(noi_str_of(text));
    if (*out != NOI_DAY_NONE)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("'--as-of %s' is not a day"), text);
    noi_hint(_("write it as 2025-07-01 or 01/07/2025"));
    return status;
}

static noi_status check_encoding(const char *key) {
    if (!key || strcmp(key, "auto") == 0 || noi_encoding_by_key(key) != NOI_ENCODING_UNKNOWN)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("'%s' is not an encoding noi knows"), key);
    noi_hint(_("--encoding takes auto, utf8, utf16le, utf16be, tcvn3, vni or cp1258"));
    return status;
}

static noi_status check_reject_file(const arguments *a) {
    if (!a->options.reject_path || a->n_files == 1)
        return NOI_OK;
    noi_status status = noi_fail(
        NOI_ERR_USAGE, _("--reject names one file, but %zu files are to be imported"), a->n_files);
    noi_hint(_("leave it out: each file gets FILE.rejects.csv, or import them one by one"));
    return status;
}

/* Only points have an error. */
static noi_status check_point_options(const arguments *a) {
    bool points = a->kind == NOI_IMPORT_ADDRESSES || a->kind == NOI_IMPORT_PARCELS ||
                  a->kind == NOI_IMPORT_CASES || a->kind == NOI_IMPORT_REPORTS;
    if (points || (!a->options.error && !a->options.n_errors_of))
        return NOI_OK;
    return noi_fail(NOI_ERR_USAGE,
                    _("--error and --error-of are for points: addresses, parcels and cases"));
}

/* Only records have keys that stay and times at which they change. */
static noi_status check_catch_up(noi_import_options *o, noi_import_kind kind, const char *changed_on) {
    bool records = kind >= NOI_IMPORT_ADDRESSES && kind <= NOI_IMPORT_ACCOUNTS;
    if (o->catch_up && !records)
        return noi_fail(NOI_ERR_USAGE, _("--catch-up is for records: addresses, households, members, "
                                         "parcels, cases, reports, documents and accounts"));
    if (!changed_on)
        return NOI_OK;
    if (!o->catch_up)
        return noi_fail(NOI_ERR_USAGE, _("--changed-on belongs to --catch-up"));
    o->changed_on = noi_day_parse(noi_str_of(changed_on));
    if (o->changed_on != NOI_DAY_NONE)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("'--changed-on %s' is not a day"), changed_on);
    noi_hint(_("write it as 2025-07-01 or 01/07/2025"));
    return status;
}

static noi_status read_arguments(arguments *out, bool *help, const char **maps,
                                 const char **errors_of, int argc, char **argv) {
    const char *as_of = NULL, *changed_on = NULL;
    cli_operands operands;
    noi_import_options *o = &out->options;
    const cli_option options[] = {
        {"--as-of", &as_of, NULL, NULL, NULL},
        {"--encoding", &o->encoding, NULL, NULL, NULL},
        {"--crs", &o->crs, NULL, NULL, NULL},
        {"--map", NULL, NULL, maps, &o->n_maps},
        {"--error", &o->error, NULL, NULL, NULL},
        {"--error-of", NULL, NULL, errors_of, &o->n_errors_of},
        {"--reject", &o->reject_path, NULL, NULL, NULL},
        {"--layer", &o->layer, NULL, NULL, NULL},
        {"--synthetic", NULL, &o->synthetic, NULL, NULL},
        {"--catch-up", NULL, &o->catch_up, NULL, NULL},
        {"--changed-on", &changed_on, NULL, NULL, NULL},
        {"--json", NULL, &out->json, NULL, NULL},
    };
    NOI_TRY(cli_parse(&operands, help, "import", argc, argv, options,
                      sizeof options / sizeof *options));
    if (*help)
        return NOI_OK;
    NOI_TRY(cli_want_operands("import", &operands, 3, (size_t)-1));
    out->registry = operands.items[0];
    out->files = operands.items + 2;
    out->n_files = operands.n - 2;
    o->maps = maps;
    o->errors_of = errors_of;
    NOI_TRY(read_kind(&out->kind, operands.items[1]));
    NOI_TRY(check_point_options(out));
    NOI_TRY(check_catch_up(o, out->kind, changed_on));
    NOI_TRY(read_day(&o->as_of, as_of));
    NOI_TRY(check_encoding(o->encoding));
    return check_reject_file(out);
}

/* ---- the command ----------------------------------------------------------------------------- */

static noi_status import_files(bool *any_rejected, json_object *list, const arguments *a) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_TRY(noi_registry_open(&registry, a->registry, NOI_OPEN_WRITE));
    for (size_t i = 0; i < a->n_files; i++) {
        noi_import_result result;
        NOI_TRY(noi_import(&result, registry, a->kind, a->files[i], &a->options));
        *any_rejected |= !result.already && (result.rows_rejected > result.catch_up.older || result.law_errors > 0);
        if (a->json)
            json_object_array_add(list, as_json(a->files[i], &result));
        else
            tell(a->files[i], &result);
    }
    return NOI_OK;
}

int cli_run_import(int argc, char **argv) {
    arguments a = {.options = {.as_of = NOI_DAY_NONE, .changed_on = NOI_DAY_NONE}};
    const char *maps[CLI_MAX_LIST], *errors_of[CLI_MAX_LIST];
    bool help = false, any_rejected = false;
    noi_status status = read_arguments(&a, &help, maps, errors_of, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    json_object *list = json_object_new_array();
    if (status == NOI_OK)
        status = import_files(&any_rejected, list, &a);
    if (a.json && json_object_array_length(list)) /* also what went in before a failure */
        printf("%s\n", json_object_to_json_string_ext(list, JSON_C_TO_STRING_PLAIN));
    json_object_put(list);
    if (status != NOI_OK)
        return cli_fail(status);
    return any_rejected ? 1 : 0;
}
