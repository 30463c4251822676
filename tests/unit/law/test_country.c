/*
 * Plan: a property over the whole country, without any text of a law. For each of the 34
 * resolutions a law is drawn at random from the units of its provinces: whole units, units split in
 * two or three with every measure, brackets behind homonyms. It must be proved, and give exactly
 * the edges that were drawn: no name of the country, and no set of provinces, may trip the reader.
 */
#include "decrees.h"
#include "law/lists.h"

#define MAX_GROUPS 256
#define MAX_OPS    2048

typedef enum measure { WHOLE, BOTH, AREA, ALL_PEOPLE, REST, N_MEASURES } measure;

static const char *const measure_words[N_MEASURES] = {
    "toàn bộ diện tích tự nhiên, quy mô dân số của ",
    "một phần diện tích tự nhiên, quy mô dân số của ", "một phần diện tích tự nhiên của ",
    "một phần diện tích tự nhiên, toàn bộ quy mô dân số của ", "phần còn lại của "};

typedef struct op {
    uint32_t old_unit;
    size_t group;
    measure measure;
    int refs[2];
    size_t n_refs;
    noi_scope scope;
    bool found;
} op;

typedef struct drawing {
    const country *c;
    uint32_t seed;
    const char *resolution;
    noi_code provinces[8];
    size_t n_provinces;
    uint32_t groups[MAX_GROUPS]; /* new units */
    size_t n_groups;
    uint32_t olds[MAX_OPS];
    size_t n_olds;
    op ops[MAX_OPS];
    size_t n_ops;
    noi_buf text;
} drawing;

static size_t draw_below(drawing *d, size_t n) {
    d->seed = d->seed * 1664525u + 1013904223u;
    return (d->seed >> 8) % n;
}

static bool is_concerned(const drawing *d, const noi_law_unit *unit) {
    for (size_t i = 0; i < d->n_provinces; i++)
        if (d->provinces[i] == unit->province_code)
            return true;
    return false;
}

/* The old provinces: those that five or more of the new codes come from. */
static void find_provinces(drawing *d) {
    const noi_law_list *olds = &d->c->old_list, *news = &d->c->new_list;
    for (size_t i = 0; i < olds->n;) {
        noi_code province = olds->units[i].province_code;
        size_t shared = 0;
        for (; i < olds->n && olds->units[i].province_code == province; i++)
            for (size_t k = 0; k < d->n_groups; k++)
                shared += news->units[d->groups[k]].code == olds->units[i].code;
        if (shared >= 5)
            d->provinces[d->n_provinces++] = province;
    }
    for (uint32_t i = 0; i < olds->n; i++)
        if (is_concerned(d, &olds->units[i]))
            d->olds[d->n_olds++] = i;
    for (size_t i = d->n_olds; i > 1; i--) {
        size_t k = draw_below(d, i);
        uint32_t swap = d->olds[k];
        d->olds[k] = d->olds[i - 1];
        d->olds[i - 1] = swap;
    }
}

static op *add_op(drawing *d, uint32_t old_unit, size_t group, measure m, noi_scope scope) {
    assert_true(d->n_ops < MAX_OPS);
    d->ops[d->n_ops] = (op){.old_unit = old_unit, .group = group, .measure = m, .scope = scope};
    return &d->ops[d->n_ops++];
}

static bool goes_on(const drawing *d, uint32_t old_unit, size_t group) {
    const noi_law_unit *a = &d->c->old_list.units[old_unit];
    const noi_law_unit *b = &d->c->new_list.units[d->groups[group]];
    return a->code == b->code && strcmp(a->kind, b->kind) == 0 &&
           noi_str_eq(d->c->lists->old_units.entries[old_unit].fine,
                      d->c->lists->new_units.entries[d->groups[group]].fine);
}

/* A unit in two or three: parts in earlier clauses, the remainder in a later one. */
static void split(drawing *d, uint32_t old_unit) {
    static const noi_scope part_scopes[] = {[BOTH] = NOI_SCOPE_AREA_POPULATION,
                                            [AREA] = NOI_SCOPE_AREA_ONLY,
                                            [ALL_PEOPLE] = NOI_SCOPE_PART_AREA_ALL_POPULATION};
    measure m = (measure)(BOTH + draw_below(d, 3));
    size_t n_parts = 1 + draw_below(d, 2), at = draw_below(d, d->n_groups - 3);
    noi_scope rest = NOI_SCOPE_AREA_POPULATION;
    if (m == ALL_PEOPLE)
        rest = NOI_SCOPE_AREA_ONLY;
    if (m == AREA && !goes_on(d, old_unit, at + n_parts))
        rest = NOI_SCOPE_PART_AREA_ALL_POPULATION;
    for (size_t i = 0; i < n_parts; i++) {
        measure own = i && m == ALL_PEOPLE ? AREA : m;
        add_op(d, old_unit, at + i, own, part_scopes[own]);
    }
    op *last = add_op(d, old_unit, at + n_parts, REST, rest);
    last->n_refs = n_parts;
    for (size_t i = 0; i < n_parts; i++)
        last->refs[i] = (int)(at + i + 1);
}

static void draw_ops(drawing *d) {
    size_t n_split = d->n_olds / 8 < 15 ? d->n_olds / 8 : 15;
    for (size_t i = 0; i < d->n_olds; i++) {
        if (i >= d->n_olds - n_split)
            split(d, d->olds[i]);
        else
            add_op(d, d->olds[i], i < d->n_groups ? i : draw_below(d, d->n_groups), WHOLE,
                   NOI_SCOPE_ALL);
    }
}

/* ---- writing it down ------------------------------------------------------------------------ */

static bool has_homonym(const drawing *d, uint32_t unit) {
    const law_index *index = &d->c->lists->old_units;
    size_t n = 0;
    for (uint32_t u = noi_law_chain(index, index->entries[unit].hash); u != LAW_NO_UNIT;
         u = index->entries[u].next)
        n += index->entries[u].hash == index->entries[unit].hash &&
             index->entries[u].kind == index->entries[unit].kind &&
             is_concerned(d, &index->units[u]);
    return n > 1;
}

static void write_unit(drawing *d, uint32_t unit) {
    const noi_law_unit *u = &d->c->old_list.units[unit];
    noi_buf_printf(&d->text, "%s %s", u->kind, u->name);
    if (has_homonym(d, unit))
        noi_buf_printf(&d->text, " (%s %s, %s)", u->district_kind, u->district_name,
                       u->province_name);
}

static void write_group(drawing *d, size_t group) {
    const noi_law_unit *to = &d->c->new_list.units[d->groups[group]];
    noi_buf_printf(&d->text, "%zu\\. Sắp xếp ", group + 1);
    bool any = false;
    for (measure m = WHOLE; m < N_MEASURES; m++) {
        bool first = true;
        for (size_t i = 0; i < d->n_ops; i++) {
            const op *o = &d->ops[i];
            if (o->group != group || o->measure != m)
                continue;
            noi_buf_printf(&d->text, "%s%s", any ? ", " : "",
                           first || m == REST ? measure_words[m] : "");
            write_unit(d, o->old_unit);
            any = true;
            first = false;
            for (size_t k = 0; k < o->n_refs; k++)
                noi_buf_printf(&d->text, "%s khoản %d",
                               k ? "," : " sau khi sắp xếp theo quy định tại", o->refs[k]);
            if (o->n_refs)
                noi_buf_add_str(&d->text, " Điều này");
        }
    }
    noi_buf_printf(&d->text, " thành %s mới có tên gọi là **%s %s**.\n\n", to->kind, to->kind,
                   to->name);
}

static void write_law(drawing *d) {
    noi_buf_printf(&d->text,
                   "Số: %s\n\n**Điều 1. Sắp xếp các đơn vị hành chính cấp xã của %s**\n\n",
                   d->resolution, d->c->new_list.units[d->groups[0]].province_name);
    for (size_t i = 0; i < d->n_groups; i++)
        write_group(d, i);
    noi_buf_printf(
        &d->text,
        "%zu\\. Sau khi sắp xếp, tỉnh có %zu đơn vị hành chính cấp xã.\n\n**Điều 2. Hiệu "
        "lực**\n\nhoạt động từ ngày 01 tháng 7 năm 2025.\n",
        d->n_groups + 1, d->n_groups);
}

/* ---- and reading it back -------------------------------------------------------------------- */

static void expect_edge(drawing *d, const noi_law_edge *edge) {
    for (size_t i = 0; i < d->n_ops; i++) {
        op *o = &d->ops[i];
        if (o->found || o->old_unit != edge->old_unit || d->groups[o->group] != edge->new_unit ||
            o->scope != edge->scope || atoi(edge->clause) != (int)o->group + 1)
            continue;
        noi_part part = o->measure == WHOLE  ? NOI_PART_WHOLE
                        : o->measure == REST ? NOI_PART_REMAINDER
                                             : NOI_PART_PART;
        assert_int_equal(edge->part, part);
        o->found = true;
        return;
    }
    fail_msg("%s: %s %s by clause %s was not drawn so", d->resolution,
             d->c->old_list.units[edge->old_unit].name, noi_scope_key(edge->scope), edge->clause);
}

static void read_back(drawing *d) {
    noi_law *law = NULL;
    assert_int_equal(noi_law_compile_with(&law, d->c->lists, d->resolution, noi_buf_view(&d->text)),
                     NOI_OK);
    for (size_t i = 0; i < law->n_findings; i++)
        if (law->findings[i].severity == NOI_LAW_ERROR)
            fail_msg("%s: %s", d->resolution, law->findings[i].message);
    assert_true(law->proved);
    assert_int_equal(law->n_edges, d->n_ops);
    assert_int_equal(law->n_old, d->n_olds);
    assert_int_equal(law->n_provinces, d->n_provinces);
    for (size_t i = 0; i < law->n_edges; i++)
        expect_edge(d, &law->edges[i]);
    noi_law_free(law);
}

static void any_province_comes_back(void **state) {
    (void)state;
    country c;
    open_country(&c);
    size_t n_laws = 0;
    for (uint32_t i = 0; i < c.new_list.n; i++) {
        const char *resolution = c.new_list.units[i].resolution;
        if (i && strcmp(resolution, c.new_list.units[i - 1].resolution) == 0)
            continue;
        static drawing d;
        d = (drawing){.c = &c, .seed = 2025 + i, .resolution = resolution};
        for (uint32_t k = 0; k < c.new_list.n; k++)
            if (strcmp(c.new_list.units[k].resolution, resolution) == 0)
                d.groups[d.n_groups++] = k;
        if (c.new_list.units[d.groups[0]].code != c.new_list.units[i].code)
            continue; /* the list is not in one piece; this resolution was drawn before */
        find_provinces(&d);
        draw_ops(&d);
        write_law(&d);
        read_back(&d);
        noi_buf_free(&d.text);
        n_laws++;
    }
    assert_int_equal(n_laws, 34);
    close_country(&c);
}

NOI_TEST_MAIN(cmocka_unit_test(any_province_comes_back))
