/* json_text.c: see json_text.h. */
#include "rehearsal/json_text.h"

void noi_json_text(noi_buf *out, const char *text) {
    if (!text) {
        noi_buf_add_str(out, "null");
        return;
    }
    noi_buf_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            noi_buf_add_char(out, '\\');
        if ((unsigned char)*text < 0x20)
            noi_buf_printf(out, "\\u%04x", (unsigned char)*text);
        else
            noi_buf_add_char(out, *text);
    }
    noi_buf_add_char(out, '"');
}

void noi_json_counts(noi_buf *out, const noi_json_count *counts, size_t n) {
    for (size_t i = 0; i < n; i++)
        noi_buf_printf(out, "%s\"%s\":%llu", i ? "," : "", counts[i].name,
                       (unsigned long long)counts[i].value);
}

void noi_json_findings(noi_buf *out, const noi_validation *validation) {
    bool first = true;
    noi_buf_add_str(out, "\"findings\":[");
    for (size_t i = 0; i < validation->n; i++) {
        if (validation->findings[i] == 0)
            continue;
        noi_buf_printf(out, "%s{\"rule\":\"%s\",\"n\":%lld}", first ? "" : ",",
                       validation->rule[i]->id, (long long)validation->findings[i]);
        first = false;
    }
    noi_buf_add_char(out, ']');
}
