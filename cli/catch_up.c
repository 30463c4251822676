/* catch_up.c: `noi catch-up`: the rounds in which a registry caught up with its sources, and what is pending. */
#include "cli/cli.h"

#include "base/i18n.h"
#include "cutover/rounds.h"

#include <json-c/json.h>
#include <stdio.h>

#define SHOWN 40 /* old units; --json has them all */

static const char *const kind_keys[] = {"", "address", "household", "parcel", "case"};

/* ---- for people ------------------------------------------------------------------------------ */

static void show_round(const noi_rounds *r, size_t at) {
    const noi_round *round = &r->items[at];
    size_t before = noi_round_before(r, at);
    long long delta = noi_round_delta(round);
    printf(_("%s (%s): %lld rows read = %lld new + %lld changed + %lld the same + %lld older + %lld gone + "
             "%lld rejected\n"),
           round->file, round->kind, (long long)round->read, (long long)round->added,
           (long long)round->changed, (long long)round->same, (long long)round->older,
           (long long)round->gone, (long long)round->rejected);
    printf(_("  taken in %s"), round->taken_at);
    if (round->first_at[0])
        printf(_("; changed at the source from %s to %s"), round->first_at, round->last_at);
    if (before != SIZE_MAX) {
        long long earlier = noi_round_delta(&r->items[before]);
        printf(delta < earlier ? _("; the delta shrinks: %lld after %lld")
                               : _("; THE DELTA DOES NOT SHRINK: %lld after %lld"),
               delta, earlier);
    }
    printf("\n");
}

static void show_pending(const noi_rounds *r) {
    for (size_t i = 0; i < r->n_pending && i < SHOWN; i++) {
        const noi_pending *p = &r->pending[i];
        printf(p->changed ? _("  %lld changed since the last merge: %s") : _("  %lld without a verdict: %s"),
               (long long)p->records, kind_keys[p->kind]);
        if (p->code[0])
            printf(", %s %s", p->code, p->name);
        printf("\n");
    }
    if (r->n_pending > SHOWN)
        printf(_("  and %zu more lines; --json has them all\n"), r->n_pending - SHOWN);
}

static void show(const noi_rounds *r) {
    for (size_t i = 0; i < r->n; i++)
        show_round(r, i);
    if (r->n == 0)
        printf(_("No file was taken in with 'noi import --catch-up'.\n"));
    if (r->n_records == 0) {
        printf(_("Nothing is pending: the last merge saw all that is stored.\n"));
        return;
    }
    printf(_("PENDING: %lld records that no merge has seen as they are now\n"), (long long)r->n_records);
    show_pending(r);
    printf(_("make a plan and merge; only what differs is written\n"));
}

/* ---- for machines ---------------------------------------------------------------------------- */

static void put_int(json_object *to, const char *key, int64_t value) {
    json_object_object_add(to, key, json_object_new_int64(value));
}

static void put_text(json_object *to, const char *key, const char *text) {
    json_object_object_add(to, key, text[0] ? json_object_new_string(text) : NULL);
}

static json_object *round_json(const noi_rounds *r, size_t at) {
    const noi_round *round = &r->items[at];
    json_object *one = json_object_new_object();
    size_t before = noi_round_before(r, at);
    put_text(one, "file", round->file);
    put_text(one, "kind", round->kind);
    put_text(one, "taken_at", round->taken_at);
    put_int(one, "read", round->read);
    put_int(one, "new", round->added);
    put_int(one, "changed", round->changed);
    put_int(one, "same", round->same);
    put_int(one, "older", round->older);
    put_int(one, "gone", round->gone);
    put_int(one, "rejected", round->rejected);
    put_text(one, "first_at", round->first_at);
    put_text(one, "last_at", round->last_at);
    json_object_object_add(
        one, "shrinks",
        before == SIZE_MAX
            ? NULL
            : json_object_new_boolean(noi_round_delta(round) < noi_round_delta(&r->items[before])));
    return one;
}

static void show_json(const noi_rounds *r) {
    json_object *all = json_object_new_object(), *rounds = json_object_new_array(),
                *pending = json_object_new_array();
    for (size_t i = 0; i < r->n; i++)
        json_object_array_add(rounds, round_json(r, i));
    for (size_t i = 0; i < r->n_pending; i++) {
        const noi_pending *p = &r->pending[i];
        json_object *one = json_object_new_object();
        put_text(one, "kind", kind_keys[p->kind]);
        put_text(one, "why", p->changed ? "changed" : "no_verdict");
        put_text(one, "old_code", p->code);
        put_text(one, "old_name", p->name);
        put_int(one, "records", p->records);
        json_object_array_add(pending, one);
    }
    json_object_object_add(all, "rounds", rounds);
    put_int(all, "pending_records", r->n_records);
    json_object_object_add(all, "pending", pending);
    printf("%s\n", json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    json_object_put(all);
}

/* ---- the command ----------------------------------------------------------------------------- */

static noi_status load(noi_rounds **out, const char *path) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_TRY(noi_registry_open(&registry, path, NOI_OPEN_READ));
    return noi_rounds_load(out, registry);
}

int cli_run_catch_up(int argc, char **argv) {
    bool help = false, json = false;
    cli_operands operands;
    const cli_option options[] = {{.name = "--json", .flag = &json}};
    NOI_AUTO(noi_rounds_freep) noi_rounds *rounds = NULL;
    noi_status status = cli_parse(&operands, &help, "catch-up", argc, argv, options, 1);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = cli_want_operands("catch-up", &operands, 1, 1);
    if (status == NOI_OK)
        status = load(&rounds, operands.items[0]);
    if (status != NOI_OK)
        return cli_fail(status);
    if (json)
        show_json(rounds);
    else
        show(rounds);
    return rounds->n_records > 0 ? 1 : 0;
}
