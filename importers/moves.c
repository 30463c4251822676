/*
 * moves.c: tables about what moves: rules about cases, procedures, offices, other numbers of cases.
 * The first two are each one table: a file takes the place of the one before.
 */
#include "importers/common.h"

#include "address/text.h"
#include "base/i18n.h"

#include <string.h>

#define HIGHEST_RULE 24

typedef struct defect {
    noi_reject reason;
    size_t field;
} defect;
static const defect fine = {NOI_REJECT_NONE, 0};

/* ---- words ----------------------------------------------------------------------------------- */

typedef struct word {
    const char *key, *others; /* others: folded and without spaces, one space between */
} word;

static const word places[] = {
    {"object", "doituong thuadat congtrinh noicodat noicongtrinh"},
    {"head_office", "headoffice truso trusochinh noidattruso"},
    {"residence", "noicutru cutru"},
    {"residence_or_choice", "residenceorchoice noicutruhoacnoilua cutruhoacluachon"},
};
static const word levels[] = {
    {"commune", "xa capxa phuong ubndcapxa"},
    {"district", "huyen caphuyen quan ubndcaphuyen"},
    {"department", "so captinh tinh province sobannganh"},
    {"city_centre", "citycentre trungtam trungtamphucvuhanhchinhcong"},
    {"land_registry", "landregistry vpdkdd vanphongdangkydatdai chinhanhvanphongdangkydatdai"},
    {"police", "congan"},
};

/* The key of a word; empty for an empty field, and with *known false for one that is none. */
static noi_str key_of(bool *known, const word *words, size_t n, noi_str text) {
    char folded[64];
    *known = true;
    if (text.n == 0)
        return (noi_str){NULL, 0};
    noi_column_key(folded, text);
    for (size_t i = 0; i < n; i++)
        if (noi_str_is(text, words[i].key) || noi_word_in(words[i].others, folded))
            return noi_str_of(words[i].key);
    *known = false;
    return (noi_str){NULL, 0};
}

static noi_str place_of(bool *known, noi_str text) {
    return key_of(known, places, sizeof places / sizeof *places, text);
}

static noi_str level_of(bool *known, noi_str text) {
    return key_of(known, levels, sizeof levels / sizeof *levels, text);
}

/* "R7", up to the highest rule there can be. */
static bool is_rule(noi_str text) {
    if (text.n < 2 || text.n > 3 || text.p[0] != 'R' || text.p[1] < '1' || text.p[1] > '9')
        return false;
    int number = text.p[1] - '0';
    if (text.n == 3 && (text.p[2] < '0' || text.p[2] > '9'))
        return false;
    if (text.n == 3)
        number = number * 10 + text.p[2] - '0';
    return number <= HIGHEST_RULE;
}

/* Rules with spaces, commas or semicolons between. */
static bool are_rules(noi_str text) {
    size_t from = 0;
    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && !strchr(" ,;", text.p[i]))
            continue;
        if (i > from && !is_rule((noi_str){text.p + from, i - from}))
            return false;
        from = i + 1;
    }
    return true;
}

static bool is_province(noi_str text) {
    return text.n == 0 || (text.n == 2 && noi_code_parse(text.p, text.n));
}

/* ---- rules about cases ----------------------------------------------------------------------- */

enum { ID, APPLIES_FROM, APPLIES_TO, SCOPE, TEXT, CITATION, TEXT_VI, CITATION_VI, CONFIGURABLE };

static bool read_yes(bool *known, noi_str text) {
    char folded[64];
    noi_column_key(folded, text);
    bool yes = noi_word_in("yes co 1 true x", folded);
    *known = yes || text.n == 0 || noi_word_in("no khong 0 false", folded);
    return yes && text.n;
}

static defect check_rule(bool *configurable, const noi_value *v) {
    bool known;
    if (!is_rule(v[ID].text))
        return (defect){NOI_REJECT_RULE, ID};
    if (!is_province(v[SCOPE].text))
        return (defect){NOI_REJECT_PROVINCE, SCOPE};
    if (v[APPLIES_TO].number <= v[APPLIES_FROM].number) /* false where one is missing */
        return (defect){NOI_REJECT_DAYS, APPLIES_TO};
    *configurable = read_yes(&known, v[CONFIGURABLE].text);
    return known ? fine : (defect){NOI_REJECT_YES_NO, CONFIGURABLE};
}

static noi_status take_rule(noi_job *job, noi_stmt *insert, const noi_small_row *row) {
    bool configurable = false;
    defect d = check_rule(&configurable, row->values);
    if (d.reason != NOI_REJECT_NONE)
        return noi_job_reject_field(job, row, d.field, d.reason, NULL);
    for (int field = ID; field < CONFIGURABLE; field++)
        noi_bind_text(insert, field + 1, row->values[field].text);
    noi_bind_int(insert, CONFIGURABLE + 1, configurable);
    noi_bind_int(insert, CONFIGURABLE + 2, job->source_id);
    noi_bind_int(insert, CONFIGURABLE + 3, row->line);
    NOI_TRY(noi_run(insert));
    noi_job_stored(job);
    return NOI_OK;
}

noi_status noi_import_case_rules(noi_job *job) {
    NOI_AUTO(noi_small_table_freep) noi_small_table *table = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *insert = NULL;
    NOI_TRY(noi_job_load_table(&table, job));
    NOI_TRY(noi_exec(job->registry, "import/case_rules_clear"));
    NOI_TRY(noi_prepare(&insert, job->registry, "import/case_rule"));
    for (size_t i = 0; i < table->n; i++)
        NOI_TRY(take_rule(job, insert, &table->rows[i]));
    return noi_job_want_whole(job);
}

/* ---- procedures ------------------------------------------------------------------------------ */

enum { P_CODE, P_FIELD, P_NAME, P_SCOPE, P_PLACE, P_BEFORE, P_AFTER, P_RULES, P_SOURCE };

typedef struct procedure {
    noi_str place, before, after;
} procedure;

/* "1.009994", or with an agency behind it. */
static bool is_procedure_code(noi_str code) {
    bool shaped = code.n >= 8 && code.p[0] >= '1' && code.p[0] <= '9' && code.p[1] == '.' &&
                  (code.n == 8 || code.p[8] == '.');
    for (size_t i = 2; shaped && i < 8; i++)
        shaped = code.p[i] >= '0' && code.p[i] <= '9';
    return shaped;
}

static defect check_procedure(procedure *out, const noi_value *v) {
    bool known;
    noi_str code = v[P_CODE].text;
    if ((code.n > 0) == (v[P_FIELD].text.n > 0) || (code.n && !is_procedure_code(code)))
        return (defect){NOI_REJECT_PROCEDURE, P_CODE};
    if (!is_province(v[P_SCOPE].text))
        return (defect){NOI_REJECT_PROVINCE, P_SCOPE};
    out->place = place_of(&known, v[P_PLACE].text);
    if (!known)
        return (defect){NOI_REJECT_PLACE, P_PLACE};
    out->before = level_of(&known, v[P_BEFORE].text);
    if (!known)
        return (defect){NOI_REJECT_LEVEL, P_BEFORE};
    out->after = level_of(&known, v[P_AFTER].text);
    if (!known || noi_str_is(out->after, "district")) /* there are none any more */
        return (defect){NOI_REJECT_LEVEL, P_AFTER};
    return are_rules(v[P_RULES].text) ? fine : (defect){NOI_REJECT_RULE, P_RULES};
}

/* Whether an earlier row of the table speaks of the same procedure in the same province. */
static bool is_repeated(const noi_small_table *table, size_t at) {
    const noi_value *v = table->rows[at].values;
    for (size_t i = 0; i < at; i++) {
        const noi_value *w = table->rows[i].values;
        size_t field = v[P_CODE].text.n ? P_CODE : P_FIELD;
        noi_str a = v[field].text, b = w[field].text;
        bool same = field == P_CODE ? b.n >= 8 && memcmp(a.p, b.p, 8) == 0 : noi_name_equal(a, b);
        if (same && noi_str_eq(v[P_SCOPE].text, w[P_SCOPE].text))
            return true;
    }
    return false;
}

static noi_status insert_procedure(noi_job *job, noi_stmt *q, const procedure *p,
                                   const noi_small_row *row) {
    const noi_value *v = row->values;
    noi_str code = v[P_CODE].text;
    noi_bind_text(q, 1, code.n ? (noi_str){code.p, 8} : code);
    for (int field = P_FIELD; field <= P_SCOPE; field++)
        noi_bind_text(q, field + 1, v[field].text);
    noi_bind_text(q, 5, p->place);
    noi_bind_text(q, 6, p->before);
    noi_bind_text(q, 7, p->after);
    noi_bind_text(q, 8, v[P_RULES].text);
    noi_bind_text(q, 9, v[P_SOURCE].text);
    noi_bind_int(q, 10, job->source_id);
    noi_bind_int(q, 11, row->line);
    NOI_TRY(noi_run(q));
    noi_job_stored(job);
    return NOI_OK;
}

noi_status noi_import_procedures(noi_job *job) {
    NOI_AUTO(noi_small_table_freep) noi_small_table *table = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *insert = NULL;
    NOI_TRY(noi_job_load_table(&table, job));
    NOI_TRY(noi_exec(job->registry, "import/procedures_clear"));
    NOI_TRY(noi_prepare(&insert, job->registry, "import/procedure"));
    for (size_t i = 0; i < table->n; i++) {
        const noi_small_row *row = &table->rows[i];
        procedure p;
        defect d = check_procedure(&p, row->values);
        if (d.reason == NOI_REJECT_NONE && is_repeated(table, i))
            d = (defect){NOI_REJECT_DUPLICATE, row->values[P_CODE].text.n ? P_CODE : P_FIELD};
        if (d.reason != NOI_REJECT_NONE)
            NOI_TRY(noi_job_reject_field(job, row, d.field, d.reason, NULL));
        else
            NOI_TRY(insert_procedure(job, insert, &p, row));
    }
    return NOI_OK;
}

/* ---- offices and numbers of cases ------------------------------------------------------------ */

enum { OLD_ID, NEW_ID, UNIT_CODE, NAME, STARTS_ON, OFFICE_FIELDS };

/* A row of texts; one whose key is there already is rejected. */
static noi_status insert_texts(noi_job *job, noi_stmt *insert, const noi_small_row *row, int n) {
    for (int field = 0; field < n; field++)
        noi_bind_text(insert, field + 1, row->values[field].text);
    noi_bind_int(insert, n + 1, job->source_id);
    noi_bind_int(insert, n + 2, row->line);
    NOI_TRY(noi_run(insert));
    if (noi_changed(job->registry) == 0)
        return noi_job_reject_field(job, row, 0, NOI_REJECT_DUPLICATE, NULL);
    noi_job_stored(job);
    return NOI_OK;
}

static bool is_unit_code(noi_str code) {
    return code.n == 0 || ((code.n == 3 || code.n == 5) && noi_code_parse(code.p, code.n));
}

noi_status noi_import_offices(noi_job *job) {
    NOI_AUTO(noi_small_table_freep) noi_small_table *table = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *insert = NULL;
    NOI_TRY(noi_job_load_table(&table, job));
    NOI_TRY(noi_prepare(&insert, job->registry, "import/office"));
    for (size_t i = 0; i < table->n; i++) {
        const noi_small_row *row = &table->rows[i];
        if (!is_unit_code(row->values[UNIT_CODE].text))
            NOI_TRY(noi_job_reject_field(job, row, UNIT_CODE, NOI_REJECT_CODE, NULL));
        else
            NOI_TRY(insert_texts(job, insert, row, OFFICE_FIELDS));
    }
    return NOI_OK;
}

noi_status noi_import_case_aliases(noi_job *job) {
    enum { ALIAS, KEY, FIELDS = 3 };
    NOI_AUTO(noi_small_table_freep) noi_small_table *table = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *insert = NULL;
    NOI_TRY(noi_job_load_table(&table, job));
    NOI_TRY(noi_prepare(&insert, job->registry, "import/case_alias"));
    for (size_t i = 0; i < table->n; i++) {
        const noi_small_row *row = &table->rows[i];
        if (noi_str_eq(row->values[ALIAS].text, row->values[KEY].text))
            NOI_TRY(noi_job_reject_field(job, row, KEY, NOI_REJECT_SAME_ID, NULL));
        else
            NOI_TRY(insert_texts(job, insert, row, FIELDS));
    }
    return NOI_OK;
}
