/*
 * map_overview.h: the map of all units of a layer. Units far from the rest (an island district) get
 * an inset at their own scale: the extent is never stretched to reach them.
 */
#ifndef NOI_REPORT_MAP_OVERVIEW_H
#define NOI_REPORT_MAP_OVERVIEW_H

#include "report/svg.h"

typedef struct noi_overview {
    const noi_coverage *coverage;
    const char *title;
    bool synthetic; /* said on the map */
    const void *context;
    const char *(*style)(const void *context, uint32_t unit); /* "fill:#abc" */
    noi_str (*name)(const void *context, uint32_t unit);      /* empty for none */
    /* Drawn above the units, once for the map and for each inset; NULL for nothing. */
    void (*above)(const void *context, noi_buf *out, const noi_view *view);
} noi_overview;

/* Appends the picture; nothing for a layer without areas. */
NOI_MUST_CHECK noi_status noi_map_overview(noi_buf *out, const noi_overview *overview);

#endif
