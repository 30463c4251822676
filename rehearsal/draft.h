/*
 * draft.h: the new boundary layer as an office might re-issue it: right but for defects that were
 * planted in it, one of nearly every kind that `noi check` knows, each with its answer. The defects lie
 * apart: no unit has two of them.
 */
#ifndef NOI_REHEARSAL_DRAFT_H
#define NOI_REHEARSAL_DRAFT_H

#include "geo/layer.h"
#include "rehearsal/city.h"

typedef struct noi_planted {
    const char *rule;  /* "L07" */
    char subject[24];  /* codes, ascending: "26740 26743"; of an edge old, then new */
    double lon, lat;   /* where; NaN where it has no place */
} noi_planted;

typedef struct noi_draft {
    noi_layer *layer; /* EPSG:4326; every unit with the population that the law states */
    size_t n;
    noi_planted *planted; /* in the order of planting */
} noi_draft;

NOI_MUST_CHECK noi_status noi_draft_make(noi_draft **out, const noi_city *city);
void noi_draft_free(noi_draft *draft); /* accepts NULL */
NOI_DEFINE_AUTO(noi_draft, noi_draft_free)

/* input/synthetic-draft.gpkg and its key, truth/draft.csv: rule,subject,lon,lat. */
NOI_MUST_CHECK noi_status noi_write_draft(const noi_draft *draft, const char *folder);

#endif
