/* match.c: codes, names and kinds of a layer held against units; see match.h. */
#include "boundary/match.h"

#include "address/text.h"

#include <string.h>

/* ---- codes ---- */

static int by_code(const void *a, const void *b) {
    const noi_unit_row *x = *(const noi_unit_row *const *)a, *y = *(const noi_unit_row *const *)b;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    return (x > y) - (x < y);
}

void code_table_make(code_table *out, const noi_unit_list *list) {
    out->n = list->n;
    out->row = noi_alloc(list->n * sizeof *out->row);
    for (size_t i = 0; i < list->n; i++)
        out->row[i] = &list->items[i];
    if (out->n)
        qsort(out->row, out->n, sizeof *out->row, by_code);
}

void code_table_clear(code_table *table) {
    free(table->row);
    *table = (code_table){0};
}

const noi_unit_row *const *code_table_find(size_t *n, const code_table *table, noi_code code) {
    size_t low = 0, high = table->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->row[middle]->code < code)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (code && end < table->n && table->row[end]->code == code)
        end++;
    *n = end - low;
    return table->row + low;
}

/* ---- days and ids ---- */

bool unit_is_in_force(const noi_unit_row *unit, noi_day on) {
    return unit->from <= on && on < unit->to; /* NOI_DAY_NONE is before, NOI_DAY_OPEN after all */
}

size_t unit_position(const noi_unit_list *list, int64_t id) {
    size_t low = 0, high = list->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->n && list->items[low].id == id ? low : SIZE_MAX;
}

/* ---- names ---- */

/* A kind and the ways in which layers write it, folded without marks. */
typedef struct kind_words {
    const char *kind, *words[4];
} kind_words;

static const kind_words KINDS[] = {
    {"phường", {"phuong", "p", "ward", NULL}},
    {"xã", {"xa", "x", "commune", NULL}},
    {"thị trấn", {"thi tran", "tt", "township", NULL}},
    {"đặc khu", {"dac khu", "dk", NULL}},
    {"huyện", {"huyen", NULL}},
};
#define N_KINDS (sizeof KINDS / sizeof *KINDS)

static char *fold(noi_str text, noi_fold how) {
    char *out = noi_alloc(2 * text.n + 1);
    noi_text_fold(out, text, how);
    return out;
}

static bool is_plain(const char *text) {
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

bool layer_is_bare(const noi_layer *layer) {
    for (uint32_t i = 0; i < layer->coverage->n_units; i++)
        if (!is_plain(layer->features[i].name))
            return false;
    return true;
}

static bool equal(noi_str a, const char *b, bool bare) {
    if (!bare)
        return noi_name_equal(a, noi_str_of(b));
    NOI_AUTO_FREE char *x = fold(a, NOI_FOLD_BARE);
    NOI_AUTO_FREE char *y = fold(noi_str_of(b), NOI_FOLD_BARE);
    return noi_name_equal(noi_str_of(x), noi_str_of(y)); /* which drops leading zeros */
}

/* The kind whose word, of `length` bytes or fewer, begins the folded text; "" for none. */
static const char *kind_at_start(size_t *length, const char *folded) {
    for (size_t k = 0; k < N_KINDS; k++)
        for (const char *const *word = KINDS[k].words; *word; word++) {
            size_t n = strlen(*word);
            if (strncmp(folded, *word, n) == 0 && (folded[n] == ' ' || !folded[n])) {
                *length = n;
                return KINDS[k].kind;
            }
        }
    *length = 0;
    return "";
}

static bool separates(char c) {
    return c == ' ' || c == '.' || c == '\t';
}

/* The text behind its first words: "P.5", "Thị trấn Nhà Bè". */
static noi_str behind_words(noi_str text, int n_words) {
    size_t at = 0;
    for (; n_words > 0; n_words--) {
        while (at < text.n && separates(text.p[at]))
            at++;
        while (at < text.n && !separates(text.p[at]))
            at++;
    }
    while (at < text.n && separates(text.p[at]))
        at++;
    return (noi_str){text.p + at, text.n - at};
}

static noi_str without_kind(const char *drawn) {
    NOI_AUTO_FREE char *folded = fold(noi_str_of(drawn), NOI_FOLD_BARE);
    size_t n = 0;
    if (!kind_at_start(&n, folded)[0])
        return (noi_str){0};
    return behind_words(noi_str_of(drawn), memchr(folded, ' ', n) ? 2 : 1);
}

bool names_agree(const char *drawn, const noi_unit_row *unit, bool bare) {
    char full_name[256];
    noi_unit_full_name(full_name, sizeof full_name, unit->kind, unit->name);
    if (equal(noi_str_of(drawn), unit->name, bare) || equal(noi_str_of(drawn), full_name, bare))
        return true;
    noi_str name = without_kind(drawn);
    return name.n && equal(name, unit->name, bare);
}

bool names_its_kind(const char *name) {
    return without_kind(name).n > 0;
}

const char *stated_kind(const noi_layer_feature *feature) {
    size_t n = 0;
    NOI_AUTO_FREE char *kind = fold(noi_str_of(feature->kind), NOI_FOLD_BARE);
    const char *stated = kind_at_start(&n, kind);
    if (stated[0] && !kind[n])
        return stated;
    if (kind[0])
        return ""; /* a word that is no kind of unit says nothing */
    NOI_AUTO_FREE char *name = fold(noi_str_of(feature->name), NOI_FOLD_BARE);
    stated = kind_at_start(&n, name);
    return n > 1 && name[n] ? stated : ""; /* a single letter may belong to the name */
}

/* ---- units by name ---- */

/* Folded without marks and without leading zeros, which is coarser than any comparison of names. */
static char *fold_key(noi_str name) {
    char *out = fold(name, NOI_FOLD_BARE);
    size_t zeros = strspn(out, "0");
    memmove(out, out + zeros, strlen(out + zeros) + 1);
    return out;
}

static int by_folded(const void *a, const void *b) {
    const name_key *x = a, *y = b;
    int order = strcmp(x->folded, y->folded);
    return order ? order : (x->unit > y->unit) - (x->unit < y->unit);
}

void name_table_make(name_table *out, const noi_unit_list *list) {
    *out = (name_table){
        .n = list->n, .key = noi_alloc(list->n * sizeof *out->key), .arena = noi_arena_new()};
    for (size_t i = 0; i < list->n; i++) {
        NOI_AUTO_FREE char *folded = fold_key(noi_str_of(list->items[i].name));
        out->key[i].folded = noi_arena_strndup(out->arena, folded, strlen(folded));
        out->key[i].unit = &list->items[i];
    }
    if (out->n)
        qsort(out->key, out->n, sizeof *out->key, by_folded);
}

void name_table_clear(name_table *table) {
    free(table->key);
    noi_arena_free(table->arena);
    *table = (name_table){0};
}

static size_t first_of(const name_table *table, const char *folded) {
    size_t low = 0, high = table->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(table->key[middle].folded, folded) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The units that a name fits: how many, how many of them of the kind, and the last of either. */
typedef struct named {
    size_t n, n_of_kind;
    const noi_unit_row *any, *of_kind;
} named;

static void take_named(named *out, const name_table *table, const char *folded, const char *drawn,
                       const char *kind, bool bare) {
    for (size_t i = first_of(table, folded);
         i < table->n && strcmp(table->key[i].folded, folded) == 0; i++) {
        const noi_unit_row *unit = table->key[i].unit;
        if (!names_agree(drawn, unit, bare))
            continue;
        out->n++;
        out->any = unit;
        if (strcmp(kind, unit->kind) == 0) {
            out->n_of_kind++;
            out->of_kind = unit;
        }
    }
}

const noi_unit_row *name_table_find(const name_table *table, const char *drawn, const char *kind,
                                    bool bare) {
    NOI_AUTO_FREE char *whole = fold_key(noi_str_of(drawn));
    NOI_AUTO_FREE char *name = fold_key(without_kind(drawn));
    named found = {0};
    if (whole[0])
        take_named(&found, table, whole, drawn, kind, bare);
    if (name[0] && strcmp(name, whole) != 0)
        take_named(&found, table, name, drawn, kind, bare);
    return found.n == 1 ? found.any : found.n_of_kind == 1 ? found.of_kind : NULL;
}
