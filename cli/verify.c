/* verify.c: `noi verify`: proves that a registry is what its ledger says. */
#include "cli/cli.h"

#include "base/i18n.h"
#include "cutover/verify.h"

#include <json-c/json.h>
#include <stdio.h>

typedef struct arguments {
    const char *registry, *known;
    bool json;
} arguments;

static const char *const keys[] = {
    [NOI_TAMPER_NONE] = "none",
    [NOI_TAMPER_ENTRY_MISSING] = "entry_missing",
    [NOI_TAMPER_ENTRY_CHANGED] = "entry_changed",
    [NOI_TAMPER_RUN_UNKNOWN] = "run_without_entry",
    [NOI_TAMPER_ROWS] = "rows_changed",
    [NOI_TAMPER_VERDICT] = "verdict_changed",
    [NOI_TAMPER_VERDICT_ABSENT] = "verdict_absent",
    [NOI_TAMPER_VERDICT_EXTRA] = "verdict_not_given",
    [NOI_TAMPER_ENDED] = "displaced_changed",
    [NOI_TAMPER_LISTS] = "lists_changed",
    [NOI_TAMPER_STRAY] = "not_in_ledger",
    [NOI_TAMPER_UNSIGNED] = "not_signed",
    [NOI_TAMPER_HEAD] = "hash_not_in_chain",
};

static const char *const kinds[] = {"", "address", "household", "parcel", "case"};

static const char *kind_of(const noi_tampered *t) {
    return t->kind >= 1 && t->kind <= 4 ? kinds[t->kind] : "";
}

static void show_verdict(const noi_tampered *t) {
    long long entry = t->entry, found = t->found, recorded = t->recorded;
    switch (t->what) {
    case NOI_TAMPER_VERDICT:
        printf(_("entry %lld: the verdict of %s %s is not the one that was given"), entry,
               kind_of(t), t->key);
        if (t->before[0])
            printf(_(", or that of %s before it was changed and sealed anew"), t->before);
        printf("\n");
        return;
    case NOI_TAMPER_VERDICT_ABSENT:
        printf(_("entry %lld: %lld verdicts are there, %lld were given"), entry, found, recorded);
        if (t->kind && t->before[0])
            printf(_("; the first that is absent stood between %s and %s %s"), t->before,
                   kind_of(t), t->key);
        else if (t->kind)
            printf(_("; the first that is absent stood before %s %s"), kind_of(t), t->key);
        else
            printf(_("; the first that is absent stood behind %s"), t->before);
        printf("\n");
        return;
    default:
        printf(_("entry %lld: the verdict of %s %s was not given by it\n"), entry, kind_of(t),
               t->key);
    }
}

static void show_one(const noi_tampered *t) {
    long long entry = t->entry, found = t->found, recorded = t->recorded;
    switch (t->what) {
    case NOI_TAMPER_ENTRY_MISSING:
        printf(_("entries %lld to %lld of the ledger are absent\n"), recorded, found - 1);
        return;
    case NOI_TAMPER_ENTRY_CHANGED:
        printf(_("entry %lld: it, its run or the entry before it is not what was written\n"),
               entry);
        return;
    case NOI_TAMPER_RUN_UNKNOWN:
        printf(_("run %lld has ended and has no entry in the ledger\n"), found);
        return;
    case NOI_TAMPER_ROWS:
        printf(_("entry %lld: the files or decisions that it took in are not as they were written (%lld rows, "
                 "%lld recorded)\n"),
               entry, found, recorded);
        return;
    case NOI_TAMPER_ENDED:
        printf(_("entry %lld: the verdicts that it displaced are not those that it recorded (%lld "
                 "rows, %lld recorded)\n"),
               entry, found, recorded);
        return;
    case NOI_TAMPER_LISTS:
        printf(_("entry %lld: the lists of units' records are not those of the verdicts that it gave\n"),
               (long long)t->entry);
        return;
    case NOI_TAMPER_STRAY:
        printf(_("%s: no run of the ledger wrote it\n"), t->key);
        return;
    case NOI_TAMPER_UNSIGNED:
        printf(_("run %lld was not signed by as many as it needed: %lld signatures hold\n"), recorded, found);
        return;
    case NOI_TAMPER_HEAD:
        printf(_("the hash that was written down is in no entry: the ledger was made anew\n"));
        return;
    default:
        show_verdict(t);
    }
}

static void show(const noi_proof *p, const char *registry) {
    for (size_t i = 0; i < p->n_tampered && i < NOI_TAMPERED_MAX; i++)
        show_one(&p->tampered[i]);
    if (p->n_tampered > NOI_TAMPERED_MAX)
        printf(_("and %zu more\n"), p->n_tampered - NOI_TAMPERED_MAX);
    printf(_("%s: %lld entries, %lld verdicts in force, %lld that ended\n"), registry,
           (long long)p->entries, (long long)p->verdicts, (long long)p->past);
    if (p->unsealed)
        printf(_("%lld verdicts are older than the ledger and have no seal\n"),
               (long long)p->unsealed);
    if (p->n_tampered)
        printf(_("TAMPERED WITH: %zu places\n"), p->n_tampered);
    else
        printf(_("The ledger is unbroken, and the registry holds what it says.\n"));
    if (p->head[0])
        printf(_("newest hash %s\n"), p->head);
}

static json_object *one_json(const noi_tampered *t) {
    json_object *o = json_object_new_object();
    json_object_object_add(o, "what", json_object_new_string(keys[t->what]));
    json_object_object_add(o, "entry", json_object_new_int64(t->entry));
    if (t->kind)
        json_object_object_add(o, "kind", json_object_new_string(kind_of(t)));
    if (t->key[0])
        json_object_object_add(o, "key", json_object_new_string(t->key));
    if (t->before[0])
        json_object_object_add(o, "before", json_object_new_string(t->before));
    json_object_object_add(o, "found", json_object_new_int64(t->found));
    json_object_object_add(o, "recorded", json_object_new_int64(t->recorded));
    return o;
}

static void show_json(const noi_proof *p) {
    json_object *all = json_object_new_object(), *list = json_object_new_array();
    json_object_object_add(all, "unbroken", json_object_new_boolean(p->n_tampered == 0));
    json_object_object_add(all, "entries", json_object_new_int64(p->entries));
    json_object_object_add(all, "verdicts", json_object_new_int64(p->verdicts));
    json_object_object_add(all, "ended", json_object_new_int64(p->past));
    json_object_object_add(all, "unsealed", json_object_new_int64(p->unsealed));
    json_object_object_add(all, "hash", json_object_new_string(p->head));
    json_object_object_add(all, "n_tampered", json_object_new_uint64(p->n_tampered));
    for (size_t i = 0; i < p->n_tampered && i < NOI_TAMPERED_MAX; i++)
        json_object_array_add(list, one_json(&p->tampered[i]));
    json_object_object_add(all, "tampered", list);
    printf("%s\n", json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    json_object_put(all);
}

static noi_status read_arguments(arguments *out, bool *help, int argc, char **argv) {
    const cli_option options[] = {{.name = "--known", .value = &out->known},
                                  {.name = "--json", .flag = &out->json}};
    cli_operands operands;
    NOI_TRY(cli_parse(&operands, help, "verify", argc, argv, options,
                      sizeof options / sizeof *options));
    if (*help)
        return NOI_OK;
    NOI_TRY(cli_want_operands("verify", &operands, 1, 1));
    out->registry = operands.items[0];
    return NOI_OK;
}

static noi_status verify(noi_proof *proof, const arguments *a) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_TRY(noi_registry_open(&registry, a->registry, NOI_OPEN_READ));
    return noi_verify(proof, registry, a->known);
}

int cli_run_verify(int argc, char **argv) {
    arguments a = {0};
    bool help = false;
    noi_proof proof;
    noi_status status = read_arguments(&a, &help, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = verify(&proof, &a);
    if (status != NOI_OK)
        return cli_fail(status);
    if (a.json)
        show_json(&proof);
    else
        show(&proof, a.registry);
    return proof.n_tampered ? 1 : 0;
}
