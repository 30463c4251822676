/* common.h: what the importers of units and edges share. Private to this folder. */
#ifndef NOI_IMPORTERS_COMMON_H
#define NOI_IMPORTERS_COMMON_H

#include "importers/job.h"

/* The unit that bore a code on a day; id is 0 when none did. Texts are borrowed until the query
 * ("import/unit_on") is used again. */
typedef struct noi_unit_found {
    int64_t id;
    noi_str name, kind, district_code, province_code;
    noi_day from, to;
    int64_t source_id, source_line;
    noi_day list_day; /* of the list that named it; NOI_DAY_NONE for other sources */
} noi_unit_found;
NOI_MUST_CHECK noi_status noi_unit_on(noi_unit_found *out, noi_stmt *query, noi_str code,
                                      noi_day on);

/* "Phường" → "phường"; NULL for a word that is no kind of unit. Static storage. */
const char *noi_unit_kind_of(noi_str word);

/* One row of table unit. */
typedef struct noi_new_unit {
    noi_str code, name, district_code, district_name, province_code, province_name;
    const char *kind, *district_kind; /* district_kind may be "" */
    noi_day from, to;
    double area_km2, population, lon, lat; /* NaN for none */
    noi_str resolution, clause;
    int64_t line;
} noi_new_unit;
NOI_MUST_CHECK noi_status noi_unit_insert(int64_t *id, noi_job *job, noi_stmt *query,
                                          const noi_new_unit *unit);

/* Sets valid_from ("import/unit_begin") or valid_to ("import/unit_close") of a unit. */
NOI_MUST_CHECK noi_status noi_unit_set_day(noi_job *job, const char *query, int64_t unit,
                                           noi_day day);

/* The decree of that number, made when it is not stored yet. NOI_ERR_CONFLICT when it is stored
 * with another day. */
NOI_MUST_CHECK noi_status noi_decree_find(int64_t *out, noi_job *job, noi_str number,
                                          noi_str province_code, noi_day effective_on);

typedef struct noi_new_edge {
    int64_t decree, old_unit, new_unit;
    noi_str part, scope, clause;
    const char *basis; /* "law", "table" */
} noi_new_edge;
/* *stored is false when the same two units have an edge of that basis already. */
NOI_MUST_CHECK noi_status noi_edge_insert(bool *stored, noi_job *job, noi_stmt *query,
                                          const noi_new_edge *edge);

/* Ends the old units of the job's edges. */
NOI_MUST_CHECK noi_status noi_close_old_units(noi_job *job, noi_day effective_on);

/* NOI_ERR_INPUT unless a unit list as of that day is stored: without it the codes of the day mean
 * what they meant before. */
NOI_MUST_CHECK noi_status noi_need_list_of_day(noi_job *job, noi_day on);

/* A table of law with a hole in it would be another law: NOI_ERR_INPUT when a row was rejected. */
NOI_MUST_CHECK noi_status noi_job_want_whole(const noi_job *job);

#endif
