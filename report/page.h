/* page.h: what the parts of the report share: what was loaded once, and the pieces of the page. */
#ifndef NOI_REPORT_PAGE_H
#define NOI_REPORT_PAGE_H

#include "base/i18n.h"
#include "geo/coverage.h"
#include "registry/store.h"
#include "report/format.h"
#include "cutover/tally.h"

/* How much of a rule's findings the page itself shows; all are in findings.csv and findings.gpkg.
 */
#define NOI_EXAMPLES_PER_RULE 8
#define NOI_MAPS_PER_RULE     6

typedef struct noi_drawing { /* one side of the reform, as its layer draws it */
    bool found, synthetic;
    char *name;
    noi_coverage *coverage;
    int64_t *unit_ids;
} noi_drawing;

typedef struct noi_report {
    noi_registry *registry;
    const char *folder; /* where files are written now */
    noi_day eve, day;
    noi_unit_list *units; /* of all days, by id */
    noi_tally *tally;
    noi_drawing old_side, new_side;
    char plan_hash[72]; /* "" when nothing was merged yet */
    bool validated;     /* the rules have been run since the last merge */
} noi_report;

/* One finding, as the queries report/rule_findings and report/rule_places give it; borrowed. */
typedef struct noi_finding_row {
    noi_str rule, subject_kind, subject_key, found, expected, wkb;
    int64_t unit_id, other_unit_id;
    double lon, lat;
} noi_finding_row;
noi_finding_row noi_finding_read(noi_stmt *stmt);

const noi_unit_row *noi_report_unit(const noi_report *report, int64_t id); /* NULL for none */
/* Appends "10101 Phường Đông"; nothing for an id that is none. */
void noi_unit_label(noi_buf *out, const noi_report *report, int64_t id);

/* The parts of the page, in their order. */
void noi_page_account(noi_buf *out, const noi_report *report);
NOI_MUST_CHECK noi_status noi_page_law(noi_buf *out, const noi_report *report);
NOI_MUST_CHECK noi_status noi_page_overview(noi_buf *out, const noi_report *report);
NOI_MUST_CHECK noi_status noi_page_units(noi_buf *out, const noi_report *report);
NOI_MUST_CHECK noi_status noi_page_findings(noi_buf *out, const noi_report *report);
void noi_page_sources(noi_buf *out, const noi_report *report);

/* A small map of a finding's place; nothing is appended, and false returned, when no layer shows
 * the place. */
bool noi_map_finding(noi_buf *out, const noi_report *report, const noi_finding_row *finding);

/* The files beside the page. */
NOI_MUST_CHECK noi_status noi_report_csv(const noi_report *report);
NOI_MUST_CHECK noi_status noi_report_gpkg(const noi_report *report);

/* Words for stable keys. Translated; borrowed. */
const char *noi_word_kind(int record_kind);
const char *noi_word_subject(noi_str subject_kind);
const char *noi_word_method(size_t method);
const char *noi_word_reason(size_t reason);
const char *noi_word_severity(int severity);

#endif
