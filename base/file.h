/*
 * file.h: reading a whole file through a mapping, and writing one that is there whole or not at
 * all.
 */
#ifndef NOI_BASE_FILE_H
#define NOI_BASE_FILE_H

#include "base/memory.h"

/* A file mapped read-only. The bytes live as long as the map. A file of no bytes maps to {"" , 0}.
 * NOI_ERR_IO for a missing or unreadable file, a directory, a pipe. */
typedef struct noi_map noi_map;
NOI_MUST_CHECK noi_status noi_map_open(noi_map **out, const char *path);
void noi_map_close(noi_map *map); /* accepts NULL */
noi_str noi_map_bytes(const noi_map *map);
/* Tells the kernel that the bytes before `upto` will not be read again, so that streaming a file of
 * many GiB does not grow the resident memory. Reading them again is still correct. */
void noi_map_done_with(noi_map *map, size_t upto);
NOI_DEFINE_AUTO(noi_map, noi_map_close)

/* Where an output of that name really goes: a link to a file leads to the file, so that the link stays
 * and others who follow it see the new one. NOI_ERR_IO for a link to nothing: who made it meant a
 * place that is not there (a disk that is not mounted). *out is yours: free. */
NOI_MUST_CHECK noi_status noi_out_place(char **out, const char *path);

/* Where `path` is written until it is whole: "<path>.<process>.part". Parts of this path that killed
 * runs left an hour ago or more are removed. Yours: free. */
char *noi_part_name(const char *path);
/* What a file was when it was looked at. */
typedef struct noi_file_look {
    uint64_t device, inode;
    int64_t bytes, seconds, nanoseconds;
} noi_file_look;
NOI_MUST_CHECK noi_status noi_file_look_at(noi_file_look *out, const char *path);
/* NOI_ERR_IO when the path leads to other bytes by now, as far as size and times tell: what was read of it
 * in between may be neither the one nor the other. */
NOI_MUST_CHECK noi_status noi_file_is_as_it_was(const noi_file_look *then, const char *path);

/* Writes all n bytes to a descriptor, however little the disk takes at a time; false with errno. */
bool noi_write_all(int fd, const void *bytes, size_t n);
/* Waits until a file, or the names in a folder, are on the disk; false with errno when they are not. */
bool noi_on_disk(const char *path);
/* The same for the folder that a path is in: only then a name that was made or changed there survives a
 * power cut. */
bool noi_name_on_disk(const char *path);
/* Removes a file or a folder with all in it; false when something stays. None there is fine. */
bool noi_remove_tree(const char *path);

/* A file being written: bytes go to its part, and only noi_out_commit renames that to `path`, each
 * brought to the disk: what was committed survives a power cut. Closing without commit removes the part file, so a failure leaves no half file.
 * "-" or "/dev/stdout" writes to standard output and commits at once; a device or a pipe is written
 * to as it is, never replaced. A database (a registry, a GeoPackage) is never replaced either:
 * NOI_ERR_CONFLICT.
 * NOI_ERR_IO (disk full, read-only folder) is kept from the first failed write and returned by
 * every later call. */
typedef struct noi_out noi_out;
NOI_MUST_CHECK noi_status noi_out_open(noi_out **out, const char *path);
/* The same, readable by its owner alone: for files that tell of people. */
NOI_MUST_CHECK noi_status noi_out_open_private(noi_out **out, const char *path);
NOI_MUST_CHECK noi_status noi_out_write(noi_out *out, const void *bytes, size_t n);
NOI_MUST_CHECK noi_status noi_out_printf(noi_out *out, const char *format, ...) NOI_PRINTF(2, 3);
NOI_MUST_CHECK noi_status noi_out_commit(noi_out *out);
/* The same, but NOI_ERR_CONFLICT where the name has been taken, also since it was opened. */
NOI_MUST_CHECK noi_status noi_out_commit_new(noi_out *out);
void noi_out_close(noi_out *out); /* accepts NULL */
NOI_DEFINE_AUTO(noi_out, noi_out_close)

/* NOI_ERR_USAGE when the file to be written is one of the files that are read (by whatever name or
 * link), so that no command replaces its own input. */
NOI_MUST_CHECK noi_status noi_refuse_overwrite(const char *out, const char *in);

/* The part of a path behind its last slash. Borrowed. */
const char *noi_path_base(const char *path);

/* Makes a folder and its parents; one that is there is no error. */
NOI_MUST_CHECK noi_status noi_make_folder(const char *path);

#endif
