/* layers.c: see layers.h. */
#include "rehearsal/layers.h"

#include "exporters/gpkg.h"

static const noi_gpkg_field fields[] = {{"code", NOI_GPKG_TEXT},
                                        {"name", NOI_GPKG_TEXT},
                                        {"kind", NOI_GPKG_TEXT},
                                        {"note", NOI_GPKG_TEXT}};

static noi_gpkg_value text_value(noi_str text) {
    return (noi_gpkg_value){.text = text};
}

static noi_status write_unit(noi_gpkg *gpkg, const noi_coverage *layer, uint32_t unit,
                             const noi_str facts[3]) {
    NOI_AUTO_BUF noi_buf wkb = {0};
    noi_coverage_wkb(&wkb, layer, unit);
    noi_gpkg_value values[] = {text_value(facts[0]), text_value(facts[1]), text_value(facts[2]),
                               text_value(NOI_STR("synthetic border, made up for a rehearsal"))};
    return noi_gpkg_feature(gpkg, noi_buf_view(&wkb), values);
}

static void unit_facts(noi_str out[3], const noi_tables *tables, uint32_t i, bool old) {
    out[0] = old ? tables->old_units[i].code : tables->new_units[i].code;
    out[1] = old ? tables->old_units[i].name : tables->new_units[i].name;
    out[2] = old ? tables->old_units[i].kind : tables->new_units[i].kind;
}

static noi_status write_layer(const noi_city *city, const char *folder, bool old) {
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *layer = old ? noi_shape_old_layer(city->shape) : noi_shape_new_layer(city->shape);
    const char *name = old ? "synthetic_old_units" : "synthetic_new_units";
    NOI_AUTO_FREE char *path =
        noi_format("%s/input/%s", folder, old ? "synthetic-old.gpkg" : "synthetic-new.gpkg");
    NOI_AUTO(noi_gpkg_closep) noi_gpkg *gpkg = NULL;
    NOI_TRY(noi_gpkg_create(&gpkg, path));
    NOI_TRY(noi_gpkg_layer(gpkg, name, NOI_GPKG_MULTIPOLYGON, NULL, fields, 4));
    for (uint32_t i = 0; i < layer->n_units; i++) {
        noi_str facts[3];
        unit_facts(facts, city->tables, i, old);
        NOI_TRY(write_unit(gpkg, layer, i, facts));
    }
    return noi_gpkg_commit(gpkg);
}

noi_status noi_write_layers(const noi_city *city, const char *folder) {
    NOI_TRY(write_layer(city, folder, true));
    return write_layer(city, folder, false);
}
