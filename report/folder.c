/* folder.c: the folder of a report, whole or not at all; see folder.h. */
#include "report/folder.h"

#include "base/embed.h"
#include "base/file.h"
#include "base/i18n.h"
#include "report/format.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GENERATOR "<meta name=\"generator\" content=\"noi "
#define KIND      "<meta name=\"noi-report\" content=\"%s\">"

struct noi_folder {
    char *path, *part;
    bool is_placed;
};

/* ---- the page ---- */

void noi_page_begin(noi_buf *out, const char *kind, const char *title, const char *more) {
    noi_buf_printf(out,
                   "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">\n" GENERATOR
                   "%s\">\n" KIND
                   "\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>",
                   /* translators: the code of your language */
                   _("en"), NOI_VERSION, kind);
    noi_html_text(out, noi_str_of(title));
    noi_buf_printf(out, "</title>\n<style>\n%s%s</style></head><body>\n",
                   noi_embed("report/assets/report.css").p, more ? noi_embed(more).p : "");
}

void noi_page_end(noi_buf *out) {
    noi_buf_add_str(out, "</body></html>\n");
}

/* ---- the folder ---- */

static bool is_our_report(const char *path, const char *kind) {
    NOI_AUTO_FREE char *index = noi_format("%s/index.html", path);
    NOI_AUTO_FREE char *mark = noi_format(KIND, kind);
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    if (noi_map_open(&map, index) != NOI_OK) {
        noi_error_clear();
        return false;
    }
    noi_str bytes = noi_map_bytes(map);
    size_t n = bytes.n < 1024 ? bytes.n : 1024;
    return memmem(bytes.p, n, GENERATOR, strlen(GENERATOR)) &&
           memmem(bytes.p, n, mark, strlen(mark));
}

/* Nothing, an empty folder, or an earlier report may stand at `path`. */
static noi_status may_replace(const char *path, const char *kind, const char *option) {
    struct stat st;
    if (lstat(path, &st) != 0 || is_our_report(path, kind))
        return NOI_OK;
    if (S_ISDIR(st.st_mode) && rmdir(path) == 0)
        return NOI_OK;
    noi_status status =
        noi_fail(NOI_ERR_CONFLICT, _("%s is there already and is no report of this kind"), path);
    noi_hint(_("name another folder with %s"), option);
    return status;
}

noi_status noi_folder_begin(noi_folder **out, const char *path, const char *kind,
                            const char *option) {
    NOI_AUTO(noi_folder_closep) noi_folder *folder = noi_alloc_zero(1, sizeof *folder);
    folder->path = noi_strdup(path);
    for (size_t n = strlen(path); n > 1 && path[n - 1] == '/'; n--)
        folder->path[n - 1] = '\0';
    NOI_TRY(may_replace(folder->path, kind, option));
    folder->part = noi_part_name(folder->path);
    noi_remove_tree(folder->part);
    NOI_TRY(noi_make_folder(folder->part));
    if (chmod(folder->part, 0700) != 0) /* it holds keys of records: for its owner alone */
        return noi_fail_errno(NOI_ERR_IO, _("%s: cannot be made"), folder->path);
    *out = folder;
    folder = NULL;
    return NOI_OK;
}

const char *noi_folder_part(const noi_folder *folder) {
    return folder->part;
}

noi_status noi_folder_page(const noi_folder *folder, noi_str page) {
    NOI_AUTO_FREE char *path = noi_format("%s/index.html", folder->part);
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open(&out, path));
    NOI_TRY(noi_out_write(out, page.p, page.n));
    return noi_out_commit(out);
}

/* At once, where the disk can exchange two names: no kill leaves the place empty. Else one after
 * the other. Another process may put its own there in between: then that one is replaced. */
static bool put_in_place(const noi_folder *folder, const char *old) {
    for (int tries = 0; tries < 16; tries++) {
        noi_remove_tree(old);
        if (renameat2(AT_FDCWD, folder->part, AT_FDCWD, folder->path, RENAME_EXCHANGE) == 0)
            return true;
        if (rename(folder->path, old) != 0 && errno != ENOENT)
            return false;
        if (rename(folder->part, folder->path) == 0)
            return true;
        if (errno != ENOTEMPTY && errno != EEXIST)
            return false;
    }
    return false;
}

/* The earlier one stands again. The part is there only when the two were exchanged. */
static void take_back(const noi_folder *folder, const char *old) {
    if (renameat2(AT_FDCWD, folder->part, AT_FDCWD, folder->path, RENAME_EXCHANGE) == 0)
        return;
    if (rename(folder->path, folder->part) == 0 && rename(old, folder->path) != 0 &&
        errno != ENOENT)
        noi_hint(_("the earlier report is kept as %s"), old);
}

noi_status noi_folder_commit(noi_folder *folder) {
    NOI_AUTO_FREE char *old = noi_format("%s.old", folder->part);
    if (!noi_on_disk(folder->part) || !put_in_place(folder, old)) {
        noi_status status = noi_fail_errno(NOI_ERR_IO, _("%s cannot be replaced"), folder->path);
        if (rename(old, folder->path) != 0 && errno != ENOENT)
            noi_hint(_("the earlier report is kept as %s"), old);
        return status;
    }
    if (!noi_name_on_disk(folder->path)) { /* before the earlier one goes */
        noi_status status = noi_fail_errno(NOI_ERR_IO, _("%s cannot be replaced"), folder->path);
        take_back(folder, old);
        return status;
    }
    folder->is_placed = true;
    noi_remove_tree(old);
    noi_remove_tree(folder->part); /* the earlier one, when they were exchanged */
    return NOI_OK;
}

void noi_folder_close(noi_folder *folder) {
    if (!folder)
        return;
    if (folder->part && !folder->is_placed)
        noi_remove_tree(folder->part);
    free(folder->part);
    free(folder->path);
    free(folder);
}
