/*
 * gazetteer_build.c: compiles units into the block of gazetteer.h. Works in growing arrays, then
 * writes them one behind the other; the order of everything follows from the order of the units, so
 * the same units give the same bytes.
 */
#include "address/gazetteer.h"
#include "address/gazetteer_words.h"
#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

typedef struct entry {
    uint32_t node;
    noi_posting posting;
} entry;

typedef struct builder {
    noi_vocabulary_slot *vocabulary;
    uint32_t vocabulary_mask, n_words;
    noi_edge_slot *edges;
    uint32_t edge_mask;
    noi_node *nodes;
    size_t n_nodes, nodes_capacity;
    entry *entries;
    size_t n_entries, entries_capacity;
    uint32_t *marks;
    size_t n_marks, marks_capacity;
    noi_gazetteer_row *rows;
    noi_gazetteer_district *districts;
    size_t n_districts, districts_capacity;
    noi_gazetteer_province *provinces;
    const char **province_names; /* parallel, borrowed */
    size_t n_provinces;
} builder;

static void builder_free(builder *b) {
    free(b->vocabulary);
    free(b->edges);
    free(b->nodes);
    free(b->entries);
    free(b->marks);
    free(b->rows);
    free(b->districts);
    free(b->provinces);
    free(b->province_names);
}

/* ---- the tree of names --------------------------------------------------------------------- */

static uint32_t add_word(builder *b, uint64_t bare) {
    uint32_t i = noi_gazetteer_hash(bare);
    while (b->vocabulary[i & b->vocabulary_mask].bare != 0 &&
           b->vocabulary[i & b->vocabulary_mask].bare != bare)
        i++;
    noi_vocabulary_slot *slot = &b->vocabulary[i & b->vocabulary_mask];
    if (slot->bare == 0)
        *slot = (noi_vocabulary_slot){.bare = bare, .word = ++b->n_words};
    return slot->word;
}

static uint32_t add_edge(builder *b, uint32_t node, uint32_t word) {
    uint32_t i = noi_gazetteer_hash((uint64_t)node << 32 | word);
    while (b->edges[i & b->edge_mask].to != 0 &&
           (b->edges[i & b->edge_mask].node != node || b->edges[i & b->edge_mask].word != word))
        i++;
    noi_edge_slot *slot = &b->edges[i & b->edge_mask];
    if (slot->to == 0) {
        NOI_GROW(b->nodes, b->nodes_capacity, b->n_nodes + 1);
        b->nodes[b->n_nodes] = (noi_node){.depth = (uint8_t)(b->nodes[node].depth + 1)};
        *slot = (noi_edge_slot){.node = node, .word = word, .to = (uint32_t)b->n_nodes++};
    }
    return slot->to;
}

static uint32_t find_word(const builder *b, uint64_t bare) {
    for (uint32_t i = noi_gazetteer_hash(bare);; i++) {
        const noi_vocabulary_slot *slot = &b->vocabulary[i & b->vocabulary_mask];
        if (slot->bare == bare || slot->bare == 0)
            return slot->word;
    }
}

static uint32_t find_edge(const builder *b, uint32_t node, uint32_t word) {
    for (uint32_t i = noi_gazetteer_hash((uint64_t)node << 32 | word);; i++) {
        const noi_edge_slot *slot = &b->edges[i & b->edge_mask];
        if (slot->to == 0 || (slot->node == node && slot->word == word))
            return slot->to;
    }
}

/* Both tables anew, with that many slots each (powers of two). */
static void resize_tables(builder *b, uint32_t n_words, uint32_t n_edges) {
    noi_vocabulary_slot *words = noi_alloc_zero(n_words, sizeof *words);
    noi_edge_slot *edges = noi_alloc_zero(n_edges, sizeof *edges);
    for (uint32_t i = 0; b->vocabulary && i <= b->vocabulary_mask; i++) {
        uint32_t at = noi_gazetteer_hash(b->vocabulary[i].bare);
        while (b->vocabulary[i].bare != 0 && words[at & (n_words - 1)].bare != 0)
            at++;
        if (b->vocabulary[i].bare != 0)
            words[at & (n_words - 1)] = b->vocabulary[i];
    }
    for (uint32_t i = 0; b->edges && i <= b->edge_mask; i++) {
        uint32_t at = noi_gazetteer_hash((uint64_t)b->edges[i].node << 32 | b->edges[i].word);
        while (b->edges[i].to != 0 && edges[at & (n_edges - 1)].to != 0)
            at++;
        if (b->edges[i].to != 0)
            edges[at & (n_edges - 1)] = b->edges[i];
    }
    free(b->vocabulary);
    free(b->edges);
    b->vocabulary = words;
    b->edges = edges;
    b->vocabulary_mask = n_words - 1;
    b->edge_mask = n_edges - 1;
}

/* Makes room for one more name; the tables are never more than half full. */
static void make_room(builder *b) {
    uint32_t n_words = b->vocabulary ? b->vocabulary_mask + 1 : 1024;
    uint32_t n_edges = b->edges ? b->edge_mask + 1 : 1024;
    bool is_tight = 2 * (b->n_words + NOI_MAX_NAME_WORDS) >= n_words ||
                    2 * (b->n_nodes + NOI_MAX_NAME_WORDS) >= n_edges;
    if (b->vocabulary && !is_tight)
        return;
    if (2 * (b->n_words + NOI_MAX_NAME_WORDS) >= n_words)
        n_words *= 2;
    if (2 * (b->n_nodes + NOI_MAX_NAME_WORDS) >= n_edges)
        n_edges *= 2;
    resize_tables(b, n_words, n_edges);
}

static void begin(builder *b) {
    NOI_GROW(b->nodes, b->nodes_capacity, 1);
    b->nodes[0] = (noi_node){0};
    b->n_nodes = 1;
    make_room(b);
}

static bool has_posting(const builder *b, uint32_t node, const noi_posting *posting,
                        const noi_token *tokens, size_t n) {
    for (size_t i = b->n_entries; i-- > 0 && b->n_entries - i < 64;) {
        const noi_posting *other = &b->entries[i].posting;
        if (b->entries[i].node != node || other->id != posting->id ||
            other->level != posting->level || other->kind != posting->kind)
            continue;
        bool same = true;
        for (size_t k = 0; k < n; k++)
            same &= b->marks[other->marks + k] == tokens[k].marks;
        if (same)
            return true;
    }
    return false;
}

static void add_tokens(builder *b, const noi_token *tokens, size_t n, noi_posting posting) {
    if (n == 0 || n > NOI_MAX_NAME_WORDS)
        return;
    make_room(b);
    uint32_t node = 0;
    for (size_t i = 0; i < n; i++)
        node = add_edge(b, node, add_word(b, tokens[i].bare));
    if (has_posting(b, node, &posting, tokens, n))
        return;
    posting.marks = (uint32_t)b->n_marks;
    posting.n_words = (uint8_t)n;
    NOI_GROW(b->marks, b->marks_capacity, b->n_marks + n);
    for (size_t i = 0; i < n; i++)
        b->marks[b->n_marks++] = tokens[i].marks;
    NOI_GROW(b->entries, b->entries_capacity, b->n_entries + 1);
    b->entries[b->n_entries++] = (entry){.node = node, .posting = posting};
    b->nodes[node].levels |= (uint8_t)(1u << posting.level);
}

static void add_name(builder *b, const char *name, noi_posting posting) {
    noi_token tokens[NOI_MAX_TOKENS];
    bool late;
    add_tokens(b, tokens, noi_tokens_cut(tokens, &late, noi_str_of(name)), posting);
}

/* A name cut into its words, with their first letters. */
typedef struct name_words {
    noi_token tokens[NOI_MAX_TOKENS];
    size_t n;
    noi_buf joined, initials;
} name_words;

static void name_words_free(name_words *words) {
    noi_buf_free(&words->joined);
    noi_buf_free(&words->initials);
}

static size_t letter_length(const char *text) {
    size_t n = 1;
    while (((unsigned char)text[n] & 0xC0) == 0x80)
        n++;
    return n;
}

/* False for names of one word or with a number, which nobody shortens. */
static bool cut_name(name_words *out, const char *name) {
    bool late;
    out->n = noi_tokens_cut(out->tokens, &late, noi_str_of(name));
    if (out->n < 2 || out->n > NOI_MAX_NAME_WORDS)
        return false;
    for (size_t i = 0; i < out->n; i++) {
        const char *word = name + out->tokens[i].from;
        if (out->tokens[i].is_number)
            return false;
        noi_buf_add(&out->joined, word, out->tokens[i].to - out->tokens[i].from);
        noi_buf_add(&out->initials, word, letter_length(word));
    }
    return true;
}

/* "BìnhThạnh" for "Bình Thạnh": all letters in one word. */
static void add_joined(builder *b, const char *name, noi_posting posting) {
    NOI_AUTO(name_words_free) name_words words = {0};
    if (cut_name(&words, name))
        add_name(b, words.joined.p, posting);
}

/* "BT", "BThạnh" and "B.Thạnh" for "Bình Thạnh", behind a kind word only; "TPVT" for a city. */
static void add_initials(builder *b, const char *name, noi_posting posting) {
    NOI_AUTO(name_words_free) name_words words = {0};
    if (!cut_name(&words, name))
        return;
    if (posting.kind == NOI_KEY_CITY) {
        NOI_AUTO_FREE char *with_kind = noi_format("TP%s", words.initials.p);
        add_name(b, with_kind, posting);
    }
    posting.flags |= NOI_POSTING_INITIALS;
    add_name(b, words.initials.p, posting);
    if (words.n != 2)
        return;
    const char *last = name + words.tokens[1].from;
    int n = (int)letter_length(name + words.tokens[0].from);
    NOI_AUTO_FREE char *glued = noi_format("%.*s%s", n, name + words.tokens[0].from, last);
    NOI_AUTO_FREE char *dotted = noi_format("%.*s.%s", n, name + words.tokens[0].from, last);
    add_name(b, glued, posting);
    add_name(b, dotted, posting);
}

/* ---- units --------------------------------------------------------------------------------- */

static noi_keyword kind_of(const char *kind) {
    static const struct {
        const char *kind;
        noi_keyword keyword;
    } KINDS[] = {
        {"phường", NOI_KEY_WARD},     {"xã", NOI_KEY_COMMUNE},     {"thị trấn", NOI_KEY_TOWN},
        {"đặc khu", NOI_KEY_SPECIAL}, {"quận", NOI_KEY_DISTRICT},  {"huyện", NOI_KEY_COUNTY},
        {"thị xã", NOI_KEY_BOROUGH},  {"thành phố", NOI_KEY_CITY}, {"tỉnh", NOI_KEY_PROVINCE},
    };
    for (size_t i = 0; kind && i < sizeof KINDS / sizeof *KINDS; i++)
        if (noi_name_equal(noi_str_of(kind), noi_str_of(KINDS[i].kind)))
            return KINDS[i].keyword;
    return NOI_KEY_NONE;
}

/* The province's name behind "Thành phố" or "Tỉnh". */
static const char *without_kind(const char *name) {
    static const char *const KINDS[] = {"Thành phố ", "Tỉnh ", "thành phố ", "tỉnh ", "Thành Phố "};
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (strncmp(name, KINDS[i], strlen(KINDS[i])) == 0)
            return name + strlen(KINDS[i]);
    return name;
}

/* Lists of new units often give the province's code alone: the latest of that code is meant. */
static noi_status province_of(uint16_t *out, builder *b, noi_code code, const char *full_name) {
    const char *name = without_kind(full_name);
    for (size_t i = b->n_provinces; i-- > 0;)
        if (b->provinces[i].code == code &&
            (*name == '\0' || noi_name_equal(noi_str_of(b->province_names[i]), noi_str_of(name)))) {
            *out = (uint16_t)i;
            return NOI_OK;
        }
    if (b->n_provinces >= NOI_MAX_PROVINCES)
        return noi_fail(NOI_ERR_INPUT, _("the gazetteer has more than %d provinces"),
                        NOI_MAX_PROVINCES);
    size_t n = b->n_provinces + 1;
    b->provinces = noi_realloc(b->provinces, n * sizeof *b->provinces);
    b->province_names = noi_realloc(b->province_names, n * sizeof *b->province_names);
    b->provinces[n - 1] = (noi_gazetteer_province){.code = code, .merged_into = NOI_GAZETTEER_NONE};
    b->province_names[n - 1] = name;
    b->n_provinces = n;
    bool is_city = name != full_name && (full_name[1] == 'h' || full_name[1] == 'H');
    noi_posting posting = {.id = (uint32_t)(n - 1),
                           .level = NOI_LEVEL_PROVINCE,
                           .kind = is_city ? NOI_KEY_CITY : NOI_KEY_PROVINCE};
    add_name(b, name, posting);
    add_joined(b, name, posting);
    *out = (uint16_t)(n - 1);
    return NOI_OK;
}

static uint16_t district_of(builder *b, const noi_gazetteer_unit *unit, uint16_t province) {
    noi_keyword kind = kind_of(unit->district_kind);
    noi_posting posting = {.level = NOI_LEVEL_DISTRICT, .kind = (uint8_t)kind};
    for (size_t i = b->n_districts; i-- > 0;)
        if (b->districts[i].code == unit->district_code && b->districts[i].province == province) {
            posting.id = (uint32_t)i;
            if (b->districts[i].kind != kind) { /* the same district in another vintage */
                add_name(b, unit->district_name, posting);
            }
            return (uint16_t)i;
        }
    if (b->n_districts >= NOI_GAZETTEER_NONE)
        return NOI_GAZETTEER_NONE;
    NOI_GROW(b->districts, b->districts_capacity, b->n_districts + 1);
    posting.id = (uint32_t)b->n_districts;
    b->districts[b->n_districts++] = (noi_gazetteer_district){
        .code = unit->district_code, .province = province, .kind = (uint8_t)kind};
    add_name(b, unit->district_name, posting);
    add_joined(b, unit->district_name, posting);
    add_initials(b, unit->district_name, posting);
    return (uint16_t)posting.id;
}

static noi_status check_name(const noi_gazetteer_unit *unit) {
    noi_token tokens[NOI_MAX_TOKENS];
    bool late;
    size_t n = noi_tokens_cut(tokens, &late, noi_str_of(unit->name));
    if (n > 0 && n <= NOI_MAX_NAME_WORDS)
        return NOI_OK;
    char code[8];
    return noi_fail(NOI_ERR_INPUT, _("unit %s has the name '%s', which no address can be read by"),
                    noi_code_format(code, unit->code), unit->name ? unit->name : "");
}

/* "Phường VII" is Phường 7 for whoever writes so. */
static void add_numeral(builder *b, const char *name, noi_posting posting) {
    noi_token tokens[NOI_MAX_TOKENS];
    bool late;
    unsigned number = noi_tokens_cut(tokens, &late, noi_str_of(name)) == 1 ? noi_token_roman(tokens) : 0;
    char digits[12];
    if (!number)
        return;
    snprintf(digits, sizeof digits, "%u", number);
    add_name(b, digits, posting);
}

static noi_status add_unit(builder *b, size_t i, const noi_gazetteer_unit *unit) {
    NOI_TRY(check_name(unit));
    uint16_t province = 0;
    NOI_TRY(province_of(&province, b, unit->province_code,
                        unit->province_name ? unit->province_name : ""));
    noi_gazetteer_row *row = &b->rows[i];
    *row = (noi_gazetteer_row){.code = unit->code,
                               .from = unit->from,
                               .to = unit->to,
                               .district = NOI_GAZETTEER_NONE,
                               .province = province,
                               .former_province = NOI_GAZETTEER_NONE,
                               .kind = (uint8_t)kind_of(unit->kind)};
    if (unit->district_code != 0 && unit->district_name && unit->district_name[0])
        row->district = district_of(b, unit, province);
    noi_posting posting = {.id = (uint32_t)i, .level = NOI_LEVEL_WARD, .kind = row->kind};
    if (row->kind == NOI_KEY_COUNTY)
        return NOI_OK; /* a district without communes: read as a district, see below */
    add_name(b, unit->name, posting);
    add_joined(b, unit->name, posting);
    add_numeral(b, unit->name, posting);
    return NOI_OK;
}

/* A new code is an old unit's code: where that unit lay tells the former province, and so which
 * provinces were merged into which. */
typedef struct code_place {
    noi_code code;
    int32_t from;
    uint32_t unit;
} code_place;

static int by_code_and_day(const void *a, const void *b) {
    const code_place *x = a, *y = b;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->unit < y->unit ? -1 : x->unit > y->unit;
}

static void find_former_provinces(builder *b, size_t n_units) {
    NOI_AUTO_FREE code_place *places = noi_alloc_zero(n_units ? n_units : 1, sizeof *places);
    for (size_t i = 0; i < n_units; i++)
        places[i] = (code_place){b->rows[i].code, b->rows[i].from, (uint32_t)i};
    qsort(places, n_units, sizeof *places, by_code_and_day);
    for (size_t i = 1; i < n_units; i++) {
        noi_gazetteer_row *before = &b->rows[places[i - 1].unit], *row = &b->rows[places[i].unit];
        bool follows = before->code == row->code && before->to <= row->from &&
                       row->district == NOI_GAZETTEER_NONE;
        if (!follows)
            continue;
        row->former_province = before->former_province == NOI_GAZETTEER_NONE
                                   ? before->province
                                   : before->former_province;
        if (row->former_province != row->province)
            b->provinces[row->former_province].merged_into = row->province;
    }
}

/* A district that stands among the units (Côn Đảo had no communes) is a district for the reader;
 * the unit is then found through its own district. */
static void add_bare_districts(builder *b, const noi_gazetteer_unit *units, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (b->rows[i].kind != NOI_KEY_COUNTY)
            continue;
        noi_posting posting = {.id = (uint32_t)i, .level = NOI_LEVEL_WARD, .kind = b->rows[i].kind};
        add_name(b, units[i].name, posting);
    }
}

/* ---- other names --------------------------------------------------------------------------- */

static noi_status add_aliases(builder *b, const noi_gazetteer_district_alias *aliases, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t d = 0; d < b->n_districts; d++) {
            if (b->districts[d].code != aliases[i].district_code)
                continue;
            noi_posting posting = {.id = (uint32_t)d,
                                   .level = NOI_LEVEL_DISTRICT,
                                   .flags = NOI_POSTING_ALIAS,
                                   .kind = (uint8_t)kind_of(aliases[i].kind)};
            add_name(b, aliases[i].name, posting);
            add_joined(b, aliases[i].name, posting);
            add_initials(b, aliases[i].name, posting);
        }
    return NOI_OK;
}

static void add_province_name(builder *b, const char *of, const char *text, uint8_t flags) {
    bool is_inside = false;
    noi_posting posting = {.level = NOI_LEVEL_PROVINCE, .flags = flags};
    for (size_t i = 0; i < b->n_provinces; i++)
        if (noi_name_equal(noi_str_of(b->province_names[i]), noi_str_of(of))) {
            posting.id = (uint32_t)i;
            add_name(b, text, posting);
            is_inside = true;
        }
    if (is_inside)
        return;
    posting.flags |= NOI_POSTING_OUTSIDE;
    posting.id = 0;
    add_name(b, text, posting);
}

/* Whether a district of the units bears the name (its words lead to a node with a district). */
static bool is_district_name(const builder *b, const char *name) {
    noi_token tokens[NOI_MAX_TOKENS];
    bool late;
    size_t n = noi_tokens_cut(tokens, &late, noi_str_of(name));
    for (size_t i = 0; i < b->n_entries; i++) {
        const noi_posting *p = &b->entries[i].posting;
        if (p->level != NOI_LEVEL_DISTRICT || p->n_words != n)
            continue;
        bool same = true;
        for (size_t k = 0; k < n; k++)
            same &= b->marks[p->marks + k] == tokens[k].marks;
        uint32_t node = 0;
        for (size_t k = 0; same && k < n; k++) {
            node = find_edge(b, node, find_word(b, tokens[k].bare));
            same = node != 0;
        }
        if (same && node == b->entries[i].node)
            return true;
    }
    return false;
}

static void add_words(builder *b) {
    for (size_t i = 0; i < NOI_N_KIND_WORDS; i++)
        add_name(b, NOI_KIND_WORDS[i].text,
                 (noi_posting){.id = (uint32_t)NOI_KIND_WORDS[i].keyword,
                               .level = NOI_LEVEL_KEYWORD,
                               .flags = NOI_KIND_WORDS[i].flags,
                               .kind = (uint8_t)NOI_KIND_WORDS[i].keyword});
    for (size_t i = 0; i < NOI_N_PROVINCE_NAMES; i++)
        add_province_name(b, NOI_PROVINCE_NAMES[i], NOI_PROVINCE_NAMES[i], 0);
    for (size_t i = 0; i < NOI_N_CITY_NAMES; i++)
        if (!is_district_name(b, NOI_CITY_NAMES[i]))
            add_name(b, NOI_CITY_NAMES[i],
                     (noi_posting){.level = NOI_LEVEL_PROVINCE, .flags = NOI_POSTING_OUTSIDE});
    for (size_t i = 0; i < NOI_N_PROVINCE_ALIASES; i++)
        add_province_name(b, NOI_PROVINCE_ALIASES[i].of, NOI_PROVINCE_ALIASES[i].text,
                          NOI_PROVINCE_ALIASES[i].flags);
}

/* ---- writing ------------------------------------------------------------------------------- */

static int by_node(const void *a, const void *b) {
    const entry *x = a, *y = b;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    if (x->posting.level != y->posting.level)
        return x->posting.level < y->posting.level ? -1 : 1;
    if (x->posting.id != y->posting.id)
        return x->posting.id < y->posting.id ? -1 : 1;
    return x->posting.marks < y->posting.marks ? -1 : x->posting.marks > y->posting.marks;
}

static void sort_postings(builder *b) {
    qsort(b->entries, b->n_entries, sizeof *b->entries, by_node);
    for (size_t i = 0; i < b->n_entries; i++) {
        noi_node *node = &b->nodes[b->entries[i].node];
        if (node->n_postings++ == 0)
            node->first_posting = (uint32_t)i;
    }
}

/* What lies behind each node, so that a walk stops where nothing of its level can come. A node is
 * always made before the nodes behind it. */
static void sum_levels(builder *b) {
    NOI_AUTO_FREE uint32_t *parent = noi_alloc_zero(b->n_nodes, sizeof *parent);
    for (uint32_t i = 0; i <= b->edge_mask; i++)
        if (b->edges[i].to != 0)
            parent[b->edges[i].to] = b->edges[i].node;
    for (size_t i = 0; i < b->n_entries; i++) {
        noi_node *node = &b->nodes[b->entries[i].node];
        bool is_sure = (b->entries[i].posting.flags & NOI_POSTING_SURE) != 0;
        node->below |= (uint8_t)(node->levels | (is_sure ? NOI_BELOW_SURE : 0));
    }
    for (size_t i = b->n_nodes; i-- > 1;) {
        b->nodes[parent[i]].below |= b->nodes[i].below;
        b->nodes[parent[i]].longer |= b->nodes[i].below;
    }
}

static uint32_t put_part(noi_buf *out, size_t start, const void *bytes, size_t n) {
    static const char ZEROS[8] = {0};
    noi_buf_add(out, ZEROS, (8 - (out->n - start) % 8) % 8);
    uint32_t at = (uint32_t)(out->n - start);
    if (n)
        noi_buf_add(out, bytes, n);
    return at;
}

static void write_block(noi_buf *out, const builder *b, size_t n_units) {
    size_t start = out->n;
    noi_gazetteer head = {.magic = NOI_GAZETTEER_MAGIC,
                          .version = NOI_GAZETTEER_VERSION,
                          .vocabulary_mask = b->vocabulary_mask,
                          .edge_mask = b->edge_mask,
                          .n_nodes = (uint32_t)b->n_nodes,
                          .n_postings = (uint32_t)b->n_entries,
                          .n_marks = (uint32_t)b->n_marks,
                          .n_units = (uint32_t)n_units,
                          .n_districts = (uint32_t)b->n_districts,
                          .n_provinces = (uint32_t)b->n_provinces};
    noi_buf_add(out, &head, sizeof head);
    head.vocabulary = put_part(out, start, b->vocabulary,
                               ((size_t)b->vocabulary_mask + 1) * sizeof *b->vocabulary);
    head.edges = put_part(out, start, b->edges, ((size_t)b->edge_mask + 1) * sizeof *b->edges);
    head.nodes = put_part(out, start, b->nodes, b->n_nodes * sizeof *b->nodes);
    head.postings = put_part(out, start, NULL, 0);
    for (size_t i = 0; i < b->n_entries; i++)
        noi_buf_add(out, &b->entries[i].posting, sizeof b->entries[i].posting);
    head.marks = put_part(out, start, b->marks, b->n_marks * sizeof *b->marks);
    head.units = put_part(out, start, b->rows, n_units * sizeof *b->rows);
    head.districts = put_part(out, start, b->districts, b->n_districts * sizeof *b->districts);
    head.provinces = put_part(out, start, b->provinces, b->n_provinces * sizeof *b->provinces);
    put_part(out, start, NULL, 0);
    head.n_bytes = out->n - start;
    memcpy(out->p + start, &head, sizeof head);
}

noi_status noi_gazetteer_build(noi_buf *out, const noi_gazetteer_unit *units, size_t n_units,
                               const noi_gazetteer_district_alias *aliases, size_t n_aliases) {
    if (n_units >= NOI_GAZETTEER_NONE)
        return noi_fail(NOI_ERR_INPUT, _("%zu units are more than the gazetteer can number (%d)"),
                        n_units, NOI_GAZETTEER_NONE - 1);
    NOI_AUTO(builder_free) builder b = {0};
    begin(&b);
    b.rows = noi_alloc_zero(n_units ? n_units : 1, sizeof *b.rows);
    for (size_t i = 0; i < n_units; i++)
        NOI_TRY(add_unit(&b, i, &units[i]));
    find_former_provinces(&b, n_units);
    add_bare_districts(&b, units, n_units);
    NOI_TRY(add_aliases(&b, aliases, n_aliases));
    add_words(&b);
    sort_postings(&b);
    sum_levels(&b);
    write_block(out, &b, n_units);
    return NOI_OK;
}

/* ---- attaching ----------------------------------------------------------------------------- */

static bool part_fits(const noi_gazetteer *g, uint32_t at, uint64_t n, size_t size) {
    return at % 8 == 0 && at >= sizeof *g && at <= g->n_bytes && n * size <= g->n_bytes - at;
}

static bool parts_fit(const noi_gazetteer *g) {
    uint64_t n_words = (uint64_t)g->vocabulary_mask + 1, n_edges = (uint64_t)g->edge_mask + 1;
    return (n_words & g->vocabulary_mask) == 0 && (n_edges & g->edge_mask) == 0 && g->n_nodes > 0 &&
           g->n_units < NOI_GAZETTEER_NONE && g->n_districts <= NOI_GAZETTEER_NONE &&
           g->n_provinces <= NOI_MAX_PROVINCES &&
           part_fits(g, g->vocabulary, n_words, sizeof(noi_vocabulary_slot)) &&
           part_fits(g, g->edges, n_edges, sizeof(noi_edge_slot)) &&
           part_fits(g, g->nodes, g->n_nodes, sizeof(noi_node)) &&
           part_fits(g, g->postings, g->n_postings, sizeof(noi_posting)) &&
           part_fits(g, g->marks, g->n_marks, sizeof(uint32_t)) &&
           part_fits(g, g->units, g->n_units, sizeof(noi_gazetteer_row)) &&
           part_fits(g, g->districts, g->n_districts, sizeof(noi_gazetteer_district)) &&
           part_fits(g, g->provinces, g->n_provinces, sizeof(noi_gazetteer_province));
}

static bool tables_are_sound(const noi_gazetteer *g) {
    const noi_vocabulary_slot *words = NOI_GAZETTEER_PART(noi_vocabulary_slot, g, vocabulary);
    const noi_edge_slot *edges = NOI_GAZETTEER_PART(noi_edge_slot, g, edges);
    const noi_node *nodes = NOI_GAZETTEER_PART(noi_node, g, nodes);
    bool has_room = false, has_free_edge = false, is_sound = true;
    for (uint32_t i = 0; i <= g->vocabulary_mask; i++)
        has_room |= words[i].bare == 0;
    for (uint32_t i = 0; i <= g->edge_mask; i++) {
        has_free_edge |= edges[i].to == 0;
        /* Each step goes one deeper, so that no walk is longer than the deepest name. */
        is_sound &=
            edges[i].to == 0 || (edges[i].to < g->n_nodes && edges[i].node < g->n_nodes &&
                                 nodes[edges[i].to].depth == nodes[edges[i].node].depth + 1);
    }
    return is_sound && has_room && has_free_edge;
}

static bool nodes_are_sound(const noi_gazetteer *g) {
    const noi_node *nodes = NOI_GAZETTEER_PART(noi_node, g, nodes);
    const noi_posting *postings = NOI_GAZETTEER_PART(noi_posting, g, postings);
    const uint32_t limit[NOI_LEVEL_COUNT] = {g->n_units, g->n_districts, g->n_provinces,
                                             NOI_KEY_COUNT};
    for (uint32_t i = 0; i < g->n_nodes; i++) {
        if (nodes[i].depth > NOI_MAX_NAME_WORDS || nodes[i].first_posting > g->n_postings ||
            nodes[i].n_postings > g->n_postings - nodes[i].first_posting)
            return false;
        for (uint32_t k = 0; k < nodes[i].n_postings; k++)
            if (postings[nodes[i].first_posting + k].n_words != nodes[i].depth)
                return false;
    }
    for (uint32_t i = 0; i < g->n_postings; i++) {
        const noi_posting *p = &postings[i];
        bool is_outside = (p->flags & NOI_POSTING_OUTSIDE) != 0;
        if (p->level >= NOI_LEVEL_COUNT || p->kind >= NOI_KEY_COUNT || p->marks > g->n_marks ||
            p->n_words > g->n_marks - p->marks || (!is_outside && p->id >= limit[p->level]))
            return false;
        if (is_outside && p->level != NOI_LEVEL_PROVINCE)
            return false;
    }
    return true;
}

static bool rows_are_sound(const noi_gazetteer *g) {
    const noi_gazetteer_row *rows = NOI_GAZETTEER_PART(noi_gazetteer_row, g, units);
    const noi_gazetteer_district *districts =
        NOI_GAZETTEER_PART(noi_gazetteer_district, g, districts);
    const noi_gazetteer_province *provinces =
        NOI_GAZETTEER_PART(noi_gazetteer_province, g, provinces);
    bool is_sound = true;
    for (uint32_t i = 0; i < g->n_units; i++)
        is_sound &= (rows[i].district == NOI_GAZETTEER_NONE || rows[i].district < g->n_districts) &&
                    rows[i].province < g->n_provinces && rows[i].kind < NOI_KEY_COUNT &&
                    (rows[i].former_province == NOI_GAZETTEER_NONE ||
                     rows[i].former_province < g->n_provinces);
    for (uint32_t i = 0; i < g->n_districts; i++)
        is_sound &= districts[i].province < g->n_provinces && districts[i].kind < NOI_KEY_COUNT;
    for (uint32_t i = 0; i < g->n_provinces; i++)
        is_sound &= provinces[i].merged_into == NOI_GAZETTEER_NONE ||
                    provinces[i].merged_into < g->n_provinces;
    return is_sound;
}

noi_status noi_gazetteer_attach(const noi_gazetteer **out, const void *bytes, size_t n) {
    const noi_gazetteer *g = bytes;
    if (n < sizeof *g || (uintptr_t)bytes % 8 != 0)
        return noi_fail(NOI_ERR_INPUT, _("the gazetteer is truncated (%zu bytes)"), n);
    if (g->magic != NOI_GAZETTEER_MAGIC || g->version != NOI_GAZETTEER_VERSION)
        return noi_fail(NOI_ERR_INPUT, _("this is no gazetteer of version %d"),
                        NOI_GAZETTEER_VERSION);
    if (g->n_bytes > n)
        return noi_fail(NOI_ERR_INPUT, _("the gazetteer is truncated: %zu of %llu bytes"), n,
                        (unsigned long long)g->n_bytes);
    if (!parts_fit(g) || !tables_are_sound(g) || !nodes_are_sound(g) || !rows_are_sound(g))
        return noi_fail(NOI_ERR_INPUT, _("the gazetteer is damaged"));
    *out = g;
    return NOI_OK;
}
