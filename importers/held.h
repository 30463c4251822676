/*
 * held.h: a file that GDAL reads out of a mapping of ours. Reading GeoJSON, KML or a workbook, GDAL takes a
 * disk that fails for the end of the file: features or rows would be missing and nobody would know. What a
 * mapping cannot read ends the program with the file's name (cli/bus.h); what it can is the whole file.
 */
#ifndef NOI_IMPORTERS_HELD_H
#define NOI_IMPORTERS_HELD_H

#include "base/file.h"

typedef struct noi_held noi_held;

/* Formats of several files, and databases, which tell of their failures, are left to GDAL as they are. */
NOI_MUST_CHECK noi_status noi_held_open(noi_held **out, const char *path);
/* Behind the dataset that reads it. */
void noi_held_close(noi_held *held); /* accepts NULL */
/* What GDAL is to open. Borrowed. */
const char *noi_held_name(const noi_held *held);

#endif
