/* bus.h: a file that is read through a mapping and cannot be read to its end. */
#ifndef NOI_CLI_BUS_H
#define NOI_CLI_BUS_H

/* Where a mapped file becomes shorter while it is read, or the disk fails below it, the system sends
 * SIGBUS. From now on that ends the program with a message that names the file, and with 3; every
 * transaction is then undone, as by a kill. Called once the language is known. */
void cli_catch_lost_pages(void);

#endif
