/*
 * closing.c: the last clause, which counts what the others have made:
 *
 *   "Sau khi sắp xếp, P có 168 đơn vị hành chính cấp xã, gồm 113 phường, 54 xã và 01 đặc khu; trong
 *   đó có 112 phường, 50 xã, 01 đặc khu hình thành sau sắp xếp quy định tại Điều này và 05 đơn vị
 *   hành chính cấp xã không thực hiện sắp xếp là phường A, các xã B, C."
 *
 * It is read as a row of counts and of words that tell what was counted; the units behind "không
 * thực hiện sắp xếp là" are mentions that stay as they are.
 */
#include "law/grammar.h"

#include "base/i18n.h"

#include <string.h>

#define MAX_COUNTS 16

typedef struct count {
    int number;
    law_kind kind;
} count;

typedef struct tally {
    count items[MAX_COUNTS];
    size_t n;
} tally;

static law_kind eat_counted(law_parser *p) {
    if (noi_law_eat(p, "đơn vị hành chính cấp xã") || noi_law_eat(p, "đơn vị hành chính") ||
        noi_law_eat(p, "đơn vị"))
        return LAW_KIND_ANY;
    law_kind kind = noi_law_eat_kind(p);
    return kind <= LAW_KIND_ZONE ? kind : LAW_KIND_NONE;
}

static void spend(int into[LAW_KIND_ANY + 1], tally *t) {
    for (size_t i = 0; i < t->n; i++) {
        int *slot = &into[t->items[i].kind];
        *slot = (*slot < 0 ? 0 : *slot) + t->items[i].number;
    }
    t->n = 0;
}

static int sum(const tally *t) {
    int total = 0;
    for (size_t i = 0; i < t->n; i++)
        total += t->items[i].number;
    return total;
}

/* "không thực hiện sắp xếp là phường A, các xã B, C" */
static bool read_kept(law_parser *p, law_counts *counts, tally *t, bool in_total) {
    if (in_total && t->n > 1) { /* without "trong đó" only the last count is of them */
        tally before = *t;
        before.n--;
        t->items[0] = t->items[t->n - 1];
        t->n = 1;
        spend(counts->by_kind, &before);
    }
    counts->kept = (counts->kept < 0 ? 0 : counts->kept) + sum(t);
    t->n = 0;
    static const char *const skipped[] = {"thực hiện",    "việc", "sắp xếp", "nguyên", "hiện trạng",
                                          "nguyên trạng", "là",   "bao gồm", "gồm",    "có"};
    bool found = true;
    while (found) {
        found = noi_law_eat_sign(p, LAW_WORD_COMMA);
        for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++)
            found = noi_law_eat(p, skipped[i]) || found;
    }
    p->area = p->people = LAW_SHARE_ALL;
    return noi_law_read_units(p);
}

/* One step through the clause. *in_total: the counts are still of all units. */
static bool step(law_parser *p, law_counts *counts, tally *t, bool *in_total) {
    const law_word *word = &p->words[p->at];
    if (word->kind == LAW_WORD_NUMBER) {
        p->at++;
        law_kind kind = eat_counted(p);
        if (kind != LAW_KIND_NONE && t->n < MAX_COUNTS)
            t->items[t->n++] = (count){word->number, kind};
        return true;
    }
    if (*in_total && counts->total < 0 && t->n == 1 && t->items[0].kind == LAW_KIND_ANY) {
        counts->total = t->items[0].number;
        t->n = 0;
    }
    if (*in_total && noi_law_eat(p, "trong đó")) {
        *in_total = false;
        spend(counts->by_kind, t);
        return true;
    }
    if (noi_law_eat(p, "hình thành") || noi_law_eat(p, "đổi tên")) {
        *in_total = false;
        spend(counts->formed, t);
        return true;
    }
    if (noi_law_eat(p, "không thực hiện") || noi_law_eat(p, "không sắp xếp") ||
        noi_law_eat(p, "giữ nguyên") || noi_law_eat(p, "không thuộc")) {
        bool total = *in_total;
        *in_total = false;
        return read_kept(p, counts, t, total);
    }
    p->at++;
    return true;
}

bool noi_law_read_closing(law_parser *p) {
    law_counts *counts = &p->work->counts;
    *counts = (law_counts){.found = true, .total = -1, .kept = -1};
    counts->clause = p->work->clauses[p->clause].number;
    memset(counts->by_kind, -1, sizeof counts->by_kind);
    memset(counts->formed, -1, sizeof counts->formed);
    tally t = {.n = 0};
    bool in_total = true;
    while (p->words[p->at].kind != LAW_WORD_END)
        if (!step(p, counts, &t, &in_total))
            return false;
    if (in_total)
        spend(counts->by_kind, &t);
    if (t.n > 0)
        return noi_law_stop(p, _("what the counts before are of"));
    if (counts->total < 0)
        return noi_law_stop(p, _("how many units the province has"));
    return true;
}
