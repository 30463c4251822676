/*
 * peak.c: runs a command and writes what it took: `peak FILE COMMAND...` makes FILE with one line,
 * {"seconds":12.3,"peak_mib":456,"status":0}, and ends with the command's status.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: peak FILE COMMAND...\n");
        return 2;
    }
    double began = now();
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    int state = 0;
    struct rusage used = {0};
    if (child < 0 || wait4(child, &state, 0, &used) != child) {
        perror("peak");
        return 1;
    }
    int status = WIFEXITED(state) ? WEXITSTATUS(state) : 128;
    FILE *out = fopen(argv[1], "w");
    if (!out) {
        perror(argv[1]);
        return 1;
    }
    fprintf(out, "{\"seconds\":%.2f,\"peak_mib\":%ld,\"status\":%d}\n", now() - began,
            used.ru_maxrss / 1024, status);
    return fclose(out) == 0 ? status : 1;
}
