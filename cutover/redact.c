/* redact.c: see redact.h. */
#include "cutover/redact.h"

#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* ---- texts ----------------------------------------------------------------------------------- */

#define PERSONAL_DIGITS 9 /* a telephone number has 10, without its zero 9; person ids 9 or 12 */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The end of the run of digits that begins at `at`; *digits: how many. */
static size_t run_end(size_t *digits, noi_str text, size_t at) {
    size_t end = at;
    *digits = 0;
    while (at < text.n) {
        if (is_digit(text.p[at])) {
            ++*digits;
            end = ++at;
            continue;
        }
        bool joins = text.p[at] == ' ' || text.p[at] == '.' || text.p[at] == '-';
        if (!joins || at + 1 >= text.n || !is_digit(text.p[at + 1]))
            break;
        at++;
    }
    return end;
}

void noi_redact_numbers(noi_buf *out, noi_str text) {
    for (size_t i = 0; i < text.n;) {
        size_t digits = 0, end = is_digit(text.p[i]) ? run_end(&digits, text, i) : i;
        if (digits >= PERSONAL_DIGITS) {
            noi_buf_add_str(out, "[…]");
            i = end;
            continue;
        }
        size_t to = digits ? end : i + 1;
        noi_buf_add(out, text.p + i, to - i);
        i = to;
    }
}

/* ---- a copy ---------------------------------------------------------------------------------- */

/* Texts first: the statements go by verdicts and ids, none by a key. */
static const char *const statements[] = {
    "redact/address",        "redact/member",        "redact/household",     "redact/parcel",     "redact/dossier",
    "redact/verdict",        "redact/verdict_past",  "redact/decision",   "redact/decision_voice",
    "redact/decision_past",  "redact/finding",       "redact/source",     "redact/reject",
    "redact/signers",        "redact/stage_step",            "redact/control_total",  "redact/officer",        "redact/dossier_alias", "redact/ledger",     "redact/split_rule",
    "redact/split_rule_why", "redact/address_past", "redact/household_past", "redact/member_past",
    "redact/parcel_past", "redact/dossier_past", "redact/record_gone"};

/* Queries of an id and its keys, and the updates that take their pseudonyms. */
static const struct {
    const char *keys, *set;
} tables[] = {{"redact/keys_address", "redact/set_address"},
              {"redact/keys_household", "redact/set_household"},
              {"redact/keys_member", "redact/set_member"},
              {"redact/keys_parcel", "redact/set_parcel"},
              {"redact/keys_dossier", "redact/set_dossier"},
              {"redact/keys_decision", "redact/set_decision"},
              {"redact/keys_decision_voice", "redact/set_decision_voice"},
              {"redact/keys_decision_past", "redact/set_decision_past"},
              {"redact/keys_finding", "redact/set_finding"},
              {"redact/keys_run", "redact/set_run"},
              {"redact/keys_file_number", "redact/set_file_number"},
              {"redact/keys_sheet_number", "redact/set_sheet_number"}};

#define MOST_KEYS 8

static noi_status replace_keys(noi_redaction *out, noi_registry *registry, size_t table,
                               const noi_secret *secret) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *set = NULL;
    char names[MOST_KEYS][NOI_PSEUDONYM_SIZE];
    NOI_TRY(noi_prepare(&q, registry, tables[table].keys));
    NOI_TRY(noi_prepare(&set, registry, tables[table].set));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        noi_bind_text(set, 1, noi_column_text(q, 0));
        for (int i = 1; i < noi_column_count(q); i++) {
            noi_bind_null(set, i + 1);
            if (noi_column_is_null(q, i))
                continue;
            noi_pseudonym(names[i - 1], secret, noi_column_text(q, i));
            noi_bind_text(set, i + 1, noi_str_of(names[i - 1]));
            out->pseudonyms++;
        }
        NOI_TRY(noi_run(set));
    }
}

static noi_status refuse_strange(noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&q, registry, "redact/strange"));
    NOI_TRY(noi_step(q, &row));
    if (!row)
        return NOI_OK;
    noi_str name = noi_column_text(q, 0);
    return noi_fail(NOI_ERR_INTERNAL, _("nothing says how to redact column %.*s: no copy was made"),
                    NOI_STR_ARG(name));
}

static noi_status redact_all(noi_redaction *out, noi_registry *registry,
                             const noi_secret *secret) {
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        NOI_TRY(noi_exec(registry, statements[i]));
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        NOI_TRY(replace_keys(out, registry, i, secret));
    return NOI_OK;
}

static noi_status redact_part(noi_redaction *out, const char *part, const noi_secret *secret) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_TRY(noi_registry_open(&registry, part, NOI_OPEN_WRITE));
    NOI_TRY(refuse_strange(registry));
    NOI_TRY(noi_check_keys(registry, false));
    NOI_TRY(noi_begin(registry));
    NOI_TRY(redact_all(out, registry, secret));
    NOI_TRY(noi_commit(registry));
    return noi_exec(registry, "redact/vacuum"); /* what was written before lies in free pages */
}

/* Into a file that is there already, empty and private. A registry opened to read refuses to be copied, as
 * it refuses all that writes. */
static noi_status copy_whole(const char *path, const char *part) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_registry_open(&registry, path, NOI_OPEN_WRITE));
    NOI_TRY(refuse_strange(registry));
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 || close(fd) != 0)
        return noi_fail_errno(NOI_ERR_IO, _("cannot write %s"), part);
    NOI_TRY(noi_prepare(&q, registry, "redact/copy"));
    noi_bind_text(q, 1, noi_str_of(part));
    return noi_run(q);
}

static noi_status fail_exists(const char *copy) {
    noi_status status = noi_fail(NOI_ERR_CONFLICT, _("%s is there already"), copy);
    noi_hint(_("name another file; a copy is never overwritten"));
    return status;
}

/* link() fails where the name is taken, rename() would replace it. */
static noi_status put_in_place(const char *part, const char *copy) {
    bool is_linked = noi_on_disk(part) && link(part, copy) == 0;
    if (is_linked && noi_name_on_disk(copy))
        return NOI_OK;
    if (!is_linked && errno == EEXIST)
        return fail_exists(copy);
    noi_status status = noi_fail_errno(NOI_ERR_IO, _("cannot write %s"), copy);
    if (is_linked)
        unlink(copy);
    return status;
}

static void remove_part(char **part) {
    noi_remove_tree(*part);
    NOI_AUTO_FREE char *journal = noi_format("%s-journal", *part);
    noi_remove_tree(journal);
    free(*part);
}

noi_status noi_redact(noi_redaction *out, const char *path, const char *copy,
                      const noi_secret *secret) {
    NOI_AUTO(remove_part) char *part = noi_part_name(copy);
    noi_redaction done = {0};
    if (access(copy, F_OK) == 0)
        return fail_exists(copy);
    NOI_TRY(copy_whole(path, part));
    NOI_TRY(redact_part(&done, part, secret));
    NOI_TRY(put_in_place(part, copy));
    *out = done;
    return NOI_OK;
}
