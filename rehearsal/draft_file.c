/* draft_file.c: the draft layer as a GeoPackage, and its key; see draft.h. */
#include "rehearsal/draft.h"

#include "base/file.h"
#include "exporters/gpkg.h"

#include <math.h>

static const noi_gpkg_field fields[] = {{"code", NOI_GPKG_TEXT},
                                        {"name", NOI_GPKG_TEXT},
                                        {"kind", NOI_GPKG_TEXT},
                                        {"population", NOI_GPKG_INTEGER},
                                        {"note", NOI_GPKG_TEXT}};

static noi_gpkg_value text_or_null(const char *text) {
    return (noi_gpkg_value){.is_null = !*text, .text = noi_str_of(text)};
}

static noi_status write_layer(const noi_layer *layer, const char *folder) {
    NOI_AUTO_FREE char *path = noi_format("%s/input/synthetic-draft.gpkg", folder);
    NOI_AUTO(noi_gpkg_closep) noi_gpkg *gpkg = NULL;
    NOI_AUTO_BUF noi_buf wkb = {0};
    NOI_TRY(noi_gpkg_create(&gpkg, path));
    NOI_TRY(noi_gpkg_layer(gpkg, layer->name, NOI_GPKG_MULTIPOLYGON, NULL, fields,
                           sizeof fields / sizeof *fields));
    for (uint32_t i = 0; i < layer->coverage->n_units; i++) {
        const noi_layer_feature *f = &layer->features[i];
        const noi_gpkg_value values[] = {
            text_or_null(f->code), text_or_null(f->name), text_or_null(f->kind),
            {.is_null = f->population < 0, .integer = f->population},
            text_or_null("synthetic border with planted defects, made up for a rehearsal")};
        noi_buf_clear(&wkb);
        if (f->has_shape)
            noi_coverage_wkb(&wkb, layer->coverage, i);
        NOI_TRY(noi_gpkg_feature(gpkg, f->has_shape ? noi_buf_view(&wkb) : (noi_str){0}, values));
    }
    return noi_gpkg_commit(gpkg);
}

static noi_status write_key(const noi_draft *draft, const char *folder) {
    NOI_AUTO_FREE char *path = noi_format("%s/truth/draft.csv", folder);
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open(&out, path));
    NOI_TRY(noi_out_printf(out, "rule,subject,lon,lat\n"));
    for (size_t i = 0; i < draft->n; i++) {
        const noi_planted *p = &draft->planted[i];
        if (isnan(p->lon))
            NOI_TRY(noi_out_printf(out, "%s,%s,,\n", p->rule, p->subject));
        else
            NOI_TRY(noi_out_printf(out, "%s,%s,%.7f,%.7f\n", p->rule, p->subject, p->lon, p->lat));
    }
    return noi_out_commit(out);
}

noi_status noi_write_draft(const noi_draft *draft, const char *folder) {
    NOI_TRY(write_layer(draft->layer, folder));
    return write_key(draft, folder);
}
