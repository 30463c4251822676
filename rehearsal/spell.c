/* spell.c: spellings are lists made once per unit; writing picks one of each. See spell.h. */
#include "rehearsal/spell.h"

#include <string.h>

#define FORMS 8

/* Ways to write one unit. */
typedef struct forms {
    noi_str form[FORMS];
    uint32_t n;
} forms;

struct noi_spelling {
    const noi_tables *tables;
    noi_arena *arena;
    forms *wards;     /* of each old unit */
    forms *districts; /* of each district */
    forms *new_units;
    forms *former;
    forms provinces[4]; /* 79, 74, 77, 01 */
};

static void add_form(forms *to, noi_arena *arena, const char *format, noi_str name) {
    char *text = noi_arena_format(arena, format, NOI_STR_ARG(name));
    if (to->n < FORMS)
        to->form[to->n++] = (noi_str){text, strlen(text)};
}

static void add_forms(forms *to, noi_arena *arena, const char *const *formats, noi_str name) {
    for (; *formats; formats++)
        add_form(to, arena, *formats, name);
}

static bool is_number(noi_str name) {
    return name.n && name.p[0] >= '0' && name.p[0] <= '9';
}

static const char *const numbered_ward[] = {"Phường %.*s", "Phường %.*s", "P.%.*s", "P. %.*s",
                                            "P%.*s",       "phường %.*s", "F%.*s",  NULL};
static const char *const named_ward[] = {"Phường %.*s", "Phường %.*s", "P. %.*s", "P.%.*s",
                                         "phường %.*s", "P %.*s",      NULL};
static const char *const commune[] = {"Xã %.*s", "Xã %.*s", "xã %.*s", "X. %.*s", "X.%.*s", NULL};
static const char *const town[] = {"Thị trấn %.*s", "TT. %.*s", "TT %.*s", "thị trấn %.*s", NULL};
static const char *const zone[] = {"Đặc khu %.*s", "đặc khu %.*s", NULL};
static const char *const numbered_quan[] = {"Quận %.*s", "Quận %.*s", "Q.%.*s", "Q. %.*s",
                                            "Q%.*s",     "quận %.*s", NULL};
static const char *const named_quan[] = {"Quận %.*s", "Quận %.*s", "Q. %.*s",
                                         "Q.%.*s",    "quận %.*s", NULL};
static const char *const huyen[] = {"Huyện %.*s", "Huyện %.*s", "huyện %.*s",
                                    "H. %.*s",    "H.%.*s",     NULL};
static const char *const thi_xa[] = {"Thị xã %.*s", "thị xã %.*s", "TX. %.*s", "TX %.*s", NULL};
static const char *const city[] = {"Thành phố %.*s", "TP. %.*s", "TP %.*s",
                                   "Tp. %.*s",       "TP.%.*s",  NULL};

static const char *const *formats_of(noi_str kind, noi_str name) {
    if (noi_str_is(kind, "phường"))
        return is_number(name) ? numbered_ward : named_ward;
    if (noi_str_is(kind, "xã"))
        return commune;
    if (noi_str_is(kind, "thị trấn"))
        return town;
    if (noi_str_is(kind, "đặc khu"))
        return zone;
    if (noi_str_is(kind, "quận"))
        return is_number(name) ? numbered_quan : named_quan;
    if (noi_str_is(kind, "thị xã"))
        return thi_xa;
    return noi_str_is(kind, "huyện") ? huyen : city;
}

static void add_provinces(noi_spelling *s) {
    static const char *const names[4][FORMS] = {
        {"TP. Hồ Chí Minh", "Thành phố Hồ Chí Minh", "TP.HCM", "TP HCM", "Tp. Hồ Chí Minh", "TPHCM",
         "Hồ Chí Minh", NULL},
        {"Tỉnh Bình Dương", "Bình Dương", "tỉnh Bình Dương", NULL},
        {"Tỉnh Bà Rịa - Vũng Tàu", "Bà Rịa - Vũng Tàu", "tỉnh Bà Rịa-Vũng Tàu", "BR-VT", NULL},
        {"TP. Hà Nội", "Thành phố Hà Nội", "TP Hà Nội", "Tp. Hà Nội", "Hà Nội", NULL}};
    for (int p = 0; p < 4; p++)
        for (int i = 0; names[p][i]; i++)
            s->provinces[p].form[s->provinces[p].n++] = noi_str_of(names[p][i]);
}

noi_spelling *noi_spelling_new(const noi_tables *tables) {
    noi_spelling *s = noi_alloc_zero(1, sizeof *s);
    s->tables = tables;
    s->arena = noi_arena_new();
    s->wards = noi_alloc_zero(tables->n_old, sizeof *s->wards);
    s->districts = noi_alloc_zero(tables->n_districts, sizeof *s->districts);
    s->new_units = noi_alloc_zero(tables->n_new, sizeof *s->new_units);
    s->former = noi_alloc_zero(tables->n_former, sizeof *s->former);
    for (size_t i = 0; i < tables->n_old; i++) {
        const noi_old_unit *u = &tables->old_units[i];
        if (!noi_str_is(u->kind, "huyện"))
            add_forms(&s->wards[i], s->arena, formats_of(u->kind, u->name), u->name);
        if (is_number(u->name) && u->name.n == 1)
            add_form(&s->wards[i], s->arena, "Phường 0%.*s", u->name);
    }
    for (size_t i = 0; i < tables->n_districts; i++) {
        const noi_street_district *d = &tables->districts[i];
        add_forms(&s->districts[i], s->arena, formats_of(d->kind, d->name), d->name);
    }
    for (size_t i = 0; i < tables->n_new; i++) {
        const noi_new_unit *u = &tables->new_units[i];
        add_forms(&s->new_units[i], s->arena, formats_of(u->kind, u->name), u->name);
    }
    for (size_t i = 0; i < tables->n_former; i++) {
        const noi_former_unit *u = &tables->former[i];
        add_forms(&s->former[i], s->arena, formats_of(u->kind, u->name), u->name);
    }
    add_provinces(s);
    return s;
}

void noi_spelling_free(noi_spelling *spelling) {
    if (!spelling)
        return;
    free(spelling->wards);
    free(spelling->districts);
    free(spelling->new_units);
    free(spelling->former);
    noi_arena_free(spelling->arena);
    free(spelling);
}

static void add(noi_buf *out, noi_str text) {
    noi_buf_add(out, text.p, text.n);
}

static void add_number(noi_buf *out, uint32_t value) {
    char digits[10];
    size_t n = sizeof digits;
    do {
        digits[--n] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    noi_buf_add(out, digits + n, sizeof digits - n);
}

static void add_one_of(noi_buf *out, const forms *of, noi_random *random) {
    if (of->n)
        add(out, of->form[noi_random_below(random, of->n)]);
}

/* "128", "12A", "45/7", "45/7/12". */
static void add_house(noi_buf *out, noi_random *random) {
    uint32_t draw = noi_random_below(random, 100);
    if (draw < 15)
        add(out, NOI_STR("Số "));
    add_number(out, 1 + noi_random_below(random, draw < 60 ? 300 : 999));
    if (draw >= 60 && draw < 66)
        noi_buf_add_char(out, (char)('A' + noi_random_below(random, 4)));
    for (uint32_t deep = draw < 66 ? 0 : draw < 88 ? 1 : 2; deep; deep--) {
        noi_buf_add_char(out, '/');
        add_number(out, 1 + noi_random_below(random, 60));
    }
}

static void add_street(noi_buf *out, const noi_spelling *s, uint32_t district, noi_random *random) {
    const noi_street_district *d = &s->tables->districts[district];
    noi_str street = s->tables->streets[d->first_street + noi_random_below(random, d->n_streets)];
    if (is_number(street))
        add(out, NOI_STR("Đường số "));
    else if (noi_random_below(random, 100) < 25)
        add(out, NOI_STR("đường "));
    add(out, street);
}

void noi_spell_street(noi_buf *out, const noi_spelling *spelling, uint32_t district, bool rural,
                      noi_random *random) {
    uint32_t draw = noi_random_below(random, 100);
    if (rural && draw < 40) {
        add(out, NOI_STR("Tổ "));
        add_number(out, 1 + noi_random_below(random, 20));
        add(out, NOI_STR(", ấp "));
        add_number(out, 1 + noi_random_below(random, 8));
        add(out, NOI_STR(", "));
        return;
    }
    add_house(out, random);
    noi_buf_add_char(out, ' ');
    add_street(out, spelling, district, random);
    add(out, NOI_STR(", "));
    if (draw < 88)
        return;
    add(out, rural ? NOI_STR("ấp ") : NOI_STR("khu phố "));
    add_number(out, 1 + noi_random_below(random, 9));
    add(out, NOI_STR(", "));
}

void noi_spell_sided_street(noi_buf *out, bool odd, noi_random *random) {
    uint32_t draw = noi_random_below(random, 100);
    if (draw < 15)
        add(out, NOI_STR("Số "));
    add_number(out, 2 * (1 + noi_random_below(random, 400)) - odd);
    if (draw >= 90)
        noi_buf_add_char(out, (char)('A' + noi_random_below(random, 4)));
    add(out, draw % 2 ? NOI_STR(" đường Hai Bên Ranh, ") : NOI_STR(" Hai Bên Ranh, "));
}

static const forms *province_of(const noi_spelling *s, noi_str code) {
    static const char *const codes[] = {"79", "74", "77", "01"};
    size_t p = 0;
    while (p < 3 && !noi_str_is(code, codes[p]))
        p++;
    return &s->provinces[p];
}

static void add_part(noi_buf *out, size_t begin, const forms *of, noi_random *random) {
    if (of->n == 0)
        return;
    if (out->n > begin)
        add(out, NOI_STR(", "));
    add_one_of(out, of, random);
}

void noi_spell_tail(noi_buf *out, const noi_spelling *spelling, uint32_t old_unit, noi_tail parts,
                    noi_random *random) {
    const noi_old_unit *u = &spelling->tables->old_units[old_unit];
    size_t begin = out->n;
    if (parts & NOI_TAIL_WARD)
        add_part(out, begin, &spelling->wards[old_unit], random);
    if (parts & NOI_TAIL_DISTRICT)
        add_part(out, begin, &spelling->districts[u->district], random);
    if ((parts & NOI_TAIL_PROVINCE) && noi_random_below(random, 100) < 80)
        add_part(out, begin, province_of(spelling, u->province_code), random);
}

void noi_spell_new_tail(noi_buf *out, const noi_spelling *spelling, uint32_t new_unit,
                        noi_random *random) {
    add_one_of(out, &spelling->new_units[new_unit], random);
    add(out, NOI_STR(", "));
    add_one_of(out, &spelling->provinces[spelling->tables->world == NOI_WORLD_HANOI ? 3 : 0], random);
}

void noi_spell_former_tail(noi_buf *out, const noi_spelling *spelling, uint32_t former,
                           noi_random *random) {
    const noi_former_unit *u = &spelling->tables->former[former];
    add_one_of(out, &spelling->former[former], random);
    add(out, NOI_STR(", "));
    add_one_of(out, &spelling->districts[u->district], random);
    add(out, NOI_STR(", "));
    noi_str province = spelling->tables->districts[u->district].province_code;
    add_one_of(out, province_of(spelling, province), random);
}

/* Leaves out one plain consonant that is neither the first nor the last letter of its word. */
static void add_with_typo(noi_buf *out, noi_str name, noi_random *random) {
    size_t choices[32], n = 0;
    for (size_t i = 1; i + 1 < name.n && n < 32; i++)
        if (strchr("ngthcr", name.p[i]) && name.p[i] && name.p[i - 1] != ' ' &&
            name.p[i + 1] != ' ')
            choices[n++] = i;
    size_t skip = n ? choices[noi_random_below(random, (uint32_t)n)] : name.n;
    for (size_t i = 0; i < name.n; i++)
        if (i != skip)
            noi_buf_add_char(out, name.p[i]);
}

void noi_spell_typo_tail(noi_buf *out, const noi_spelling *spelling, uint32_t old_unit,
                         noi_random *random) {
    const noi_old_unit *u = &spelling->tables->old_units[old_unit];
    add(out, noi_str_is(u->kind, "xã") ? NOI_STR("Xã ") : NOI_STR("Phường "));
    add_with_typo(out, u->name, random);
    add(out, NOI_STR(", "));
    noi_spell_tail(out, spelling, old_unit, NOI_TAIL_DISTRICT | NOI_TAIL_PROVINCE, random);
}
