/* account.c: the account of a merge, for people and for machines; see account.h. */
#include "cli/account.h"

#include "base/i18n.h"

#include <json-c/json.h>
#include <stdio.h>

static const char *kind_name(int kind) {
    static const char *const names[NOI_RECORD_KINDS] = {
        N_("all records"), N_("addresses"), N_("households"), N_("parcels"), N_("cases")};
    return _(names[kind]);
}

/* 1234567 → "1,234,567" */
static const char *grouped(char out[32], uint64_t n) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n), to = 0;
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            out[to++] = ',';
        out[to++] = digits[i];
    }
    out[to] = '\0';
    return out;
}

void cli_show_account(const noi_account *account) {
    char in[32], assigned[32], ambiguous[32], unplaced[32];
    for (int i = 1; i <= NOI_RECORD_KINDS; i++) {
        int kind = i % NOI_RECORD_KINDS; /* the sum comes last */
        if (kind && account->in[kind] == 0)
            continue;
        printf(_("%s: in %s = assigned %s + ambiguous %s + unplaced %s\n"), kind_name(kind),
               grouped(in, account->in[kind]), grouped(assigned, account->assigned[kind]),
               grouped(ambiguous, account->ambiguous[kind]),
               grouped(unplaced, account->unplaced[kind]));
    }
}

static void add_counts(json_object *to, const noi_account *a, int kind) {
    json_object_object_add(to, "in", json_object_new_uint64(a->in[kind]));
    json_object_object_add(to, "assigned", json_object_new_uint64(a->assigned[kind]));
    json_object_object_add(to, "ambiguous", json_object_new_uint64(a->ambiguous[kind]));
    json_object_object_add(to, "unplaced", json_object_new_uint64(a->unplaced[kind]));
}

json_object *cli_account_json(const noi_account *account) {
    static const char *const keys[NOI_RECORD_KINDS] = {NULL, "address", "household", "parcel",
                                                       "case"};
    json_object *all = json_object_new_object(), *kinds = json_object_new_object();
    add_counts(all, account, 0);
    for (int kind = 1; kind < NOI_RECORD_KINDS; kind++) {
        json_object *one = json_object_new_object();
        add_counts(one, account, kind);
        json_object_object_add(kinds, keys[kind], one);
    }
    json_object_object_add(all, "kinds", kinds);
    return all;
}
