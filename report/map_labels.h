/* map_labels.h: names of units on a small map, each where there is room for it. */
#ifndef NOI_REPORT_MAP_LABELS_H
#define NOI_REPORT_MAP_LABELS_H

#include "report/svg.h"

#define NOI_MAX_LABELS 24
#define NOI_LABEL_SIZE 8.5 /* points; .place .label in report.css */

typedef struct noi_labels { /* what stands on the map already: middle, width and height */
    double x[NOI_MAX_LABELS], y[NOI_MAX_LABELS];
    double width[NOI_MAX_LABELS], height[NOI_MAX_LABELS];
    size_t n;
} noi_labels;

/* Keeps names off a place; nothing when the list is full. */
void noi_label_keep_off(noi_labels *labels, double x, double y, double width, double height);

/* Writes the name inside the part of the unit that is in view, where nothing else stands; returns
 * false when there is no such place. */
bool noi_label_unit(noi_buf *out, noi_labels *labels, const noi_view *view,
                    const noi_coverage *coverage, uint32_t unit, noi_str name);

#endif
