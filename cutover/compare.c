/* compare.c: two exports side by side; see compare.h. */
#include "cutover/compare.h"

#include "address/text.h"
#include "base/date.h"
#include "base/i18n.h"
#include "plan/code_text.h"

#include <errno.h>
#include <string.h>

const char *noi_cause_key(noi_cause cause) {
    static const char *const keys[] = {
#define KEY(name, key, words) key,
        NOI_CAUSE_TABLE(KEY)
#undef KEY
    };
    return keys[cause];
}

const char *noi_cause_words(noi_cause cause) {
    static const char *const all[] = {
#define WORDS(name, key, words) words,
        NOI_CAUSE_TABLE(WORDS)
#undef WORDS
    };
    return _(all[cause]);
}

/* ---- one value beside another ---------------------------------------------------------------- */

/* NFC, trimmed, each run of white space one blank. */
static void normalise(noi_buf *out, noi_str text) {
    NOI_AUTO_BUF noi_buf nfc = {0};
    if (noi_text_nfc(&nfc, text) != NOI_OK) {
        noi_error_clear();
        noi_buf_clear(&nfc);
        noi_buf_add(&nfc, text.p, text.n);
    }
    noi_str rest = noi_str_trim(noi_buf_view(&nfc));
    for (size_t i = 0; i < rest.n; i++) {
        char c = rest.p[i];
        bool hard = c == '\xC2' && i + 1 < rest.n && rest.p[i + 1] == '\xA0';
        bool blank = hard || c == ' ' || (c >= '\t' && c <= '\r');
        i += hard;
        if (!blank)
            noi_buf_add_char(out, c);
        else if (out->n && out->p[out->n - 1] != ' ')
            noi_buf_add_char(out, ' ');
    }
}

static bool folds_alike(noi_str a, noi_str b, noi_fold how) {
    NOI_AUTO_FREE char *x = noi_alloc(2 * a.n + 1), *y = noi_alloc(2 * b.n + 1);
    size_t n = noi_text_fold(x, a, how), m = noi_text_fold(y, b, how);
    return n == m && memcmp(x, y, n) == 0;
}

static noi_cause compare_texts(noi_str a, noi_str b) {
    if (folds_alike(a, b, NOI_FOLD_MARKS))
        return NOI_CAUSE_CASE;
    return folds_alike(a, b, NOI_FOLD_BARE) ? NOI_CAUSE_MARKS : NOI_CAUSE_OTHER;
}

/* Does the change lead from the old unit of one code to the new unit of the other? */
static bool leads_to(const noi_plan *plan, noi_code from, noi_code to) {
    uint16_t old_unit = noi_plan_find(plan, from, plan->on - 1),
             new_unit = noi_plan_find(plan, to, plan->on);
    return old_unit != NOI_NO_UNIT && new_unit != NOI_NO_UNIT &&
           noi_plan_edge_between(plan, old_unit, new_unit) >= 0;
}

static noi_cause compare_codes(const noi_plan *plan, noi_str a, noi_str b) {
    noi_str x = noi_code_clean(a), y = noi_code_clean(b);
    if (noi_str_eq(x, y))
        return NOI_CAUSE_FORM;
    noi_code p = noi_code_parse(x.p, x.n), q = noi_code_parse(y.p, y.n);
    noi_code full_p = noi_code_restore_zeros(x), full_q = noi_code_restore_zeros(y);
    if ((full_p && full_p == q) || (full_q && full_q == p))
        return NOI_CAUSE_ZEROS;
    p = full_p ? full_p : p;
    q = full_q ? full_q : q;
    bool known = plan && p && q && (leads_to(plan, p, q) || leads_to(plan, q, p));
    return known ? NOI_CAUSE_VINTAGE : NOI_CAUSE_OTHER;
}

static noi_cause compare_days(noi_str a, noi_str b) {
    noi_day x = noi_day_parse(a), y = noi_day_parse(b);
    if (x == NOI_DAY_NONE || y == NOI_DAY_NONE)
        return NOI_CAUSE_OTHER;
    if (x == y)
        return NOI_CAUSE_DATE;
    int year, month, day;
    noi_day_to_ymd(&year, &month, &day, x);
    return noi_day_from_ymd(year, day, month) == y ? NOI_CAUSE_SWAPPED : NOI_CAUSE_OTHER;
}

static noi_cause compare_statuses(const noi_compare_spec *spec, noi_str a, noi_str b) {
    for (size_t i = 0; i < spec->n_statuses; i++)
        if (noi_str_eq(spec->statuses[i].a, a) && noi_str_eq(spec->statuses[i].b, b))
            return NOI_CAUSE_STATUS;
    return NOI_CAUSE_OTHER;
}

/* Digits with at most one point or comma before the decimals, as many as a double holds exactly. Nothing is
 * guessed: "1.234,5" is no number here, nor is "1.000", which is one in one office and a thousand in another. */
static bool read_number(double *out, noi_str text) {
    char copy[32];
    size_t digits = 0, mark = SIZE_MAX, from = text.n && (text.p[0] == '-' || text.p[0] == '+');
    if (text.n <= from || text.n >= sizeof copy)
        return false;
    for (size_t i = from; i < text.n; i++) {
        bool is_mark = text.p[i] == '.' || text.p[i] == ',';
        if (is_mark ? mark != SIZE_MAX : text.p[i] < '0' || text.p[i] > '9')
            return false;
        if (is_mark)
            mark = i;
        else
            digits++;
    }
    bool may_group = mark != SIZE_MAX && text.n - mark == 4 && mark - from <= 3;
    if (digits == 0 || digits > 15 || may_group)
        return false;
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    if (mark != SIZE_MAX)
        copy[mark] = '.';
    *out = strtod(copy, NULL);
    return true;
}

static noi_cause compare_numbers(noi_str a, noi_str b) {
    double x, y;
    bool both = read_number(&x, a) && read_number(&y, b);
    return both && x >= y && x <= y ? NOI_CAUSE_NUMBER : NOI_CAUSE_OTHER;
}

noi_cause noi_compare_values(const noi_compare_spec *spec, noi_compare_type type, noi_str a,
                             noi_str b) {
    if (noi_str_eq(a, b))
        return NOI_CAUSE_NONE;
    NOI_AUTO_BUF noi_buf x = {0};
    NOI_AUTO_BUF noi_buf y = {0};
    normalise(&x, a);
    normalise(&y, b);
    noi_str p = noi_buf_view(&x), q = noi_buf_view(&y);
    if (noi_str_eq(p, q))
        return NOI_CAUSE_FORM;
    if (!p.n || !q.n)
        return p.n ? NOI_CAUSE_NOT_B : NOI_CAUSE_NOT_A;
    switch (type) {
    case NOI_COMPARE_CODE:
        return compare_codes(spec->plan, p, q);
    case NOI_COMPARE_DAY:
        return compare_days(p, q);
    case NOI_COMPARE_STATUS:
        return compare_statuses(spec, p, q);
    case NOI_COMPARE_NUMBER:
        return compare_numbers(p, q);
    case NOI_COMPARE_TEXT:
        break;
    }
    return compare_texts(p, q);
}

/* ---- rows of A ------------------------------------------------------------------------------- */

typedef struct row { /* of A: its bytes are key, key as written, fields, each behind its length */
    uint64_t hash;
    size_t at;
    uint32_t line; /* of the file */
    uint32_t paired;
} row;

struct noi_compare {
    noi_compare_spec spec;
    noi_comparison result;
    noi_buf bytes, key;
    size_t n, capacity;
    row *rows;
    size_t n_slots; /* a power of two, more than twice the rows */
    uint32_t *slots;
    size_t line_capacity, n_line_slots;
    uint32_t *line_slots;
    uint64_t *seen; /* hashes of keys that B alone has, open addressing; 0 free */
    size_t n_seen, n_seen_slots;
    noi_arena *arena;
};

noi_compare *noi_compare_new(const noi_compare_spec *spec) {
    noi_compare *c = noi_alloc_zero(1, sizeof *c);
    c->spec = *spec;
    c->arena = noi_arena_new();
    return c;
}

void noi_compare_free(noi_compare *c) {
    if (!c)
        return;
    noi_buf_free(&c->bytes);
    noi_buf_free(&c->key);
    free(c->rows);
    free(c->slots);
    free(c->line_slots);
    free(c->seen);
    free(c->result.lines);
    noi_arena_free(c->arena);
    free(c);
}

/* FNV-1a, mixed at the end so that the low bits serve as a slot; never 0. */
static uint64_t hash_of(noi_str text) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < text.n; i++)
        hash = (hash ^ (unsigned char)text.p[i]) * UINT64_C(0x100000001B3);
    hash ^= hash >> 32;
    hash *= UINT64_C(0x9E3779B97F4A7C15);
    hash ^= hash >> 29;
    return hash ? hash : 1;
}

/* Identifiers are compared without white space, ASCII case and a leading apostrophe; long hyphens are
 * hyphens. Everything else counts: a key is never guessed. */
static noi_str normal_key(noi_compare *c, noi_str key) {
    NOI_AUTO_BUF noi_buf text = {0};
    normalise(&text, key);
    noi_buf_clear(&c->key);
    for (size_t i = 0; i < text.n; i++) {
        unsigned char ch = (unsigned char)text.p[i];
        bool dash = ch == 0xE2 && i + 2 < text.n && text.p[i + 1] == '\x80' &&
                    (unsigned char)text.p[i + 2] >= 0x90 && (unsigned char)text.p[i + 2] <= 0x95;
        if (dash) {
            noi_buf_add_char(&c->key, '-');
            i += 2;
        } else if (ch != ' ' && !(ch == '\'' && c->key.n == 0)) {
            noi_buf_add_char(&c->key, ch >= 'a' && ch <= 'z' ? (char)(ch - 32) : (char)ch);
        }
    }
    return noi_buf_view(&c->key);
}

static void keep(noi_compare *c, noi_str text) {
    uint32_t n = (uint32_t)text.n;
    noi_buf_add(&c->bytes, &n, sizeof n);
    noi_buf_add(&c->bytes, text.p ? text.p : "", n);
}

static noi_str kept(const noi_compare *c, size_t *at) {
    uint32_t n;
    memcpy(&n, c->bytes.p + *at, sizeof n);
    noi_str text = {c->bytes.p + *at + sizeof n, n};
    *at += sizeof n + n;
    return text;
}

static uint32_t *slot_of(const noi_compare *c, uint64_t hash, noi_str key) {
    for (size_t i = (size_t)hash;; i++) {
        uint32_t *slot = &c->slots[i & (c->n_slots - 1)];
        if (*slot == 0)
            return slot;
        const row *r = &c->rows[*slot - 1];
        size_t at = r->at;
        if (r->hash == hash && noi_str_eq(kept(c, &at), key))
            return slot;
    }
}

static void grow(noi_compare *c) {
    c->n_slots = c->n_slots ? 2 * c->n_slots : 4096;
    free(c->slots);
    c->slots = noi_alloc_zero(c->n_slots, sizeof *c->slots);
    for (size_t i = 0; i < c->n; i++) {
        size_t slot = (size_t)c->rows[i].hash & (c->n_slots - 1);
        while (c->slots[slot])
            slot = (slot + 1) & (c->n_slots - 1);
        c->slots[slot] = (uint32_t)i + 1;
    }
}

static noi_status tell_one(noi_compare_tell tell, void *context, noi_str key, int64_t line_a,
                           int64_t line_b, int field, noi_cause cause) {
    const noi_difference d = {key, line_a, line_b, field, cause};
    return tell ? tell(context, &d) : NOI_OK;
}

noi_status noi_compare_add_a(noi_compare *c, noi_str key, const noi_str *fields, int64_t line) {
    noi_str normal = normal_key(c, key);
    c->result.a++;
    if (!normal.n) {
        c->result.without_key_a++;
        return NOI_OK;
    }
    if (c->n >= UINT32_MAX - 2 || line >= UINT32_MAX)
        return noi_fail(NOI_ERR_INPUT, _("a file to compare has too many rows"));
    if (2 * c->n >= c->n_slots)
        grow(c);
    uint64_t hash = hash_of(normal);
    uint32_t *slot = slot_of(c, hash, normal);
    if (*slot) {
        c->result.doubles_a++;
        return NOI_OK;
    }
    NOI_GROW(c->rows, c->capacity, c->n + 1);
    c->rows[c->n] = (row){.hash = hash, .at = c->bytes.n, .line = (uint32_t)line};
    *slot = (uint32_t)++c->n;
    keep(c, normal);
    keep(c, key);
    for (size_t i = 0; i < c->spec.n; i++)
        keep(c, fields[i]);
    return NOI_OK;
}

/* ---- the table by unit and day --------------------------------------------------------------- */

static void grow_lines(noi_compare *c) {
    noi_comparison *r = &c->result;
    c->n_line_slots = c->n_line_slots ? 2 * c->n_line_slots : 1024;
    free(c->line_slots);
    c->line_slots = noi_alloc_zero(c->n_line_slots, sizeof *c->line_slots);
    for (size_t i = 0; i < r->n_lines; i++) {
        uint64_t hash = hash_of(noi_str_of(r->lines[i].unit)) * 31 +
                        hash_of(noi_str_of(r->lines[i].day));
        size_t slot = (size_t)hash & (c->n_line_slots - 1);
        while (c->line_slots[slot])
            slot = (slot + 1) & (c->n_line_slots - 1);
        c->line_slots[slot] = (uint32_t)i + 1;
    }
}

/* The line of a row; days in one form, codes cleaned. */
static noi_compare_line *line_of(noi_compare *c, const noi_str *fields) {
    noi_comparison *r = &c->result;
    char day[12] = "";
    noi_str unit = c->spec.unit < 0 ? NOI_STR("") : noi_code_clean(noi_str_trim(fields[c->spec.unit]));
    if (c->spec.day >= 0)
        noi_day_format(day, noi_day_parse(noi_str_trim(fields[c->spec.day])));
    if (2 * r->n_lines >= c->n_line_slots)
        grow_lines(c);
    uint64_t hash = hash_of(unit) * 31 + hash_of(noi_str_of(day));
    for (size_t i = (size_t)hash;; i++) {
        uint32_t *slot = &c->line_slots[i & (c->n_line_slots - 1)];
        if (*slot == 0) {
            NOI_GROW(r->lines, c->line_capacity, r->n_lines + 1);
            r->lines[r->n_lines] =
                (noi_compare_line){.unit = noi_arena_strndup(c->arena, unit.p ? unit.p : "", unit.n),
                                   .day = noi_arena_strndup(c->arena, day, strlen(day))};
            *slot = (uint32_t)++r->n_lines;
        }
        noi_compare_line *line = &r->lines[*slot - 1];
        if (noi_str_is(unit, line->unit) && strcmp(line->day, day) == 0)
            return line;
    }
}

static int by_unit_day(const void *a, const void *b) {
    const noi_compare_line *x = a, *y = b;
    int order = strcmp(x->unit, y->unit);
    return order ? order : strcmp(x->day, y->day);
}

/* ---- rows of B ------------------------------------------------------------------------------- */

static void sample(noi_compare *c, size_t field, noi_cause cause, noi_str key) {
    const char **samples = c->result.samples[field][cause];
    for (size_t i = 0; i < NOI_COMPARE_SAMPLES; i++) {
        if (samples[i])
            continue;
        samples[i] = noi_arena_strndup(c->arena, key.p, key.n);
        return;
    }
}

/* True when the key came before among those that A lacks. Two keys share 64 bits by a chance of one in
 * ten million for a million of them. */
static bool seen_before(noi_compare *c, uint64_t hash) {
    if (2 * c->n_seen >= c->n_seen_slots) {
        size_t n = c->n_seen_slots ? 2 * c->n_seen_slots : 4096;
        uint64_t *slots = noi_alloc_zero(n, sizeof *slots);
        for (size_t i = 0; i < c->n_seen_slots; i++) {
            size_t at = (size_t)c->seen[i] & (n - 1);
            while (c->seen[i] && slots[at])
                at = (at + 1) & (n - 1);
            if (c->seen[i])
                slots[at] = c->seen[i];
        }
        free(c->seen);
        c->seen = slots;
        c->n_seen_slots = n;
    }
    size_t at = (size_t)hash & (c->n_seen_slots - 1);
    while (c->seen[at] && c->seen[at] != hash)
        at = (at + 1) & (c->n_seen_slots - 1);
    bool before = c->seen[at] == hash;
    c->seen[at] = hash;
    c->n_seen += !before;
    return before;
}

static noi_status compare_rows(noi_compare *c, const row *r, noi_str key, const noi_str *fields,
                               int64_t line, noi_compare_tell tell, void *context) {
    noi_str of_a[NOI_COMPARE_MAX] = {{NULL, 0}};
    size_t at = r->at;
    bool differs = false;
    (void)kept(c, &at);
    noi_str written = kept(c, &at);
    c->result.keys_written_differently += !noi_str_eq(written, key);
    for (size_t i = 0; i < c->spec.n; i++)
        of_a[i] = kept(c, &at);
    for (size_t i = 0; i < c->spec.n; i++) {
        noi_cause cause = noi_compare_values(&c->spec, c->spec.types[i], of_a[i], fields[i]);
        c->result.by[i][cause]++;
        if (cause == NOI_CAUSE_NONE)
            continue;
        differs = true;
        sample(c, i, cause, written);
        NOI_TRY(tell_one(tell, context, written, r->line, line, (int)i, cause));
    }
    c->result.paired++;
    *(differs ? &c->result.different : &c->result.same) += 1;
    noi_compare_line *of_table = line_of(c, of_a);
    *(differs ? &of_table->different : &of_table->same) += 1;
    return NOI_OK;
}

noi_status noi_compare_add_b(noi_compare *c, noi_str key, const noi_str *fields, int64_t line,
                             noi_compare_tell tell, void *context) {
    noi_str normal = normal_key(c, key);
    c->result.b++;
    if (!normal.n) {
        c->result.without_key_b++;
        return NOI_OK;
    }
    if (c->n_slots == 0)
        grow(c);
    uint64_t hash = hash_of(normal);
    uint32_t slot = *slot_of(c, hash, normal);
    if (slot == 0) {
        if (seen_before(c, hash)) {
            c->result.doubles_b++;
            return NOI_OK;
        }
        c->result.only_b++;
        line_of(c, fields)->only_b++;
        return tell_one(tell, context, key, 0, line, -1, NOI_CAUSE_NOT_A);
    }
    row *r = &c->rows[slot - 1];
    if (r->paired) {
        c->result.doubles_b++;
        return NOI_OK;
    }
    r->paired = 1;
    return compare_rows(c, r, key, fields, line, tell, context);
}

noi_status noi_compare_end(const noi_comparison **out, noi_compare *c, noi_compare_tell tell,
                           void *context) {
    for (size_t i = 0; i < c->n; i++) {
        const row *r = &c->rows[i];
        noi_str fields[NOI_COMPARE_MAX] = {{NULL, 0}};
        size_t at = r->at;
        if (r->paired)
            continue;
        (void)kept(c, &at);
        noi_str key = kept(c, &at);
        for (size_t k = 0; k < c->spec.n; k++)
            fields[k] = kept(c, &at);
        c->result.only_a++;
        line_of(c, fields)->only_a++;
        NOI_TRY(tell_one(tell, context, key, r->line, 0, -1, NOI_CAUSE_NOT_B));
    }
    if (c->result.n_lines)
        qsort(c->result.lines, c->result.n_lines, sizeof *c->result.lines, by_unit_day);
    *out = &c->result;
    return NOI_OK;
}
