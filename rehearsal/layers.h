/* layers.h: the rehearsal's boundary layers as GeoPackages, each saying that it is made up. */
#ifndef NOI_REHEARSAL_LAYERS_H
#define NOI_REHEARSAL_LAYERS_H

#include "rehearsal/city.h"

/* input/synthetic-old.gpkg, input/synthetic-new.gpkg. */
NOI_MUST_CHECK noi_status noi_write_layers(const noi_city *city, const char *folder);

#endif
