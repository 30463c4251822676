/*
 * check.h: the outcome of examining a boundary layer, and what is written about it: a decision by
 * rule, a GeoPackage of defects for QGIS, and a page to sign. `noi check` fills it.
 *
 * Deterministic: the same layer, registry, options and language give the same bytes; no clock.
 */
#ifndef NOI_REPORT_CHECK_H
#define NOI_REPORT_CHECK_H

#include "base/digest.h"
#include "boundary/boundary.h"
#include "boundary/projection.h"
#include "geo/index.h"
#include "merge/rules/rules.h"

/* The findings of one rule: items [first, first + n) of the check; the first is the worst. */
typedef struct noi_check_rule {
    const noi_rule *rule;
    size_t first, n;
    noi_concerned records; /* sums; a record in two findings counts twice */
} noi_check_rule;

#define NOI_CHECK_MAX_RULES 32

/* A file that the layer is made of: the one that was named first, then what lies beside it. */
typedef struct noi_check_file {
    char *name; /* without its folder */
    char hash[NOI_DIGEST_HEX];
} noi_check_file;

/* *out is yours: noi_check_files_free. NOI_ERR_IO when one cannot be read. */
NOI_MUST_CHECK noi_status noi_check_files_list(noi_check_file **out, size_t *n, const char *path);
void noi_check_files_free(noi_check_file *files, size_t n);

typedef struct noi_check {
    /* ---- filled by the caller; borrowed ---- */
    const char *path;            /* of the layer's file, as named */
    const noi_check_file *files; /* what it is made of */
    size_t n_files;
    const noi_layer *layer; /* EPSG:4326 */
    const noi_projection *projection;
    const noi_boundary_law *law; /* NULL: not held against a registry */
    const char *registry;        /* its path; NULL */
    bool day_was_named;          /* by --as-of; else it was found */
    noi_boundary_options options;
    noi_concerned counted; /* located records in all; -1 without a registry */
    size_t other_defects;  /* that the layer of the other side has itself, warnings and errors */
    /* ---- filled by noi_check_decide ---- */
    noi_left_out overlaps, gaps; /* that the thresholds keep out of the findings */
    const struct noi_overlap_row *shared; /* what old and new units share on the maps, of the list that
                                             has it; see noi_layer_findings */
    size_t n_shared;
    const noi_layer_finding **findings; /* by rule, within a rule the worst first */
    size_t n_findings;
    size_t *ranked; /* positions in `findings`: what has to be acted on first, then by records
                       concerned, then by area; number 1 of the page and the files is ranked[0] */
    size_t *number; /* of the finding at a position, from 1 */
    double (*boxes)[4],
        (*other_boxes)[4]; /* of the layer's areas, and of those of the other side */
    noi_check_rule rules[NOI_CHECK_MAX_RULES]; /* those that found something, by id */
    size_t n_rules;
    int64_t by_severity[4]; /* findings by noi_severity */
    bool passes;            /* no finding is a warning or an error */
} noi_check;

/* Gathers the findings of all lists (which must outlive the check) and decides. */
NOI_MUST_CHECK noi_status noi_check_decide(noi_check *check, const noi_layer_findings *const *lists,
                                           size_t n_lists);
void noi_check_clear(noi_check *check); /* what noi_check_decide made */

/* How many overlaps and gaps the thresholds keep out, and their area; adds nothing for none. Plain
 * text. */
void noi_check_left_out_text(noi_buf *out, const noi_check *check);

/* Of all kinds together; -1 when nothing was counted. */
int64_t noi_concerned_sum(const noi_concerned *records);

/* The units of a finding, "26740 Phường Sài Gòn, 26743 Phường Tân Định"; of an edge "27295 Phường
 * 15 → 27265 Phường Khánh Hội". Nothing for a finding without units. */
void noi_check_units(noi_buf *out, const noi_check *check, const noi_layer_finding *finding);
/* "26740 Phường Sài Gòn": a unit of the layer, as the layer names it. */
void noi_check_area_label(noi_buf *out, const noi_check *check, uint32_t area);
/* The finding speaks of an old and a new unit, not of areas of the layer. */
bool noi_check_is_edge(const noi_layer_finding *finding);
/* A place on it: its own, else one inside the unit that it is about; false when there is none. */
bool noi_check_place(double lon_lat[2], const noi_check *check, const noi_layer_finding *finding);
/* "12.3 m²", "1.84 km²": square metres as people read them. */
char *noi_check_area_text(char out[40], double square_metres);

/* ---- thresholds ---- */

typedef struct noi_check_threshold {
    const char *option;  /* "--wider-than" */
    const char *key;     /* "wider_than_m": in JSON and in the GeoPackage */
    const char *unit;    /* "m", "m²", "%": of the option's value */
    double most;         /* values run from 0 to here */
    bool of_law;         /* used only against a registry */
    const char *meaning; /* N_() */
    size_t offset;       /* in noi_boundary_options */
} noi_check_threshold;

const noi_check_threshold *noi_check_thresholds(size_t *n); /* static storage */
/* In the option's unit. */
double noi_check_threshold_get(const noi_boundary_options *options, const noi_check_threshold *t);
void noi_check_threshold_set(noi_boundary_options *options, const noi_check_threshold *t,
                             double value);

/* ---- outputs ---- */

/* The defects for QGIS: areas, lines and points with their styles, the layer itself, and tables
 * `rules`, `check` and, where findings have no place, `defects_without_place`. An existing file is
 * replaced when it is a GeoPackage of defects; anything else is NOI_ERR_CONFLICT. */
NOI_MUST_CHECK noi_status noi_check_write_defects(const noi_check *check, const char *path);

/* The page, as folder `path`; see folder.h. `defects` is the path of the GeoPackage or NULL. */
NOI_MUST_CHECK noi_status noi_check_write_report(const noi_check *check, const char *path,
                                                 const char *defects);

#endif
