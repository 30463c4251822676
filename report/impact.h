/*
 * impact.h: what the adoption of another drawing of a boundary layer would do, border by border, and
 * what is written about it: a page for the person who decides. `noi impact` fills it.
 *
 * Deterministic: the same layers, registry and language give the same bytes; no clock.
 */
#ifndef NOI_REPORT_IMPACT_H
#define NOI_REPORT_IMPACT_H

#include "base/digest.h"
#include "geo/moved.h"
#include "merge/impact.h"
#include "registry/store.h"

#define NOI_IMPACT_DOTS 300 /* records drawn on the map of a pair, at most */

typedef struct noi_impact_dot {
    double lon, lat;
    bool is_question; /* the record becomes a question, or stops being one */
} noi_impact_dot;

/* Two neighbours (or a unit and nobody, a == 0) whose border moves or between which records go. */
typedef struct noi_impact_pair {
    noi_code a, b;               /* a < b */
    const noi_moved *moved[2];   /* area from a to b, from b to a; NULL for none */
    double area_m2, farthest_m;  /* of both directions; farthest NaN when neither has a border */
    int64_t records[2][NOI_RECORD_KINDS]; /* that go from a to b, from b to a */
    int64_t n_records;           /* in both directions */
    int64_t asked, settled;      /* records at this border that become questions, or stop */
    double bounds[4];            /* of the area that moves; all NaN for none */
    size_t n_dots, n_met, stride; /* every stride-th of the records met is drawn */
    noi_impact_dot *dots;
} noi_impact_pair;

typedef struct noi_impact_side {
    const char *path;          /* of the file, as named */
    char hash[NOI_DIGEST_HEX]; /* of its bytes */
    const noi_layer *layer;    /* EPSG:4326 */
} noi_impact_side;

/* The account of one unit's area, for the codes of both drawings in their order. */
typedef struct noi_impact_area {
    noi_code code;
    double before_m2, after_m2;   /* 0 where it is not drawn */
    double gained_m2, lost_m2;    /* by what moved */
    double rest_m2;               /* after - before - gained + lost: noise that was left out, and land
                                     that several units claim */
} noi_impact_area;

typedef struct noi_impact_story {
    /* ---- filled by the caller; borrowed ---- */
    noi_impact_side before, after;
    const char *registry; /* its path */
    double noise_m;
    /* ---- filled by noi_impact_tell ---- */
    noi_moved_list *moved;
    noi_impact *impact;
    noi_unit_list *units; /* of all days */
    bool is_synthetic;    /* the registry's own layer of that day has borders that are made up */
    bool is_shifted;      /* the new drawing is the old one pushed aside, by: */
    noi_shift shift;
    double area_before_m2, area_after_m2; /* sums over the units of each drawing */
    size_t n_areas;
    noi_impact_area *areas;
    size_t n_pairs, pair_room;
    noi_impact_pair *pairs; /* most records first, then most questions, then the largest area */
} noi_impact_story;

/* Compares the borders, judges all records, and gathers both by pairs of neighbours. `record` (may
 * be NULL) sees every record that changes. */
NOI_MUST_CHECK noi_status noi_impact_tell(noi_impact_story *story, noi_registry *registry,
                                          noi_impact_record record, void *context);
void noi_impact_story_clear(noi_impact_story *story); /* what noi_impact_tell made */

/* Nobody moves and no border moved beyond noise. */
bool noi_impact_is_none(const noi_impact_story *story);
/* The layers draw the units after the reform: borders and records then speak of the same units. */
bool noi_impact_is_new_side(const noi_impact_story *story);
/* Records that change, of a kind; 0 for all kinds. */
int64_t noi_impact_changes(const noi_impact_story *story, int kind);
/* Asked and unplaced records: what waits for a person. */
int64_t noi_impact_queue(const noi_account *account, int kind);

/* "26740 Phường Sài Gòn", or "nobody's land" for 0: a unit that the layers draw. */
void noi_impact_unit_text(noi_buf *out, const noi_impact_story *story, noi_code code);
/* The same for an outcome of a record: "open question", "unplaced". */
void noi_impact_outcome_text(noi_buf *out, const noi_impact_story *story, noi_code outcome);
/* Stable keys: "26740", "asked", "unplaced". `out` holds 16 bytes. Returns `out`. */
char *noi_impact_outcome_key(char out[16], noi_code outcome);

/* One paragraph that says it all. Plain text. */
void noi_impact_summary(noi_buf *out, const noi_impact_story *story);

/* That the whole drawing was pushed aside, by what, and what that may come from; adds nothing when it
 * was not. Plain text. */
void noi_impact_shift_text(noi_buf *out, const noi_impact_story *story);

/* The account of all areas in one sentence: before, after, and what makes the difference. */
void noi_impact_area_text(noi_buf *out, const noi_impact_story *story);

/* The page, as folder `path`; see folder.h. */
NOI_MUST_CHECK noi_status noi_impact_write_report(const noi_impact_story *story, const char *path);

#endif
