/*
 * xlsx_check.c: see xlsx_check.h. A scanner of the XML that libxlsxwriter writes: it has no
 * comments, no CDATA, and no '>' within a value. What a write that failed takes away leaves tags
 * without their ends, or whole rows, cells or letters too few.
 */
#include "exporters/xlsx_check.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <string.h>
#include <xlsxwriter.h>

#define DEPTH 32
#define NAME  32

typedef struct scanner {
    char open[DEPTH][NAME]; /* the elements that are open, outermost first */
    size_t depth, n_tag;
    char tag[NAME], last; /* of the tag that is being read: its beginning, its last letter */
    bool in_tag, is_broken;
    uint64_t elements;
    noi_xlsx_counts found;
} scanner;

size_t noi_xlsx_letters(const char *text) {
    NOI_AUTO_FREE char *plain =
        lxw_has_control_characters(text) ? lxw_escape_control_characters(text) : NULL;
    size_t n = 0;
    for (const char *p = plain ? plain : text; *p; p++)
        n += *p == '&' ? strlen("&amp;") : *p == '<' || *p == '>' ? strlen("&lt;") : 1;
    return n;
}

static void count(scanner *s, const char *name) {
    s->elements++;
    s->found.rows += strcmp(name, "row") == 0;
    s->found.cells += strcmp(name, "c") == 0;
    s->found.choices += strcmp(name, "dataValidation") == 0;
}

static void end_tag(scanner *s) {
    s->tag[s->n_tag < NAME ? s->n_tag : NAME - 1] = '\0';
    s->in_tag = false;
    if (s->tag[0] == '?')
        return;
    bool closes = s->tag[0] == '/';
    char *name = s->tag + closes;
    name[strcspn(name, " />\n")] = '\0';
    if (closes) {
        s->is_broken |= s->depth == 0 || strcmp(s->open[s->depth - 1], name) != 0;
        s->depth -= s->depth > 0;
        return;
    }
    count(s, name);
    if (s->last == '/')
        return;
    s->is_broken |= s->depth == DEPTH;
    if (s->depth < DEPTH)
        memcpy(s->open[s->depth++], name, strlen(name) + 1);
}

static void scan(scanner *s, const char *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) {
        char c = bytes[i];
        if (s->in_tag && c == '>') {
            end_tag(s);
        } else if (s->in_tag) {
            s->is_broken |= c == '<';
            if (s->n_tag < NAME - 1)
                s->tag[s->n_tag] = c;
            s->n_tag++;
            s->last = c;
        } else if (c == '<') {
            s->in_tag = true;
            s->n_tag = 0;
        } else {
            s->found.letters += s->depth && strcmp(s->open[s->depth - 1], "t") == 0;
        }
    }
}

static bool is_whole(const scanner *s) {
    return !s->is_broken && !s->in_tag && s->depth == 0 && s->elements > 0;
}

/* One document of the file. */
static bool scan_document(scanner *out, const char *path) {
    NOI_AUTO_FREE char *block = noi_alloc(1u << 16);
    VSILFILE *file = VSIFOpenL(path, "rb");
    *out = (scanner){0};
    for (size_t n = 0; file && (n = VSIFReadL(block, 1, 1u << 16, file)) > 0;)
        scan(out, block, n);
    return file && VSIFCloseL(file) == 0 && is_whole(out);
}

static bool scan_all(noi_xlsx_counts *sheet, const char *root) {
    char **names = VSIReadDirRecursive(root);
    bool fine = names != NULL;
    scanner s = {0};
    for (int i = 0; fine && names[i]; i++) {
        NOI_AUTO_FREE char *path = noi_format("%s/%s", root, names[i]);
        if (names[i][strlen(names[i]) - 1] == '/')
            continue;
        fine = scan_document(&s, path);
        if (strncmp(names[i], "xl/worksheets/sheet", strlen("xl/worksheets/sheet")) == 0)
            *sheet = s.found;
    }
    CSLDestroy(names);
    return fine;
}

bool noi_xlsx_holds(const char *path, const noi_xlsx_counts *put) {
    noi_xlsx_counts found = {0};
    NOI_AUTO_FREE char *root = noi_format("/vsizip/{%s}", path);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    bool fine = scan_all(&found, root);
    CPLPopErrorHandler();
    return fine && found.rows == put->rows && found.cells == put->cells &&
           found.choices == put->choices && found.letters == put->letters;
}
