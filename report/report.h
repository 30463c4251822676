/*
 * report.h: what people look at. A folder with index.html (one file, no network, no script), tables
 * as CSV, and findings.gpkg, which QGIS opens with its style.
 *
 * Deterministic: the same registry and language give the same bytes; no clock. Records appear by
 * their keys only: no names, no address texts.
 */
#ifndef NOI_REPORT_REPORT_H
#define NOI_REPORT_REPORT_H

#include "registry/registry.h"

/* Writes the report of `registry` (opened to read) into folder `path`. It is built in "<path>.part"
 * and renamed when whole; an earlier report of noi at `path` is replaced, anything else there is
 * NOI_ERR_CONFLICT. Texts in the language that gettext speaks. */
NOI_MUST_CHECK noi_status noi_report_write(noi_registry *registry, const char *path);

#endif
