/* unit_lists.c: see unit_lists.h. A list is the distances between its ids, seven bits a byte. */
#include "registry/unit_lists.h"

#include "base/i18n.h"

#include <xxhash.h>

#define MOST_UNITS (1 << 20) /* ids of units count from 1; the country has some 14,000 */

typedef struct list {
    noi_buf ids;
    int64_t last;
} list;

typedef struct side {
    list *lists; /* by the unit's id */
    size_t n, capacity;
} side;

struct noi_unit_lists {
    noi_stmt *insert;
    side sides[2];
    int64_t entry, kind; /* of the rows that are not written yet */
};

noi_status noi_unit_lists_open(noi_unit_lists **out, noi_registry *registry) {
    NOI_AUTO(noi_unit_lists_closep) noi_unit_lists *lists = noi_alloc_zero(1, sizeof *lists);
    NOI_TRY(noi_prepare(&lists->insert, registry, "ledger/unit_list_add"));
    *out = lists;
    lists = NULL;
    return NOI_OK;
}

void noi_unit_lists_close(noi_unit_lists *lists) {
    if (!lists)
        return;
    for (int s = 0; s < 2; s++) {
        for (size_t i = 0; i < lists->sides[s].n; i++)
            noi_buf_free(&lists->sides[s].lists[i].ids);
        free(lists->sides[s].lists);
    }
    noi_stmt_close(lists->insert);
    free(lists);
}

/* ---- writing --------------------------------------------------------------------------------- */

noi_status noi_unit_lists_end(noi_unit_lists *lists) {
    for (int s = 0; s < 2; s++) {
        for (size_t unit = 0; unit < lists->sides[s].n; unit++) {
            list *l = &lists->sides[s].lists[unit];
            if (l->ids.n == 0)
                continue;
            noi_bind_int(lists->insert, 1, lists->entry);
            noi_bind_int(lists->insert, 2, s);
            noi_bind_int(lists->insert, 3, (int64_t)unit);
            noi_bind_int(lists->insert, 4, lists->kind);
            noi_bind_blob(lists->insert, 5, noi_buf_view(&l->ids));
            NOI_TRY(noi_run(lists->insert));
            noi_buf_clear(&l->ids);
            l->last = 0;
        }
    }
    return NOI_OK;
}

static noi_status add(side *s, int64_t unit, int64_t record_id) {
    unsigned char bytes[10];
    size_t n = 0;
    if (unit == 0)
        return NOI_OK;
    if (unit < 0 || unit > MOST_UNITS)
        return noi_fail(NOI_ERR_INPUT, _("a verdict names unit %lld, which no registry has"),
                        (long long)unit);
    NOI_GROW(s->lists, s->capacity, (size_t)unit + 1);
    while (s->n <= (size_t)unit)
        s->lists[s->n++] = (list){0};
    list *l = &s->lists[unit];
    uint64_t left = (uint64_t)record_id - (uint64_t)l->last;
    for (; left > 127; left >>= 7)
        bytes[n++] = (unsigned char)(left & 127) | 128;
    bytes[n++] = (unsigned char)left;
    noi_buf_add(&l->ids, bytes, n);
    l->last = record_id;
    return NOI_OK;
}

noi_status noi_unit_lists_add(noi_unit_lists *lists, const noi_verdict_row *row) {
    if (row->entry != lists->entry || row->kind != lists->kind)
        NOI_TRY(noi_unit_lists_end(lists));
    lists->entry = row->entry;
    lists->kind = row->kind;
    NOI_TRY(add(&lists->sides[NOI_UNIT_OLD], row->old_unit, row->record_id));
    return add(&lists->sides[NOI_UNIT_NEW], row->new_unit, row->record_id);
}

/* ---- reading --------------------------------------------------------------------------------- */

static noi_status fail_damaged(const noi_unit_listed *at) {
    noi_status status =
        noi_fail(NOI_ERR_INPUT, _("the list of a unit's records in entry %lld is damaged"),
                 (long long)at->entry);
    noi_hint(_("take the registry from a backup; 'noi verify' tells whether more was changed"));
    return status;
}

static noi_status tell_list(noi_unit_listed at, noi_str ids, noi_unit_lists_tell tell,
                            void *context) {
    uint64_t id = 0, distance = 0;
    unsigned shift = 0;
    for (size_t i = 0; i < ids.n; i++) {
        unsigned char byte = (unsigned char)ids.p[i];
        if (shift > 56)
            return fail_damaged(&at);
        distance |= (uint64_t)(byte & 127) << shift;
        shift += 7;
        if (byte & 128)
            continue;
        id += distance;
        if (distance == 0 || id > INT64_MAX)
            return fail_damaged(&at);
        at.record_id = (int64_t)id;
        NOI_TRY(tell(context, &at));
        distance = 0;
        shift = 0;
    }
    return shift == 0 ? NOI_OK : fail_damaged(&at);
}

static noi_status lists_are_whole(bool *whole, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool without = false;
    NOI_TRY(noi_prepare(&q, registry, "undo/unlisted"));
    NOI_TRY(noi_step(q, &without));
    *whole = !without;
    return NOI_OK;
}

noi_status noi_unit_lists_read(bool *whole, noi_registry *registry, noi_unit_side unit_side,
                               const char *code, noi_unit_lists_tell tell, void *context) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(lists_are_whole(whole, registry));
    if (!*whole)
        return NOI_OK;
    NOI_TRY(noi_prepare(&q, registry, code ? "undo/unit_lists" : "ledger/unit_lists"));
    if (code) {
        noi_bind_int(q, 1, unit_side);
        noi_bind_text(q, 2, noi_str_of(code));
    }
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        const noi_unit_listed at = {.entry = noi_column_int(q, 0),
                                    .side = noi_column_int(q, 1) ? NOI_UNIT_NEW : NOI_UNIT_OLD,
                                    .unit_id = noi_column_int(q, 2),
                                    .kind = noi_column_int(q, 3)};
        NOI_TRY(tell_list(at, noi_column_blob(q, 4), tell, context));
    }
}

/* ---- comparing ------------------------------------------------------------------------------- */

uint64_t noi_unit_listed_mark(const noi_unit_listed *l) {
    const uint64_t parts[] = {(uint64_t)l->side, (uint64_t)l->unit_id, (uint64_t)l->kind,
                              (uint64_t)l->record_id};
    return XXH3_64bits(parts, sizeof parts);
}

uint64_t noi_unit_lists_mark(const noi_verdict_row *row) {
    noi_unit_listed old = {.side = NOI_UNIT_OLD,
                           .unit_id = row->old_unit,
                           .kind = row->kind,
                           .record_id = row->record_id};
    noi_unit_listed new = {.side = NOI_UNIT_NEW,
                           .unit_id = row->new_unit,
                           .kind = row->kind,
                           .record_id = row->record_id};
    return (row->old_unit ? noi_unit_listed_mark(&old) : 0) +
           (row->new_unit ? noi_unit_listed_mark(&new) : 0);
}
