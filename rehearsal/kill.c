/* kill.c: see kill.h. */
#include "rehearsal/kill.h"

#include "base/i18n.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(void *context, uint64_t records) {
    if (records >= *(const uint64_t *)context)
        raise(SIGKILL);
}

static noi_status merge(const char *registry_path, const char *plan_path, size_t commit_every,
                        uint64_t after, bool resume) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    noi_plan *plan = NULL;
    noi_account account;
    const noi_merge_options options = {
        .resume = resume, .commit_every = commit_every, .watch = die, .watch_context = &after};
    NOI_TRY(noi_registry_open(&registry, registry_path, NOI_OPEN_WRITE));
    NOI_TRY(noi_plan_open(&plan, plan_path));
    noi_status status = noi_merge_run(&account, registry, plan, &options);
    noi_plan_close(plan);
    return status;
}

noi_status noi_merge_killed(const char *registry, const char *plan, size_t commit_every,
                            uint64_t after, bool resume) {
    int how = 0;
    pid_t child = fork();
    if (child < 0)
        return noi_fail_errno(NOI_ERR_IO, _("no process could be made for the merge that is killed"));
    if (child == 0)
        _exit(merge(registry, plan, commit_every, after, resume) == NOI_OK ? 0 : 1);
    while (waitpid(child, &how, 0) < 0)
        if (errno != EINTR)
            return noi_fail_errno(NOI_ERR_IO, _("the merge that is killed was lost"));
    if (WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL)
        return NOI_OK;
    if (WIFEXITED(how) && WEXITSTATUS(how) == 0)
        return noi_fail(NOI_ERR_CONFLICT,
                        _("the merge ended before record %llu, at which it was to be killed"),
                        (unsigned long long)after);
    return noi_fail(NOI_ERR_INTERNAL, _("the merge that was to be killed failed before that"));
}
