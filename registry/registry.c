/*
 * registry.c: connection, migrations, transactions and statements: the door to SQLite and
 * SpatiaLite.
 *
 * The journal is SQLite's rollback journal: a registry is one file that can be copied, mailed and
 * read from a read-only disk, a killed run is undone when the file is next opened, and a bulk load
 * into new pages journals next to nothing.
 *
 * Writers exclude each other for as long as they have the file open, also between two transactions:
 * a merge commits at checkpoints, and a second merge must not slip in there. The lock is a Unix
 * socket in the abstract name space named by the file's device and inode: it leaves no file behind
 * and the kernel drops it with the process. (A lock on the registry itself would not do: closing
 * any descriptor of a file drops SQLite's own locks on it.) Where two containers share a file but
 * not the name space, SQLite's locks still keep the file whole.
 */
#include "registry/registry.h"

#include "base/embed.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include <spatialite.h>

#define APPLICATION_ID 0x6e6f6931 /* "noi1", bytes 68..71 of the file */
#define BUSY_MS        2000
#define CACHE_KIB      196608 /* of pages, at most; SQLite takes what it needs */

struct noi_registry {
    sqlite3 *db;
    void *spatialite;
    char *path;
    int writer_lock; /* socket, -1 for none */
    bool in_transaction;
};

struct noi_stmt {
    sqlite3_stmt *stmt;
    noi_registry *registry;
};

/* ---- errors -------------------------------------------------------------------------------- */

static noi_status fail_busy(const char *path) {
    noi_status status =
        noi_fail(NOI_ERR_CONFLICT, _("%s is being written by another run of noi"), path);
    noi_hint(_("wait until it has ended and try again; this run changed nothing"));
    return status;
}

static noi_status fail_not_registry(const char *path) {
    noi_status status = noi_fail(NOI_ERR_INPUT, _("%s is not a registry of noi"), path);
    noi_hint(_("'noi init REGISTRY' makes one; check the order of the arguments"));
    return status;
}

static noi_status fail_read_only(const char *path) {
    noi_status status = noi_fail(NOI_ERR_IO, _("%s is read-only"), path);
    noi_hint(_("make the file and its folder writable, or work on a copy"));
    return status;
}

/* Where SQLite puts its temporary files; they fill a disk, too. */
static const char *temporary_folder(void) {
    const char *const names[] = {"SQLITE_TMPDIR", "TMPDIR"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (getenv(names[i]) && *getenv(names[i]))
            return getenv(names[i]);
    return "/var/tmp";
}

static noi_status fail_full(const noi_registry *r) {
    noi_status status = noi_fail(NOI_ERR_IO, _("%s: the disk is full"), r->path);
    noi_hint(_("free some space there and in %s, where temporary files go, and run the command "
               "again; nothing half done stays in the registry"),
             temporary_folder());
    return status;
}

/* What the system said to SQLite when it last refused the file something; 0: nothing. */
static int refusal_of_system(noi_registry *r) {
    int error = 0;
    sqlite3_file_control(r->db, "main", SQLITE_FCNTL_LAST_ERRNO, &error);
    return error ? error : sqlite3_system_errno(r->db);
}

static noi_status fail_disk(noi_registry *r) {
    int said = refusal_of_system(r);
    errno = said;
    noi_status status =
        said ? noi_fail_errno(NOI_ERR_IO, _("%s: the disk cannot be read or written"), r->path)
              : noi_fail(NOI_ERR_IO, _("%s: the disk cannot be read or written"), r->path);
    if (said == EFBIG || said == EDQUOT || said == ENOSPC)
        noi_hint(_("free some space and run the command again; the registry is as it was before"));
    else
        noi_hint(_("look after the disk, then run the command again; nothing half done stays in the "
                   "registry"));
    return status;
}

/* SQLite tells a sector that the disk cannot read as damage; the system knows better. */
static noi_status fail_damaged(noi_registry *r, const char *message) {
    if (refusal_of_system(r) == EIO)
        return fail_disk(r);
    noi_status status = noi_fail(NOI_ERR_INPUT, _("%s is damaged: %s"), r->path, message);
    noi_hint(_("take the registry from a backup, or import the files again into a new one"));
    return status;
}

/* The registry lies open: what cannot be opened is a file of SQLite beside it. Where it could not be
 * made, SQLite tries to read it, and then the system says only that it is not there. */
static noi_status fail_beside(noi_registry *r) {
    errno = sqlite3_system_errno(r->db);
    if (errno == EACCES || errno == EPERM || errno == EROFS)
        return fail_read_only(r->path);
    noi_status status =
        errno == 0 || errno == ENOENT
            ? noi_fail(NOI_ERR_IO, _("%s: its journal, beside it, cannot be made"), r->path)
            : noi_fail_errno(NOI_ERR_IO, _("%s: its journal, beside it, cannot be opened"), r->path);
    noi_hint(_("look after the disk, and that you may write to the folder; then run the command "
               "again: the registry is as it was before"));
    return status;
}

/* Turns SQLite's last failure on this connection into ours. */
static noi_status fail_sqlite(noi_registry *r, const char *query) {
    const char *message = sqlite3_errmsg(r->db);
    switch (sqlite3_errcode(r->db) & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail_busy(r->path);
    case SQLITE_CONSTRAINT:
        return noi_fail(NOI_ERR_CONFLICT, _("%s refuses a row: %s"), r->path, message);
    case SQLITE_FULL:
        return fail_full(r);
    case SQLITE_IOERR:
        return fail_disk(r);
    case SQLITE_READONLY:
        return fail_read_only(r->path);
    case SQLITE_CANTOPEN:
        return fail_beside(r);
    case SQLITE_NOTADB:
        return fail_not_registry(r->path);
    case SQLITE_CORRUPT:
        return fail_damaged(r, message);
    default:
        return noi_fail(NOI_ERR_INTERNAL, "%s: %s: %s", r->path, query, message);
    }
}

/* ---- plain SQL, for what is not a query of ours ---------------------------------------------- */

static noi_status run_sql(noi_registry *r, const char *sql) {
    if (sqlite3_exec(r->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return fail_sqlite(r, sql);
    return NOI_OK;
}

static noi_status read_pragma(int64_t *out, noi_registry *r, const char *sql) {
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(r->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        return fail_sqlite(r, sql);
    int code = sqlite3_step(stmt);
    int64_t value = code == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;
    noi_status status = code == SQLITE_ROW || code == SQLITE_DONE ? NOI_OK : fail_sqlite(r, sql);
    sqlite3_finalize(stmt);
    if (status == NOI_OK)
        *out = value;
    return status;
}

/* ---- migrations ------------------------------------------------------------------------------ */

/* "registry/sql/schema/001_first.sql" → 1 */
static int schema_number(const char *name) {
    const char *slash = strrchr(name, '/');
    return slash ? atoi(slash + 1) : 0;
}

static int newest_schema(void) {
    int newest = 0;
    const char *name;
    noi_str sql;
    for (size_t at = 0; (at = noi_embed_next(&name, &sql, "registry/sql/schema/", at));)
        if (schema_number(name) > newest)
            newest = schema_number(name);
    return newest;
}

/* SpatiaLite tells that it failed, not why; SQLite knows what the system said last. */
static noi_status fail_refused(noi_registry *r, const char *name, const char *sql) {
    return refusal_of_system(r)
               ? fail_disk(r)
               : noi_fail(NOI_ERR_INTERNAL, "%s: %s: SpatiaLite refuses: %s", r->path, name, sql);
}

/* Runs all statements of a script. SpatiaLite's functions tell a failure by giving 0, so a SELECT
 * in a script whose first column is 0 has failed. */
static noi_status run_script(noi_registry *r, const char *name, const char *sql) {
    while (*sql) {
        sqlite3_stmt *stmt = NULL;
        if (sqlite3_prepare_v2(r->db, sql, -1, &stmt, &sql) != SQLITE_OK)
            return fail_sqlite(r, name);
        if (!stmt)
            continue; /* a comment or white space */
        bool refused = false;
        int code;
        while ((code = sqlite3_step(stmt)) == SQLITE_ROW)
            refused |=
                sqlite3_column_type(stmt, 0) == SQLITE_INTEGER && sqlite3_column_int(stmt, 0) == 0;
        noi_status status = code == SQLITE_DONE ? NOI_OK : fail_sqlite(r, name);
        if (status == NOI_OK && refused)
            status = fail_refused(r, name, sqlite3_sql(stmt));
        sqlite3_finalize(stmt);
        NOI_TRY(status);
    }
    return NOI_OK;
}

static noi_status apply_migration(noi_registry *r, const char *name, const char *sql) {
    char pragma[64];
    NOI_TRY(run_script(r, name, sql));
    snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", schema_number(name));
    return run_sql(r, pragma);
}

/* Applies what is newer than the registry, all of it or nothing. */
static noi_status migrate(noi_registry *r, int64_t version) {
    NOI_TRY(noi_begin(r));
    if (version == 0) {
        char pragma[64];
        snprintf(pragma, sizeof pragma, "PRAGMA application_id = %d", APPLICATION_ID);
        NOI_TRY(
            run_script(r, "InitSpatialMetadata", "SELECT InitSpatialMetadata(0, 'WGS84_ONLY');"));
        NOI_TRY(run_sql(r, pragma));
    }
    const char *name;
    noi_str sql;
    for (size_t at = 0; (at = noi_embed_next(&name, &sql, "registry/sql/schema/", at));)
        if (schema_number(name) > version)
            NOI_TRY(apply_migration(r, name, sql.p));
    return noi_commit(r);
}

/* ---- opening and closing --------------------------------------------------------------------- */

static void set_name(struct sockaddr_un *address, const struct stat *st) {
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    snprintf(address->sun_path + 1, sizeof address->sun_path - 1, "noi-writer-%llx-%llx",
             (unsigned long long)st->st_dev, (unsigned long long)st->st_ino);
}

static noi_status lock_writers(noi_registry *r, const struct stat *st) {
    struct sockaddr_un address;
    set_name(&address, st);
    r->writer_lock = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (r->writer_lock < 0)
        return noi_fail_errno(NOI_ERR_INTERNAL, "socket");
    for (int waited = 0;; waited += 50) {
        if (bind(r->writer_lock, (struct sockaddr *)&address, sizeof address) == 0)
            return NOI_OK;
        if (errno != EADDRINUSE)
            return noi_fail_errno(NOI_ERR_INTERNAL, "bind");
        if (waited >= BUSY_MS)
            return fail_busy(r->path);
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
}

/* SQLite's count of its memory costs a lock at each allocation, 7 % of a bulk load. Refused,
 * without harm, when SQLite is in use already. */
static void settle_sqlite(void) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* Opens the file and settles what each connection must have. */
static noi_status connect_file(noi_registry *r, const char *path) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, settle_sqlite);
    if (sqlite3_open_v2(path, &r->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
        return noi_fail(NOI_ERR_IO, _("%s cannot be opened: %s"), path, sqlite3_errmsg(r->db));
    sqlite3_extended_result_codes(r->db, 1);
    r->spatialite = spatialite_alloc_connection();
    spatialite_init_ex(r->db, r->spatialite, 0);
    sqlite3_busy_timeout(r->db, BUSY_MS); /* after SpatiaLite, which sets 5 s */
    char cache[64];
    snprintf(cache, sizeof cache, "PRAGMA cache_size = -%d", CACHE_KIB);
    NOI_TRY(run_sql(r, cache));
    /* EXTRA: the journal's removal, too, is on the disk before a commit comes back. Without it a power
     * cut brings the journal back, and with it the registry of before the last command. */
    return run_sql(r, "PRAGMA synchronous = EXTRA;"
                      "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = ON;"
                      "PRAGMA temp_store = FILE; PRAGMA recursive_triggers = ON;");
}

static noi_status check_file(struct stat *st, const char *path, noi_open_mode mode) {
    if (stat(path, st) != 0) {
        noi_status status = noi_fail_errno(NOI_ERR_IO, _("%s cannot be opened"), path);
        if (errno == ENOENT)
            noi_hint(_("look at the name again; 'noi init %s' makes an empty registry of it"), path);
        return status;
    }
    if (S_ISDIR(st->st_mode)) {
        noi_status status = noi_fail(NOI_ERR_IO, _("%s is a folder, not a registry"), path);
        noi_hint(_("name the registry file inside it"));
        return status;
    }
    if (!S_ISREG(st->st_mode) || st->st_size == 0)
        return fail_not_registry(path);
    /* The bits are asked too: the superuser may write to a file that was protected on purpose. */
    if (mode == NOI_OPEN_WRITE && ((st->st_mode & 0222) == 0 || access(path, W_OK) != 0))
        return fail_read_only(path);
    if (access(path, R_OK) != 0)
        return noi_fail_errno(NOI_ERR_IO, _("%s cannot be opened"), path);
    return NOI_OK;
}

static noi_status check_version(int64_t *version, noi_registry *r) {
    int64_t application = 0;
    NOI_TRY(read_pragma(&application, r, "PRAGMA application_id"));
    if (application != APPLICATION_ID)
        return fail_not_registry(r->path);
    NOI_TRY(read_pragma(version, r, "PRAGMA user_version"));
    if (*version > newest_schema()) {
        noi_status status = noi_fail(NOI_ERR_CONFLICT,
                                     _("%s was written by a newer noi: its schema is %lld, this "
                                       "program knows up to %d"),
                                     r->path, (long long)*version, newest_schema());
        noi_hint(_("use the newer program"));
        return status;
    }
    return NOI_OK;
}

/* Where the system refuses to open a file for writing, SQLite opens it for reading and says nothing. */
static noi_status want_writable(noi_registry *r) {
    if (sqlite3_db_readonly(r->db, "main") == 0)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_IO, _("%s cannot be opened for writing"), r->path);
    noi_hint(_("look after the disk and how many files the system lets you open; nothing was "
               "changed"));
    return status;
}

static noi_status open_checked(noi_registry *r, noi_open_mode mode, const struct stat *st) {
    if (mode == NOI_OPEN_WRITE)
        NOI_TRY(lock_writers(r, st));
    /* Also a reader connects for writing where it may: SQLite must be able to undo a killed run. */
    NOI_TRY(connect_file(r, r->path));
    if (mode == NOI_OPEN_WRITE)
        NOI_TRY(want_writable(r));
    int64_t version = 0;
    NOI_TRY(check_version(&version, r));
    if (version < newest_schema() && mode == NOI_OPEN_READ) {
        noi_status status = noi_fail(NOI_ERR_CONFLICT, _("%s was made by an older noi"), r->path);
        noi_hint(_("any command that writes brings it up to date, 'noi validate' for example"));
        return status;
    }
    if (version < newest_schema())
        NOI_TRY(migrate(r, version));
    return mode == NOI_OPEN_READ ? run_sql(r, "PRAGMA query_only = ON") : NOI_OK;
}

static noi_registry *registry_new(const char *path) {
    noi_registry *r = noi_alloc_zero(1, sizeof *r);
    r->path = noi_strdup(path);
    r->writer_lock = -1;
    return r;
}

noi_status noi_registry_open(noi_registry **out, const char *path, noi_open_mode mode) {
    struct stat st;
    NOI_TRY(check_file(&st, path, mode));
    NOI_AUTO(noi_registry_closep) noi_registry *r = registry_new(path);
    NOI_TRY(open_checked(r, mode, &st));
    *out = r;
    r = NULL;
    return NOI_OK;
}

/* An empty file that only its owner may read; SQLite's journal takes its mode from it. */
static noi_status make_private_file(const char *path, const char *name) {
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        noi_status status = noi_fail_errno(NOI_ERR_IO, _("%s cannot be made"), name);
        noi_hint(_("check that the folder exists and that you may write to it"));
        return status;
    }
    close(fd);
    return NOI_OK;
}

static noi_status build_new(const char *part, const char *name) {
    NOI_TRY(make_private_file(part, name));
    NOI_AUTO(noi_registry_closep) noi_registry *r = registry_new(name);
    NOI_TRY(connect_file(r, part));
    NOI_TRY(want_writable(r));
    NOI_TRY(run_sql(r, "PRAGMA page_size = 8192")); /* the fastest of 4, 8 and 16 KiB, by 4 % */
    return migrate(r, 0);
}

static noi_status fail_exists(const char *path) {
    noi_status status = noi_fail(NOI_ERR_CONFLICT, _("%s exists already"), path);
    noi_hint(_("choose another name; noi never overwrites a registry"));
    return status;
}

/* The registry is built beside its place and moved there complete: a kill leaves none half made. */
noi_status noi_registry_create(noi_registry **out, const char *path) {
    if (access(path, F_OK) == 0)
        return fail_exists(path);
    NOI_AUTO_FREE char *part = noi_part_name(path);
    unlink(part); /* of a killed run that had our number */
    noi_status status = build_new(part, path);
    if (status == NOI_OK &&
        (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) != 0 || !noi_name_on_disk(path)))
        status = errno == EEXIST ? fail_exists(path)
                                 : noi_fail_errno(NOI_ERR_IO, _("%s cannot be made"), path);
    if (status != NOI_OK) {
        unlink(part);
        return status;
    }
    return noi_registry_open(out, path, NOI_OPEN_WRITE);
}

void noi_registry_close(noi_registry *registry) {
    if (!registry)
        return;
    if (registry->db) {
        noi_rollback(registry);
        sqlite3_close_v2(registry->db);
        spatialite_cleanup_ex(registry->spatialite);
    }
    if (registry->writer_lock >= 0)
        close(registry->writer_lock);
    free(registry->path);
    free(registry);
}

const char *noi_registry_path(const noi_registry *registry) {
    return registry->path;
}

/* ---- transactions ---------------------------------------------------------------------------- */

noi_status noi_begin(noi_registry *registry) {
    NOI_TRY(run_sql(registry, "BEGIN IMMEDIATE"));
    registry->in_transaction = true;
    return NOI_OK;
}

noi_status noi_commit(noi_registry *registry) {
    NOI_TRY(run_sql(registry, "COMMIT"));
    registry->in_transaction = false;
    return NOI_OK;
}

void noi_rollback(noi_registry *registry) {
    if (!registry->in_transaction)
        return;
    registry->in_transaction = false;
    /* SQLite may have rolled back by itself, after a full disk for example. */
    if (!sqlite3_get_autocommit(registry->db))
        sqlite3_exec(registry->db, "ROLLBACK", NULL, NULL, NULL);
    /* A failed write puts SQLite's pager into a state in which it leaves the undoing to whoever
     * reads the file next: that is us, now. */
    sqlite3_exec(registry->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
}

noi_status noi_end(noi_registry *registry, noi_status status) {
    if (status == NOI_OK)
        return noi_commit(registry);
    noi_error kept;
    noi_error_save(&kept, status);
    noi_rollback(registry);
    return noi_error_restore(&kept);
}

/* SQLite passes over this pragma inside a transaction without a word. */
noi_status noi_check_keys(noi_registry *registry, bool on) {
    if (registry->in_transaction)
        return noi_fail(NOI_ERR_INTERNAL, "the checks of keys cannot change in a transaction");
    return run_sql(registry, on ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF");
}

noi_status noi_sort_on_disk(noi_registry *registry, bool on) {
    if (registry->in_transaction)
        return noi_fail(NOI_ERR_INTERNAL, "the place of sorting cannot change in a transaction");
    return run_sql(registry, on ? "PRAGMA temp_store = FILE" : "PRAGMA temp_store = MEMORY");
}

/* ---- statements ------------------------------------------------------------------------------ */

static noi_status find_query(noi_str *out, const char *query) {
    char name[256];
    snprintf(name, sizeof name, "registry/sql/%s.sql", query);
    noi_str sql = noi_embed(name);
    if (!sql.p)
        return noi_fail(NOI_ERR_INTERNAL, "there is no query %s", name);
    *out = sql;
    return NOI_OK;
}

static noi_status prepare_text(noi_stmt **out, noi_registry *registry, const char *query,
                               noi_str sql) {
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v3(registry->db, sql.p, (int)sql.n + 1, SQLITE_PREPARE_PERSISTENT, &stmt,
                           NULL) != SQLITE_OK)
        return fail_sqlite(registry, query);
    if (!stmt)
        return noi_fail(NOI_ERR_INTERNAL, "the query %s is empty", query);
    noi_stmt *s = noi_alloc(sizeof *s);
    *s = (noi_stmt){stmt, registry};
    *out = s;
    return NOI_OK;
}

noi_status noi_prepare(noi_stmt **out, noi_registry *registry, const char *query) {
    noi_str sql = {NULL, 0};
    NOI_TRY(find_query(&sql, query));
    return prepare_text(out, registry, query, sql);
}

/* The tuple behind VALUES with its parentheses; empty when the query has none. */
static noi_str find_tuple(noi_str sql) {
    const char *from = strstr(sql.p, "VALUES (");
    if (!from)
        return (noi_str){NULL, 0};
    from += strlen("VALUES ");
    int depth = 0;
    for (const char *p = from; *p; p++) {
        depth += (*p == '(') - (*p == ')');
        if (depth == 0)
            return (noi_str){from, (size_t)(p - from) + 1};
    }
    return (noi_str){NULL, 0};
}

/* Appends a tuple with its parameters' numbers raised; returns the highest number before that. */
static int add_tuple(noi_buf *out, noi_str tuple, int raise) {
    int highest = 0;
    for (size_t i = 0; i < tuple.n;) {
        noi_buf_add_char(out, tuple.p[i]);
        if (tuple.p[i++] != '?')
            continue;
        char *end;
        int number = (int)strtol(tuple.p + i, &end, 10);
        i = (size_t)(end - tuple.p);
        noi_buf_printf(out, "%d", number + raise);
        highest = number > highest ? number : highest;
    }
    return highest;
}

noi_status noi_prepare_rows(noi_stmt **out, noi_registry *registry, const char *query, int rows) {
    noi_str sql = {NULL, 0};
    NOI_TRY(find_query(&sql, query));
    noi_str tuple = find_tuple(sql);
    if (!tuple.p)
        return noi_fail(NOI_ERR_INTERNAL, "the query %s has no VALUES", query);
    NOI_AUTO_BUF noi_buf text = {0};
    noi_buf_add(&text, sql.p, (size_t)(tuple.p - sql.p));
    int n = add_tuple(&text, tuple, 0);
    for (int i = 1; i < rows; i++) {
        noi_buf_add_str(&text, ",\n");
        add_tuple(&text, tuple, i * n);
    }
    noi_buf_add_str(&text, tuple.p + tuple.n);
    return prepare_text(out, registry, query, noi_buf_view(&text));
}

noi_status noi_prepare_for_table(noi_stmt **out, noi_registry *registry, const char *query,
                                 const char *table) {
    static const char word[] = "address";
    noi_str sql = {NULL, 0};
    NOI_TRY(find_query(&sql, query));
    NOI_AUTO_BUF noi_buf text = {0};
    const char *p = sql.p;
    for (const char *at; (at = strstr(p, word)); p = at + strlen(word)) {
        bool whole = strncmp(at + strlen(word), "es", 2) != 0; /* a comment speaks of addresses */
        noi_buf_add(&text, p, (size_t)(at - p));
        noi_buf_add_str(&text, whole ? table : word);
    }
    noi_buf_add_str(&text, p);
    return prepare_text(out, registry, query, noi_buf_view(&text));
}

void noi_stmt_close(noi_stmt *stmt) {
    if (!stmt)
        return;
    sqlite3_finalize(stmt->stmt);
    free(stmt);
}

/* Binding fails only for a parameter that the query does not have: a fault of ours. */
static void check_bound(noi_stmt *stmt, int at, int code) {
    if (code == SQLITE_OK)
        return;
    fprintf(stderr, "noi: parameter %d: %s: %s\n", at, sqlite3_errmsg(stmt->registry->db),
            sqlite3_sql(stmt->stmt));
    abort();
}

void noi_bind_int(noi_stmt *stmt, int at, int64_t value) {
    check_bound(stmt, at, sqlite3_bind_int64(stmt->stmt, at, value));
}

void noi_bind_real(noi_stmt *stmt, int at, double value) {
    check_bound(stmt, at, sqlite3_bind_double(stmt->stmt, at, value));
}

void noi_bind_text(noi_stmt *stmt, int at, noi_str value) {
    check_bound(stmt, at,
                sqlite3_bind_text64(stmt->stmt, at, value.p, value.n, SQLITE_STATIC, SQLITE_UTF8));
}

void noi_bind_blob(noi_stmt *stmt, int at, noi_str value) {
    check_bound(stmt, at, sqlite3_bind_blob64(stmt->stmt, at, value.p, value.n, SQLITE_STATIC));
}

void noi_bind_day(noi_stmt *stmt, int at, noi_day value) {
    char text[12];
    if (value == NOI_DAY_NONE || value == NOI_DAY_OPEN) {
        noi_bind_null(stmt, at);
        return;
    }
    noi_day_format(text, value);
    check_bound(stmt, at, sqlite3_bind_text(stmt->stmt, at, text, -1, SQLITE_TRANSIENT));
}

void noi_bind_null(noi_stmt *stmt, int at) {
    check_bound(stmt, at, sqlite3_bind_null(stmt->stmt, at));
}

noi_status noi_step(noi_stmt *stmt, bool *row) {
    int code = sqlite3_step(stmt->stmt);
    if (code == SQLITE_ROW) {
        *row = true;
        return NOI_OK;
    }
    noi_status status =
        code == SQLITE_DONE ? NOI_OK : fail_sqlite(stmt->registry, sqlite3_sql(stmt->stmt));
    sqlite3_reset(stmt->stmt);
    if (status == NOI_OK)
        *row = false;
    return status;
}

noi_status noi_run(noi_stmt *stmt) {
    int code = sqlite3_step(stmt->stmt);
    while (code == SQLITE_ROW)
        code = sqlite3_step(stmt->stmt);
    noi_status status =
        code == SQLITE_DONE ? NOI_OK : fail_sqlite(stmt->registry, sqlite3_sql(stmt->stmt));
    sqlite3_reset(stmt->stmt);
    return status;
}

void noi_reset(noi_stmt *stmt) {
    sqlite3_reset(stmt->stmt);
}

int64_t noi_column_int(noi_stmt *stmt, int at) {
    return sqlite3_column_int64(stmt->stmt, at);
}

double noi_column_real(noi_stmt *stmt, int at) {
    return noi_column_is_null(stmt, at) ? __builtin_nan("") : sqlite3_column_double(stmt->stmt, at);
}

noi_str noi_column_text(noi_stmt *stmt, int at) {
    const unsigned char *text = sqlite3_column_text(stmt->stmt, at);
    if (!text)
        return (noi_str){NULL, 0};
    return (noi_str){(const char *)text, (size_t)sqlite3_column_bytes(stmt->stmt, at)};
}

noi_str noi_column_blob(noi_stmt *stmt, int at) {
    const void *blob = sqlite3_column_blob(stmt->stmt, at);
    if (!blob)
        return (noi_str){NULL, 0};
    return (noi_str){blob, (size_t)sqlite3_column_bytes(stmt->stmt, at)};
}

noi_day noi_column_day(noi_stmt *stmt, int at) {
    return noi_day_parse(noi_column_text(stmt, at));
}

bool noi_column_is_null(noi_stmt *stmt, int at) {
    return sqlite3_column_type(stmt->stmt, at) == SQLITE_NULL;
}

int noi_column_count(noi_stmt *stmt) {
    return sqlite3_column_count(stmt->stmt);
}

const char *noi_column_name(noi_stmt *stmt, int at) {
    return sqlite3_column_name(stmt->stmt, at);
}

bool noi_column_is_text(noi_stmt *stmt, int at) {
    return sqlite3_column_type(stmt->stmt, at) == SQLITE_TEXT;
}

noi_status noi_exec(noi_registry *registry, const char *query) {
    noi_str sql = {NULL, 0};
    NOI_TRY(find_query(&sql, query));
    if (sqlite3_exec(registry->db, sql.p, NULL, NULL, NULL) != SQLITE_OK)
        return fail_sqlite(registry, query);
    return NOI_OK;
}

int64_t noi_last_id(noi_registry *registry) {
    return sqlite3_last_insert_rowid(registry->db);
}

int64_t noi_changed(noi_registry *registry) {
    return sqlite3_changes64(registry->db);
}
