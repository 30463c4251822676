/* layer_show.h: what `noi check` and `noi repair` say alike about a layer. */
#ifndef NOI_CLI_LAYER_SHOW_H
#define NOI_CLI_LAYER_SHOW_H

#include "report/check.h"

struct json_object;

/* "wards.gpkg, layer wards: 168 units, 217,147 vertices" and the end of the line. */
void cli_show_layer(const char *path, const noi_layer *layer);

/* " L07 (2), L18 (13)": the rules that stand against the layer. */
void cli_show_failing(const noi_check *check);

/* NULL is null. */
void cli_json_text(struct json_object *to, const char *key, const char *value);
void cli_json_count(struct json_object *to, const char *key, int64_t value);
/* As many digits as the value has a meaning for; null for NaN. */
void cli_json_real(struct json_object *to, const char *key, double value, int digits);

#endif
