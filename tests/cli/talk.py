"""talk.py PROGRAM ARGUMENT... : runs a program on a terminal of its own, types what stands on standard
input (a line of it at a time, "<TAB>", "<EOF>" and "<INT>" are keys), prints what the terminal showed,
then "exit N" and whether the terminal was left as it was."""
import os, pty, select, sys, termios, time

pid, fd = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm"
    os.execv(sys.argv[1], sys.argv[1:])
before = None
shown = b""


def listen(seconds):
    global shown
    end = time.time() + seconds
    while time.time() < end and select.select([fd], [], [], max(0, end - time.time()))[0]:
        try:
            more = os.read(fd, 65536)
        except OSError:
            return
        if not more:
            return
        shown += more


before = termios.tcgetattr(fd)
listen(0.7)
for line in sys.stdin:
    keys = line.rstrip("\n").replace("<TAB>", "\t").replace("<EOF>", "\x04").replace("<INT>", "\x03")
    ends = keys.endswith(("\x04", "\x03"))
    os.write(fd, (keys if ends else keys + "\r").encode())
    listen(0.5)
listen(0.5)
after = None
try:
    after = termios.tcgetattr(fd)
except termios.error:
    pass
_, status = os.waitpid(pid, 0)
listen(0.2)
print(shown.decode("utf-8", "replace"))
print("exit", os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status))
print("terminal", "as it was" if after is None or after[:4] == before[:4] else "changed")
