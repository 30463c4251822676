/*
 * accuracy.c: the address reader against the law, through the same judge as `noi lookup`: every unit of
 * the eve in the merged city and in Hanoi, in each of the spellings below, must lead to the new unit
 * that the crosswalk names (a split unit: to all of its candidates and no silent pick); the wards that
 * ended in 2024 to those that their successors became. Prints a table; exit 1 when an answer is wrong.
 *
 *   right  the one unit of a whole edge; or asked, with every unit of a split one among the candidates
 *   asked  a whole unit that was asked about, the right answer among the candidates
 *   none   unplaced: no answer, nobody misled
 *   wrong  another unit, a silent pick of a split one, or candidates without the right one
 */
#include "address/text.h"
#include "base/csv.h"
#include "merge/compile.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#define DATA "data/"
#define MAX_TARGETS 8

/* ---- what is true ---- */

typedef struct truth {
    char kind[24], name[64], district_kind[24], district[64], province[64];
    char target[MAX_TARGETS][8]; /* new codes */
    int n_targets;
    bool whole;
    bool is_name_of_today; /* a unit of today bears the same kind and name, here or elsewhere */
    char code[8];
} truth;

typedef struct truths {
    truth *items;
    size_t n, capacity;
} truths;

static void copy(char *out, size_t size, noi_str text) {
    snprintf(out, size, "%.*s", NOI_STR_ARG(text));
}

static noi_str field(const noi_csv *csv, const noi_csv_row *row, const char *name) {
    int at = noi_csv_column(csv, name);
    return at >= 0 && (size_t)at < row->n ? row->field[at] : (noi_str){"", 0};
}

static noi_status load_units(truths *out, const char *path) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    NOI_TRY(noi_csv_open(&csv, path));
    for (noi_csv_row row; noi_csv_next(&row, csv);) {
        NOI_GROW(out->items, out->capacity, out->n + 1);
        truth *t = &out->items[out->n++];
        memset(t, 0, sizeof *t);
        copy(t->code, sizeof t->code, field(csv, &row, "code"));
        copy(t->kind, sizeof t->kind, field(csv, &row, "kind"));
        copy(t->name, sizeof t->name, field(csv, &row, "name"));
        copy(t->district_kind, sizeof t->district_kind, field(csv, &row, "district_kind"));
        copy(t->district, sizeof t->district, field(csv, &row, "district_name"));
        copy(t->province, sizeof t->province, field(csv, &row, "province_name"));
    }
    return NOI_OK;
}

static noi_status load_names_of_today(truths *units, const char *path) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    NOI_TRY(noi_csv_open(&csv, path));
    for (noi_csv_row row; noi_csv_next(&row, csv);)
        for (size_t i = 0; i < units->n; i++) {
            truth *t = &units->items[i];
            t->is_name_of_today |= noi_str_is(field(csv, &row, "kind"), t->kind) &&
                                   noi_name_equal(field(csv, &row, "name"), noi_str_of(t->name));
        }
    return NOI_OK;
}

static truth *by_code(const truths *all, noi_str code) {
    for (size_t i = 0; i < all->n; i++)
        if (noi_str_is(code, all->items[i].code))
            return &all->items[i];
    return NULL;
}

static void add_target(truth *t, noi_str code) {
    for (int i = 0; i < t->n_targets; i++)
        if (noi_str_is(code, t->target[i]))
            return;
    if (t->n_targets < MAX_TARGETS)
        copy(t->target[t->n_targets++], 8, code);
}

static noi_status load_edges(truths *units, const char *path) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    NOI_TRY(noi_csv_open(&csv, path));
    for (noi_csv_row row; noi_csv_next(&row, csv);) {
        truth *t = by_code(units, field(csv, &row, "old_code"));
        if (!t)
            continue;
        add_target(t, field(csv, &row, "new_code"));
        t->whole = noi_str_is(field(csv, &row, "part"), "whole");
    }
    return NOI_OK;
}

/* Wards that ended in 2024: their row names the new codes that their people may be in. */
static noi_status load_former(truths *out) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    NOI_TRY(noi_csv_open(&csv, DATA "aliases_2024.csv"));
    for (noi_csv_row row; noi_csv_next(&row, csv);) {
        truth *t = by_code(out, field(csv, &row, "former_code"));
        if (!t) {
            NOI_GROW(out->items, out->capacity, out->n + 1);
            t = &out->items[out->n++];
            memset(t, 0, sizeof *t);
        }
        copy(t->code, sizeof t->code, field(csv, &row, "former_code"));
        copy(t->kind, sizeof t->kind, field(csv, &row, "former_kind"));
        copy(t->name, sizeof t->name, field(csv, &row, "former_name"));
        noi_str district = field(csv, &row, "former_district");
        const char *space = memchr(district.p, ' ', district.n);
        size_t first = noi_str_is((noi_str){district.p, 5 < district.n ? 5 : district.n}, "Thành") ||
                               noi_str_is((noi_str){district.p, 3 < district.n ? 3 : district.n}, "Thị")
                           ? 2
                           : 1;
        for (size_t i = 1; i < first && space; i++)
            space = memchr(space + 1, ' ', (size_t)(district.p + district.n - space - 1));
        if (!space)
            continue;
        copy(t->district_kind, sizeof t->district_kind,
             (noi_str){district.p, (size_t)(space - district.p)});
        copy(t->district, sizeof t->district,
             (noi_str){space + 1, (size_t)(district.p + district.n - space - 1)});
        snprintf(t->province, sizeof t->province, "%s", "Thành phố Hồ Chí Minh");
        noi_str codes = field(csv, &row, "new_codes_2025_07");
        for (size_t i = 0; i + 5 <= codes.n; i++)
            if (isdigit((unsigned char)codes.p[i])) {
                add_target(t, (noi_str){codes.p + i, 5});
                i += 5;
            }
        t->whole = t->n_targets == 1;
    }
    return NOI_OK;
}

/* ---- spellings ---- */

typedef struct spelled {
    char text[1024];
} spelled;

static bool is_number(const char *name) {
    return isdigit((unsigned char)name[0]);
}

/* "Phường" from "phường". */
static void capital(char out[32], const char *kind) {
    snprintf(out, 32, "%s", kind);
    if (out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 32);
    else if (strncmp(out, "đ", 2) == 0)
        memcpy(out, "Đ", 2);
}

static const char *short_kind(const char *kind) {
    static const char *const pairs[][2] = {{"phường", "P."}, {"xã", "X."}, {"thị trấn", "TT."},
                                           {"quận", "Q."},   {"huyện", "H."}, {"thị xã", "TX."},
                                           {"thành phố", "TP."}, {"đặc khu", "ĐK."}};
    char lower[32];
    snprintf(lower, sizeof lower, "%s", kind);
    if (lower[0] >= 'A' && lower[0] <= 'Z')
        lower[0] = (char)(lower[0] + 32);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strcmp(pairs[i][0], lower) == 0)
            return pairs[i][1];
    return kind;
}

static const char *english_kind(const char *kind) {
    if (strcmp(kind, "phường") == 0)
        return "Ward";
    return strcmp(kind, "xã") == 0 ? "Commune" : strcmp(kind, "thị trấn") == 0 ? "Town" : kind;
}

static const char *short_province(const char *province) {
    if (strstr(province, "Hồ Chí Minh"))
        return "TP.HCM";
    if (strstr(province, "Bình Dương"))
        return "BD";
    if (strstr(province, "Bà Rịa"))
        return "BRVT";
    return strstr(province, "Hà Nội") ? "HN" : province;
}

static void full(char *out, size_t size, const truth *t) {
    char kind[32], district[32];
    capital(kind, t->kind);
    capital(district, t->district_kind);
    snprintf(out, size, "12/3 Đường Nguyễn Trãi, %s %s, %s %s, %s", kind, t->name, district,
             t->district, t->province);
}

/* Rewrites every code point by `map`; 0 leaves it out. */
static void rewrite(char *text, size_t size, int32_t (*map)(int32_t), int options) {
    utf8proc_uint8_t *other = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text, 0, &other,
                                      UTF8PROC_NULLTERM | (utf8proc_option_t)options);
    if (n < 0)
        return;
    size_t at = 0;
    for (utf8proc_ssize_t i = 0; i < n;) {
        int32_t point;
        i += utf8proc_iterate(other + i, n - i, &point);
        point = map ? map(point) : point;
        if (point && at + 5 < size)
            at += (size_t)utf8proc_encode_char(point, (utf8proc_uint8_t *)text + at);
    }
    text[at] = '\0';
    free(other);
}

static int32_t lower(int32_t c) {
    return utf8proc_tolower(c);
}
static int32_t upper(int32_t c) {
    return utf8proc_toupper(c);
}
static int32_t without_mark(int32_t c) {
    return utf8proc_category(c) == UTF8PROC_CATEGORY_MN ? 0 : c == 0x111 ? 'd' : c == 0x110 ? 'D' : c;
}
static int32_t without_comma(int32_t c) {
    return c == ',' ? ' ' : c;
}

static void spell_full(spelled *s, const truth *t) {
    full(s->text, sizeof s->text, t);
}
static void spell_lower(spelled *s, const truth *t) {
    spell_full(s, t);
    rewrite(s->text, sizeof s->text, lower, 0);
}
static void spell_upper(spelled *s, const truth *t) {
    spell_full(s, t);
    rewrite(s->text, sizeof s->text, upper, 0);
}
static void spell_bare(spelled *s, const truth *t) {
    spell_full(s, t);
    rewrite(s->text, sizeof s->text, without_mark, UTF8PROC_DECOMPOSE);
}
static void spell_bare_upper(spelled *s, const truth *t) {
    spell_bare(s, t);
    rewrite(s->text, sizeof s->text, upper, 0);
}
static void spell_nfd(spelled *s, const truth *t) {
    spell_full(s, t);
    rewrite(s->text, sizeof s->text, NULL, UTF8PROC_DECOMPOSE);
}
static void spell_no_commas(spelled *s, const truth *t) {
    spell_full(s, t);
    rewrite(s->text, sizeof s->text, without_comma, 0);
}
static void spell_short(spelled *s, const truth *t) {
    snprintf(s->text, sizeof s->text, "12/3 Nguyễn Trãi, %s %s, %s %s, %s", short_kind(t->kind),
             t->name, short_kind(t->district_kind), t->district, short_province(t->province));
}
static void spell_tight(spelled *s, const truth *t) {
    snprintf(s->text, sizeof s->text, "12/3 Nguyễn Trãi,%s%s,%s%s,%s", short_kind(t->kind), t->name,
             short_kind(t->district_kind), t->district, short_province(t->province));
}
static void spell_short_bare(spelled *s, const truth *t) {
    spell_short(s, t);
    rewrite(s->text, sizeof s->text, without_mark, UTF8PROC_DECOMPOSE);
    rewrite(s->text, sizeof s->text, lower, 0);
}
static void spell_dashes(spelled *s, const truth *t) {
    char kind[32];
    capital(kind, t->kind);
    snprintf(s->text, sizeof s->text, "12/3 Nguyễn Trãi  -  %s %s - %s %s – %s", kind, t->name,
             t->district_kind, t->district, short_province(t->province));
}
static void spell_reversed(spelled *s, const truth *t) {
    snprintf(s->text, sizeof s->text, "%s, %s %s, %s %s, Nguyễn Trãi 12/3", t->province,
             t->district_kind, t->district, t->kind, t->name);
}
static void spell_english(spelled *s, const truth *t) {
    bool quan = strcmp(t->district_kind, "quận") == 0;
    char ward[128], district[128];
    if (is_number(t->name))
        snprintf(ward, sizeof ward, "%s %s", english_kind(t->kind), t->name);
    else
        snprintf(ward, sizeof ward, "%s %s", t->name, english_kind(t->kind));
    if (is_number(t->district))
        snprintf(district, sizeof district, "District %s", t->district);
    else
        snprintf(district, sizeof district, "%s %s", t->district,
                 quan || strcmp(t->district_kind, "huyện") == 0 ? "District"
                 : strcmp(t->district_kind, "thị xã") == 0      ? "Town"
                                                                : "City");
    const char *province = strstr(t->province, "Hồ Chí Minh") ? "Ho Chi Minh City"
                           : strstr(t->province, "Hà Nội")    ? "Hanoi"
                           : strstr(t->province, "Bình Dương") ? "Binh Duong Province"
                                                               : "Ba Ria - Vung Tau Province";
    snprintf(s->text, sizeof s->text, "12/3 Nguyen Trai Street, %s, %s, %s, Vietnam", ward, district,
             province);
    rewrite(s->text, sizeof s->text, without_mark, UTF8PROC_DECOMPOSE);
}
static void spell_delivery(spelled *s, const truth *t) {
    snprintf(s->text, sizeof s->text,
             "A Minh 0903 123 456, 12/3 Nguyễn Trãi (đối diện chợ) , %s %s , %s %s, %s, giao giờ hành "
             "chính",
             short_kind(t->kind), t->name, short_kind(t->district_kind), t->district,
             short_province(t->province));
}
static void spell_no_province(spelled *s, const truth *t) {
    char kind[32], district[32];
    capital(kind, t->kind);
    capital(district, t->district_kind);
    snprintf(s->text, sizeof s->text, "12/3 Nguyễn Trãi, %s %s, %s %s", kind, t->name, district,
             t->district);
}
static void spell_zeros(spelled *s, const truth *t) {
    if (!is_number(t->name)) {
        spell_short(s, t);
        return;
    }
    snprintf(s->text, sizeof s->text, "12/3 Nguyễn Trãi, P%02d, Q.%s, TPHCM", atoi(t->name),
             t->district);
}
static void spell_roman(spelled *s, const truth *t) {
    static const char *const ones[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
    static const char *const tens[] = {"", "X", "XX", "XXX"};
    int n = atoi(t->name);
    if (!is_number(t->name) || n >= 40) {
        spell_full(s, t);
        return;
    }
    snprintf(s->text, sizeof s->text, "12/3 Nguyễn Trãi, Phường %s%s, Quận %s, Thành phố Hồ Chí Minh",
             tens[n / 10], ones[n % 10], t->district);
}
/* What Telex keys leave when the input method is off: "Phuwowngf Beens Nghes". */
static void add_telex_letter(char **at, int32_t c, char *tone) {
    static const struct {
        int32_t mark;
        char key;
    } tones[] = {{0x300, 'f'}, {0x309, 'r'}, {0x303, 'x'}, {0x301, 's'}, {0x323, 'j'}};
    if (c == 0x302) {
        *(*at) = (char)tolower((*at)[-1]);
        ++*at;
        return;
    }
    if (c == 0x306 || c == 0x31B) {
        *(*at)++ = 'w';
        return;
    }
    for (size_t i = 0; i < sizeof tones / sizeof *tones; i++)
        if (c == tones[i].mark) {
            *tone = tones[i].key;
            return;
        }
    if (c == 0x111 || c == 0x110) {
        *(*at)++ = c == 0x111 ? 'd' : 'D';
        *(*at)++ = 'd';
        return;
    }
    if (*tone && !(c < 0x80 && isalpha((int)c))) {
        *(*at)++ = *tone;
        *tone = '\0';
    }
    *(*at)++ = c < 0x80 ? (char)c : '?';
}

static void spell_telex(spelled *s, const truth *t) {
    char plain[sizeof s->text], *at = s->text, tone = '\0';
    spell_full(s, t);
    memcpy(plain, s->text, sizeof plain);
    rewrite(plain, sizeof plain, NULL, UTF8PROC_DECOMPOSE);
    size_t n = strlen(plain);
    for (size_t i = 0; i < n && at < s->text + sizeof s->text - 4;) {
        int32_t point;
        i += (size_t)utf8proc_iterate((const utf8proc_uint8_t *)plain + i,
                                      (utf8proc_ssize_t)(n - i), &point);
        add_telex_letter(&at, point, &tone);
    }
    if (tone)
        *at++ = tone;
    *at = '\0';
}
static void spell_no_district(spelled *s, const truth *t) {
    char kind[32];
    capital(kind, t->kind);
    snprintf(s->text, sizeof s->text, "12/3 Nguyễn Trãi, %s %s, %s", kind, t->name, t->province);
}
/* As people write since the merger: today's province, and no district. */
static void spell_new_province(spelled *s, const truth *t) {
    char kind[32];
    capital(kind, t->kind);
    snprintf(s->text, sizeof s->text, "12/3 Nguyễn Trãi, %s %s, %s", kind, t->name,
             strstr(t->province, "Hà Nội") ? "Hà Nội" : "TP. Hồ Chí Minh");
}
static void spell_ward_alone(spelled *s, const truth *t) {
    char kind[32];
    capital(kind, t->kind);
    snprintf(s->text, sizeof s->text, "%s %s", kind, t->name);
}

/* `may_ask`: the spelling leaves something out; asking is then as right as answering. `is_of_today`: what
 * comes out is the address of a unit of today where one bears the name, and not asked for then. */
static const struct {
    const char *name;
    void (*spell)(spelled *, const truth *);
    bool may_ask, is_of_today;
} spellings[] = {
    {"full", spell_full, false, false},
    {"small letters", spell_lower, false, false},
    {"capitals", spell_upper, false, false},
    {"without marks", spell_bare, false, false},
    {"without marks, capitals", spell_bare_upper, false, false},
    {"decomposed (NFD)", spell_nfd, false, false},
    {"without commas", spell_no_commas, false, false},
    {"abbreviated", spell_short, false, false},
    {"abbreviated, no spaces", spell_tight, false, false},
    {"abbreviated, without marks", spell_short_bare, false, false},
    {"dashes and spaces", spell_dashes, false, false},
    {"from large to small", spell_reversed, false, false},
    {"English", spell_english, false, false},
    {"delivery note", spell_delivery, false, false},
    {"province missing", spell_no_province, false, false},
    {"numbers with zeros", spell_zeros, false, false},
    {"Roman numbers", spell_roman, false, false},
    {"raw Telex", spell_telex, false, false},
    {"district missing", spell_no_district, true, false},
    {"no district, new province", spell_new_province, true, true},
    {"ward alone", spell_ward_alone, true, false},
};
#define N_SPELLINGS (sizeof spellings / sizeof *spellings)

/* ---- judging ---- */

typedef enum outcome { RIGHT, ASKED, NONE, WRONG, N_OUTCOMES } outcome;

typedef struct column {
    noi_buf bytes;
    int32_t *offsets;
} column;

static bool has_code(const truth *t, const noi_plan *plan, uint16_t unit) {
    char code[8];
    noi_code_format(code, plan->units[unit].code);
    for (int i = 0; i < t->n_targets; i++)
        if (strcmp(t->target[i], code) == 0)
            return true;
    return false;
}

static bool names_all(const truth *t, const noi_plan *plan, const noi_verdict *v) {
    for (int i = 0; i < t->n_targets; i++) {
        bool found = false;
        for (int j = 0; j < v->n_candidates && !found; j++) {
            char code[8];
            found = strcmp(noi_code_format(code, plan->units[v->candidates[j]].code), t->target[i]) == 0;
        }
        if (!found)
            return false;
    }
    return true;
}

static outcome outcome_of(const truth *t, const noi_plan *plan, const noi_verdict *v) {
    if (v->status == NOI_ASSIGNED)
        return t->n_targets == 1 && has_code(t, plan, v->new_unit) ? RIGHT : WRONG;
    if (v->status == NOI_UNPLACED || v->n_candidates == 0 || (v->warnings & NOI_WARN_MORE_CANDIDATES))
        return NONE;
    if (!names_all(t, plan, v))
        return WRONG;
    return t->n_targets > 1 ? RIGHT : ASKED;
}

/* How many wrong answers are shown. */
static int to_show = 80;

static noi_status judge(size_t counts[N_OUTCOMES], const truths *all, bool whole, size_t spelling,
                        const noi_plan *plan) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    NOI_AUTO_FREE int32_t *offsets = noi_alloc_zero(all->n + 1, sizeof *offsets);
    NOI_AUTO_FREE const truth **asked = noi_alloc((all->n + 1) * sizeof *asked);
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        const truth *t = &all->items[i];
        if (t->whole != whole || t->n_targets == 0 ||
            (spellings[spelling].is_of_today && t->is_name_of_today))
            continue;
        spelled s;
        spellings[spelling].spell(&s, t);
        noi_buf_add_str(&bytes, s.text);
        asked[n++] = t;
        offsets[n] = (int32_t)bytes.n;
    }
    NOI_AUTO_FREE noi_verdict *v = noi_alloc_zero(n + 1, sizeof *v);
    const noi_records records = {
        .n = n, .text = {offsets, bytes.p}, .as_of = INT32_MIN, .default_error_m = 50};
    NOI_TRY(noi_judge(v, plan, &records));
    for (size_t i = 0; i < n; i++) {
        outcome o = outcome_of(asked[i], plan, &v[i]);
        counts[o]++;
        bool bad = o == WRONG || (o != RIGHT && !spellings[spelling].may_ask);
        if (bad && to_show-- > 0)
            fprintf(stderr, "%s: %.*s (%s)\n", o == WRONG ? "wrong" : o == ASKED ? "asked" : "none",
                    (int)(offsets[i + 1] - offsets[i]), bytes.p + offsets[i], asked[i]->code);
    }
    return NOI_OK;
}

static noi_status table(size_t total[N_OUTCOMES], const char *title, const truths *all, bool whole,
                        const noi_plan *plan) {
    printf("\n%s\n  %-28s %7s %7s %7s %7s\n", title, "", "right", "asked", "none", "wrong");
    for (size_t s = 0; s < N_SPELLINGS; s++) {
        size_t counts[N_OUTCOMES] = {0};
        NOI_TRY(judge(counts, all, whole, s, plan));
        printf("  %-28s %7zu %7zu %7zu %7zu\n", spellings[s].name, counts[RIGHT], counts[ASKED],
               counts[NONE], counts[WRONG]);
        for (int o = 0; o < N_OUTCOMES; o++)
            total[o] += counts[o];
    }
    return NOI_OK;
}

/* ---- typing errors ------------------------------------------------------------------------- */

typedef struct letters {
    int32_t at[64];
    size_t n;
} letters;

static letters letters_of(const char *text) {
    letters l = {.n = 0};
    size_t n = strlen(text);
    for (size_t i = 0; i < n && l.n < 60;) {
        int32_t point;
        utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)text + i,
                                                  (utf8proc_ssize_t)(n - i), &point);
        if (taken <= 0)
            break;
        i += (size_t)taken;
        l.at[l.n++] = point;
    }
    return l;
}

static void text_of(char out[256], const letters *l) {
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++)
        n += (size_t)utf8proc_encode_char(l->at[i], (utf8proc_uint8_t *)out + n);
    out[n] = '\0';
}

/* The keys beside a key, and the letter itself without its marks. */
static int32_t beside(int32_t c, unsigned which) {
    static const char *const rows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
    int32_t low = utf8proc_tolower(c);
    for (size_t r = 0; r < 3 && low < 0x80; r++) {
        const char *found = strchr(rows[r], (int)low);
        if (found && *found)
            return which % 2 && found[1] ? found[1] : found > rows[r] ? found[-1] : found[1];
    }
    char text[8] = "";
    utf8proc_encode_char(low, (utf8proc_uint8_t *)text);
    rewrite(text, sizeof text, without_mark, UTF8PROC_DECOMPOSE);
    return (unsigned char)text[0];
}

enum { LEFT_OUT, TWICE, SWAPPED, BESIDE_LEFT, BESIDE_RIGHT, N_EDITS };

/* False when nothing would change. */
static bool edit(letters *l, size_t at, int how) {
    if (at >= l->n || l->at[at] == ' ' || (how == SWAPPED && (at + 1 >= l->n || l->at[at] == l->at[at + 1])))
        return false;
    int32_t c = l->at[at];
    switch (how) {
    case LEFT_OUT:
        memmove(l->at + at, l->at + at + 1, (--l->n - at) * sizeof *l->at);
        return true;
    case TWICE:
        memmove(l->at + at + 1, l->at + at, (l->n++ - at) * sizeof *l->at);
        return true;
    case SWAPPED:
        l->at[at] = l->at[at + 1];
        l->at[at + 1] = c;
        return true;
    default:
        l->at[at] = beside(c, how == BESIDE_RIGHT);
        return l->at[at] != c;
    }
}

/* Without marks, case, and doubled letters (which Telex takes for marks). */
static void skeleton(char out[512], const char *name) {
    size_t n = noi_text_fold(out, noi_str_of(name), NOI_FOLD_BARE), to = 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || out[i] != out[i - 1])
            out[to++] = out[i];
    out[to] = '\0';
}

/* Somebody may have meant the unit that is really called so. */
static bool is_anothers_name(const truths *all, const truths *today, const truth *t, const char *name) {
    char written[512], other[512];
    skeleton(written, name);
    for (size_t i = 0; i < all->n; i++) {
        if (&all->items[i] == t || strcmp(all->items[i].district, t->district) != 0)
            continue;
        skeleton(other, all->items[i].name);
        if (strcmp(written, other) == 0)
            return true;
    }
    for (size_t i = 0; i < today->n; i++) {
        skeleton(other, today->items[i].name);
        if (strcmp(written, other) == 0)
            return true;
    }
    return false;
}

static noi_status judge_name(size_t counts[N_OUTCOMES], const truths *all, const truths *today,
                             const truth *t,
                             const letters *l, const noi_plan *plan) {
    char name[256], kind[32], text[1024];
    text_of(name, l);
    if (is_anothers_name(all, today, t, name))
        return NOI_OK;
    capital(kind, t->kind);
    int n = snprintf(text, sizeof text, "12/3 Nguyễn Trãi, %s %s, %s %s, %s", kind, name,
                     t->district_kind, t->district, t->province);
    const int32_t offsets[2] = {0, n};
    const noi_records one = {
        .n = 1, .text = {offsets, text}, .as_of = INT32_MIN, .default_error_m = 50};
    noi_verdict v;
    NOI_TRY(noi_judge(&v, plan, &one));
    outcome o = outcome_of(t, plan, &v);
    /* Asked for another ward of the district is asked all the same: a person sees the text. */
    if (o == WRONG && v.status != NOI_ASSIGNED)
        o = ASKED;
    counts[o]++;
    if (o == WRONG && to_show-- > 0)
        fprintf(stderr, "wrong: %s (%s)\n", text, t->code);
    return NOI_OK;
}

/* Every single error in every name that is no number, and a hundred pairs of errors for each. */
static noi_status judge_typing(size_t total[N_OUTCOMES], const truths *all, const char *units_of_today,
                               const noi_plan *plan) {
    size_t one[N_OUTCOMES] = {0}, two[N_OUTCOMES] = {0};
    unsigned seed = 1;
    truths of_today = {0}, *today = &of_today;
    NOI_TRY(load_units(today, units_of_today));
    for (size_t i = 0; i < all->n; i++) {
        const truth *t = &all->items[i];
        const letters right = letters_of(t->name);
        if (t->n_targets == 0 || is_number(t->name))
            continue;
        for (size_t at = 0; at < right.n; at++)
            for (int how = 0; how < N_EDITS; how++) {
                letters l = right;
                if (edit(&l, at, how))
                    NOI_TRY(judge_name(one, all, today, t, &l, plan));
            }
        for (int k = 0; k < 100; k++) {
            letters l = right;
            bool changed = true;
            for (int e = 0; e < 2; e++) {
                seed = seed * 1664525u + 1013904223u;
                changed = edit(&l, (seed >> 8) % right.n, (int)((seed >> 20) % N_EDITS)) && changed;
            }
            if (changed)
                NOI_TRY(judge_name(two, all, today, t, &l, plan));
        }
    }
    printf("\nTyping errors in the ward's name, keyboard neighbours and lost marks\n"
           "  %-28s %7s %7s %7s %7s\n", "", "right", "asked", "none", "wrong");
    printf("  %-28s %7zu %7zu %7zu %7zu\n", "every single one", one[RIGHT], one[ASKED], one[NONE],
           one[WRONG]);
    printf("  %-28s %7zu %7zu %7zu %7zu\n", "a hundred pairs a name", two[RIGHT], two[ASKED],
           two[NONE], two[WRONG]);
    total[WRONG] += one[WRONG]; /* of pairs no reader can promise it */
    free(of_today.items);
    return NOI_OK;
}

/* ---- located addresses --------------------------------------------------------------------- */

/* Real addresses with the units in which their points lie. A point is no truth: it is off by tens of
 * metres and the map contradicts the law in places; what differs is for people to look at. */
static noi_status judge_points(const noi_plan *plan) {
    const char *shared = getenv("NOI_SHARED");
    NOI_AUTO_FREE char *path =
        noi_format("%s/addresses/cityscope_poi_hcmc_2021.csv", shared ? shared : "../shared");
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    if (noi_csv_open(&csv, path) != NOI_OK) {
        printf("\nSKIPPED LOUDLY: %s is absent\n", path);
        noi_error_clear();
        return NOI_OK;
    }
    size_t agree = 0, differ = 0, asked = 0, missed = 0, none = 0;
    for (noi_csv_row row; noi_csv_next(&row, csv);) {
        noi_str text = field(csv, &row, "address_en_style"), code = field(csv, &row, "pip_new_code");
        const int32_t offsets[2] = {0, (int32_t)text.n};
        const noi_records one = {
            .n = 1, .text = {offsets, text.p}, .as_of = INT32_MIN, .default_error_m = 50};
        noi_verdict v;
        truth t = {.n_targets = 1};
        copy(t.target[0], sizeof t.target[0], code);
        NOI_TRY(noi_judge(&v, plan, &one));
        bool same = v.status == NOI_ASSIGNED && has_code(&t, plan, v.new_unit);
        agree += same;
        differ += v.status == NOI_ASSIGNED && !same;
        none += v.status != NOI_ASSIGNED && v.n_candidates == 0;
        bool among = v.status != NOI_ASSIGNED && v.n_candidates && names_all(&t, plan, &v);
        asked += among;
        missed += v.status != NOI_ASSIGNED && v.n_candidates && !among;
        if (v.status == NOI_ASSIGNED && !same && getenv("NOI_SHOW_POINTS"))
            fprintf(stderr, "point in %.*s: %.*s\n", NOI_STR_ARG(code), NOI_STR_ARG(text));
    }
    printf("\nLocated addresses of 2021, text against the unit around the point\n"
           "  the same %zu, another %zu, asked with it %zu, asked without it %zu, no candidate %zu\n",
           agree, differ, asked, missed, none);
    return NOI_OK;
}

static noi_status run(size_t total[N_OUTCOMES]) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    truths city = {0}, hanoi = {0}, former = {0};
    NOI_TRY(noi_compile_builtin(&bytes));
    NOI_TRY(noi_plan_attach(&plan, bytes.p, bytes.n));
    NOI_TRY(load_units(&city, DATA "units_old.csv"));
    NOI_TRY(load_edges(&city, DATA "crosswalk.csv"));
    NOI_TRY(load_units(&hanoi, DATA "units_old_hanoi.csv"));
    NOI_TRY(load_edges(&hanoi, DATA "crosswalk_hanoi.csv"));
    NOI_TRY(load_former(&former));
    NOI_TRY(load_names_of_today(&city, DATA "units_new.csv"));
    NOI_TRY(load_names_of_today(&hanoi, DATA "units_new_hanoi.csv"));
    NOI_TRY(load_names_of_today(&former, DATA "units_new.csv"));
    NOI_TRY(table(total, "Merged city, whole units", &city, true, plan));
    NOI_TRY(table(total, "Merged city, split units", &city, false, plan));
    NOI_TRY(table(total, "Hanoi, whole units", &hanoi, true, plan));
    NOI_TRY(table(total, "Hanoi, split units", &hanoi, false, plan));
    NOI_TRY(table(total, "Wards that ended in 2024, one successor", &former, true, plan));
    NOI_TRY(table(total, "Wards that ended in 2024, several successors", &former, false, plan));
    NOI_TRY(judge_typing(total, &city, DATA "units_new.csv", plan));
    NOI_TRY(judge_typing(total, &hanoi, DATA "units_new_hanoi.csv", plan));
    NOI_TRY(judge_points(plan));
    free(city.items);
    free(hanoi.items);
    free(former.items);
    noi_plan_close(plan);
    return NOI_OK;
}

int main(void) {
    size_t total[N_OUTCOMES] = {0};
    if (run(total) != NOI_OK) {
        fprintf(stderr, "accuracy: %s\n", noi_error_message());
        return 3;
    }
    printf("\n{\"right\":%zu,\"asked\":%zu,\"none\":%zu,\"wrong\":%zu}\n", total[RIGHT], total[ASKED],
           total[NONE], total[WRONG]);
    return total[WRONG] > 0;
}
