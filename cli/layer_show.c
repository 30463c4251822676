/* layer_show.c: see layer_show.h. */
#include "cli/layer_show.h"

#include "base/file.h"
#include "base/i18n.h"
#include "report/format.h"

#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

void cli_show_layer(const char *path, const noi_layer *layer) {
    char units[32], vertices[32];
    printf(_("%s, layer %s: %s units, %s vertices\n"), noi_path_base(path), layer->name,
           noi_number(units, layer->coverage->n_units),
           noi_number(vertices, layer->coverage->n_vertices));
}

void cli_show_failing(const noi_check *check) {
    char n[32];
    const char *separator = " ";
    for (size_t i = 0; i < check->n_rules; i++) {
        const noi_check_rule *r = &check->rules[i];
        if (r->rule->severity == NOI_SEVERITY_NOTE)
            continue;
        printf("%s%s (%s)", separator, r->rule->id, noi_number(n, (int64_t)r->n));
        separator = ", ";
    }
}

void cli_json_text(json_object *to, const char *key, const char *value) {
    json_object_object_add(to, key, value ? json_object_new_string(value) : NULL);
}

void cli_json_count(json_object *to, const char *key, int64_t value) {
    json_object_object_add(to, key, json_object_new_int64(value));
}

void cli_json_real(json_object *to, const char *key, double value, int digits) {
    char text[64];
    snprintf(text, sizeof text, "%.*f", digits, value);
    char *point = strchr(text, '.');
    for (char *end = text + strlen(text); point && end[-1] == '0' && end - 2 > point; end--)
        end[-1] = '\0';
    json_object_object_add(to, key, isfinite(value) ? json_object_new_double_s(value, text) : NULL);
}
