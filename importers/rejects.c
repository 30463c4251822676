/* rejects.c: see rejects.h. Values are shown so that the file is valid UTF-8 whatever they were. */
#include "importers/rejects.h"

#include "address/text.h"
#include "base/csv.h"
#include "base/file.h"

#include <string.h>

#define SHOWN_BYTES 200 /* of a value; a field of a million letters helps nobody */

struct noi_rejects {
    char *path;
    noi_out *out; /* NULL until the first row */
};

noi_rejects *noi_rejects_new(const char *path) {
    noi_rejects *r = noi_alloc_zero(1, sizeof *r);
    r->path = noi_strdup(path);
    return r;
}

static void add_escaped(noi_buf *out, noi_str value) {
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        if (c < 0x20 || c >= 0x7F)
            noi_buf_printf(out, "\\x%02X", c);
        else
            noi_buf_add_char(out, (char)c);
    }
}

static bool has_control(noi_str text) {
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] < 0x20)
            return true;
    return false;
}

/* At most SHOWN_BYTES, cut between letters. */
static noi_str shorten(noi_str value) {
    size_t n = value.n < SHOWN_BYTES ? value.n : SHOWN_BYTES;
    while (n > 0 && n < value.n && ((unsigned char)value.p[n] & 0xC0) == 0x80)
        n--;
    return (noi_str){value.p, n};
}

static void add_value(noi_buf *line, noi_str value) {
    NOI_AUTO_BUF noi_buf shown = {0};
    noi_str head = shorten(value);
    if (noi_utf8_is_valid(head) && !has_control(head))
        noi_buf_add(&shown, head.p, head.n);
    else
        add_escaped(&shown, head);
    if (head.n < value.n)
        noi_buf_printf(&shown, "… (%zu bytes)", value.n);
    noi_csv_add_field(line, noi_buf_view(&shown));
}

noi_status noi_rejects_add(noi_rejects *rejects, int64_t line, noi_str column, noi_str value,
                           noi_reject reason, const char *remark) {
    if (!rejects->out) {
        NOI_TRY(noi_out_open_private(&rejects->out, rejects->path));
        NOI_TRY(noi_out_printf(rejects->out, "line,column,value,reason\n"));
    }
    NOI_AUTO_BUF noi_buf text = {0};
    noi_buf_printf(&text, "%lld,", (long long)line);
    noi_csv_add_field(&text, column);
    noi_buf_add_char(&text, ',');
    add_value(&text, value);
    noi_buf_add_char(&text, ',');
    NOI_AUTO_BUF noi_buf why = {0};
    noi_buf_printf(&why, "%s%s%s", noi_reject_key(reason), remark ? ": " : "",
                   remark ? remark : "");
    noi_csv_add_field(&text, noi_buf_view(&why));
    noi_buf_add_char(&text, '\n');
    return noi_out_write(rejects->out, text.p, text.n);
}

noi_status noi_rejects_commit(const char **path, noi_rejects *rejects) {
    *path = "";
    if (!rejects->out)
        return NOI_OK;
    NOI_TRY(noi_out_commit(rejects->out));
    *path = rejects->path;
    return NOI_OK;
}

void noi_rejects_free(noi_rejects *rejects) {
    if (!rejects)
        return;
    noi_out_close(rejects->out);
    free(rejects->path);
    free(rejects);
}
