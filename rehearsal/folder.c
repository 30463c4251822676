/* folder.c: the folder of a rehearsal: never overwrites what it did not write; see generate.h. */
#include "base/file.h"
#include "rehearsal/generate.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARKER "rehearsal.json"

/* What a rehearsal writes into its folder. */
static const char *const entries[] = {
    "input",          "truth",        "report",           "city.noi",
    "city.noi-wal",   "city.noi-shm", "city.noi-journal", "city.plan",
    "decided.plan",  "second.plan",  "later.plan", "unbroken.noi",     "unbroken.noi-wal",
    "unbroken.noi-shm", "scorecard.json", MARKER};

static bool is_empty(const char *folder) {
    DIR *dir = opendir(folder);
    if (!dir)
        return errno == ENOENT || errno == ENOTDIR;
    bool empty = true;
    for (struct dirent *e = readdir(dir); e && empty; e = readdir(dir))
        empty = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
    closedir(dir);
    return empty;
}

static noi_status remove_former(const char *folder) {
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        NOI_AUTO_FREE char *path = noi_format("%s/%s", folder, entries[i]);
        if (!noi_remove_tree(path))
            return noi_fail_errno(NOI_ERR_IO, _("%s: the former rehearsal cannot be removed"),
                                  path);
    }
    return NOI_OK;
}

static noi_status write_marker(const char *path, const noi_city *city) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open(&out, path));
    NOI_TRY(noi_out_printf(
        out, "{\"rehearsal\":true,\"synthetic\":true,\"seed\":%llu,\"size\":\"%s\"",
        (unsigned long long)city->seed, noi_city_size_key(city->size)));
    if (city->scenario)
        NOI_TRY(noi_out_printf(out, ",\"scenario\":\"%s\"", city->scenario->name));
    NOI_TRY(noi_out_printf(out, "}\n"));
    return noi_out_commit(out);
}

noi_status noi_rehearsal_folder(const char *folder, const noi_city *city) {
    NOI_AUTO_FREE char *marker = noi_format("%s/%s", folder, MARKER);
    struct stat st;
    if (stat(marker, &st) != 0 && !is_empty(folder)) {
        noi_status status =
            noi_fail(NOI_ERR_CONFLICT,
                     _("%s holds files that are not a rehearsal's; nothing was touched"), folder);
        noi_hint(_("name another folder with --out"));
        return status;
    }
    NOI_TRY(remove_former(folder));
    static const char *const parts[] = {"", "/input", "/truth"};
    for (int i = 0; i < 3; i++) {
        NOI_AUTO_FREE char *path = noi_format("%s%s", folder, parts[i]);
        NOI_TRY(noi_make_folder(path));
    }
    return write_marker(marker, city);
}
