/*
 * check_files.c: the files that a layer is made of, each with its SHA-256, so that a signed
 * decision names what was decided about. A shapefile is several files; a .gdb is a folder, whose
 * hash is that of what `sha256sum *` prints in it.
 */
#include "report/check.h"

#include "base/file.h"
#include "base/i18n.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* What lies beside a file of a format that has several; the first is the one that is named. */
static const char *const FORMATS[][6] = {
    {"shp", "dbf", "shx", "prj", "cpg", NULL},
    {"tab", "dat", "map", "id", "ind", NULL},
    {"mif", "mid", NULL},
};

static noi_status add_file(noi_check_file **files, size_t *n, const char *path) {
    noi_check_file one;
    NOI_TRY(noi_digest_file(one.hash, path));
    one.name = noi_strdup(noi_path_base(path));
    *files = noi_realloc(*files, (*n + 1) * sizeof **files);
    (*files)[(*n)++] = one;
    return NOI_OK;
}

/* ---- folders ---- */

static int compare_names(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_listed(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static noi_status digest_entry(noi_digest *all, const char *folder, const char *name) {
    NOI_AUTO_FREE char *path = noi_format("%s/%s", folder, name);
    char hash[NOI_DIGEST_HEX];
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return NOI_OK;
    NOI_TRY(noi_digest_file(hash, path));
    NOI_AUTO_FREE char *line = noi_format("%s  %s\n", hash, name);
    noi_digest_add(all, line, strlen(line));
    return NOI_OK;
}

static noi_status add_folder(noi_check_file **files, size_t *n, const char *path) {
    struct dirent **entries = NULL;
    int n_entries = scandir(path, &entries, is_listed, compare_names);
    if (n_entries < 0)
        return noi_fail_errno(NOI_ERR_IO, _("%s cannot be opened"), path);
    NOI_AUTO(noi_digest_freep) noi_digest *all = noi_digest_new();
    noi_status status = NOI_OK;
    for (int i = 0; i < n_entries; i++) {
        if (status == NOI_OK)
            status = digest_entry(all, path, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    NOI_TRY(status);
    *files = noi_realloc(*files, (*n + 1) * sizeof **files);
    noi_check_file *one = &(*files)[(*n)++];
    noi_digest_end(one->hash, all);
    one->name = noi_strdup(noi_path_base(path));
    return NOI_OK;
}

/* ---- files of several parts ---- */

/* The part with that ending, in small letters or capitals; NULL when there is none. */
static char *part_path(const char *path, size_t stem, const char *ending) {
    char upper[8] = "";
    for (size_t i = 0; ending[i] && i + 1 < sizeof upper; i++)
        upper[i] = (char)(ending[i] - 'a' + 'A');
    const char *const spellings[2] = {ending, upper};
    for (int i = 0; i < 2; i++) {
        char *part = noi_format("%.*s.%s", (int)stem, path, spellings[i]);
        if (access(part, F_OK) == 0)
            return part;
        free(part);
    }
    return NULL;
}

static noi_status add_parts(noi_check_file **files, size_t *n, const char *path,
                            const char *const *endings, size_t stem) {
    for (size_t i = 1; endings[i]; i++) {
        NOI_AUTO_FREE char *part = part_path(path, stem, endings[i]);
        if (part)
            NOI_TRY(add_file(files, n, part));
    }
    return NOI_OK;
}

static noi_status list_files(noi_check_file **files, size_t *n, const char *path) {
    struct stat st;
    const char *dot = strrchr(noi_path_base(path), '.');
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return add_folder(files, n, path);
    NOI_TRY(add_file(files, n, path));
    for (size_t i = 0; dot && i < sizeof FORMATS / sizeof *FORMATS; i++)
        if (strcasecmp(dot + 1, FORMATS[i][0]) == 0)
            return add_parts(files, n, path, FORMATS[i], (size_t)(dot - path));
    return NOI_OK;
}

noi_status noi_check_files_list(noi_check_file **out, size_t *n, const char *path) {
    noi_check_file *files = NULL;
    size_t n_files = 0;
    noi_status status = list_files(&files, &n_files, path);
    if (status != NOI_OK) {
        noi_check_files_free(files, n_files);
        return status;
    }
    *out = files;
    *n = n_files;
    return NOI_OK;
}

void noi_check_files_free(noi_check_file *files, size_t n) {
    for (size_t i = 0; i < n; i++)
        free(files[i].name);
    free(files);
}
