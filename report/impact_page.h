/* impact_page.h: the parts of the page about a comparison. Private to this folder. */
#ifndef NOI_REPORT_IMPACT_PAGE_H
#define NOI_REPORT_IMPACT_PAGE_H

#include "report/impact.h"

/* What maps draw from: both drawings, and for each area whether any border of it moves. */
typedef struct noi_impact_maps {
    const noi_impact_story *story;
    uint8_t *touched; /* an area of the layer afterwards: 1 its border moves, 2 records move too */
} noi_impact_maps;

void noi_impact_maps_begin(noi_impact_maps *out, const noi_impact_story *story);
void noi_impact_maps_end(noi_impact_maps *maps);

/* The whole layer, with the units whose borders move. */
NOI_MUST_CHECK noi_status noi_impact_overview(noi_buf *out, const noi_impact_maps *maps);
/* One border: all of it, and close by where it is long; nothing where no area moves. */
NOI_MUST_CHECK noi_status noi_impact_pair_maps(noi_buf *out, const noi_impact_maps *maps,
                                               const noi_impact_pair *pair);
/* What the lines and colours of these maps mean. */
void noi_impact_legend(noi_buf *out, bool with_records);

#endif
