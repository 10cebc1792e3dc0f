"""A small zoo of sockets in the network namespace it is started in (`unshare -n`), held until end of file on stdin.
Prints `ready PID` when all stand. --churn N opens and closes connections all the while, N a second at most."""
import os, socket, subprocess, sys, threading, time

S = socket
keep = []
subprocess.check_call(["ip", "link", "set", "lo", "up"])
open("/proc/sys/net/ipv4/ip_unprivileged_port_start", "w").write("0")
linger = b"\1\0\0\0\0\0\0\0"


def listener(fam, addr, port, backlog=64):
    s = S.socket(fam, S.SOCK_STREAM)
    s.setsockopt(S.SOL_SOCKET, S.SO_REUSEADDR, 1)
    if fam == S.AF_INET6:
        s.setsockopt(S.IPPROTO_IPV6, S.IPV6_V6ONLY, 0 if addr == "::" else 1)
    s.bind((addr, port))
    s.listen(backlog)
    keep.append(s)
    return s


def pair(l, fam, addr, port, client=0):
    c = S.socket(fam, S.SOCK_STREAM)
    c.bind((addr, client))
    c.connect((addr, port))
    a, _ = l.accept()
    keep.extend((c, a))
    return c, a


for fam, lo in ((S.AF_INET, "127.0.0.1"), (S.AF_INET6, "::1")):
    l = listener(fam, lo, 8080)
    c, a = pair(l, fam, lo, 8080, 40001)
    c, a = pair(l, fam, lo, 8080, 40002)
    c.sendall(b"x" * 1234)
    c.setsockopt(S.SOL_SOCKET, S.SO_KEEPALIVE, 1)
    c, a = pair(l, fam, lo, 8080, 40003)
    c.shutdown(S.SHUT_WR)
    c = S.socket(fam, S.SOCK_STREAM)      # not accepted: inode 0
    c.bind((lo, 40004))
    c.connect((lo, 8080))
    keep.append(c)
    listener(fam, lo, 22)
    for proto in (0, 136):
        u = S.socket(fam, S.SOCK_DGRAM, proto)
        u.bind((lo, 5353))
        v = S.socket(fam, S.SOCK_DGRAM, proto)
        v.bind((lo, 5354))
        v.connect((lo, 5353))
        v.send(b"y" * 100)
        keep.extend((u, v))
    r = S.socket(fam, S.SOCK_RAW, 89)
    keep.append(r)
l = listener(S.AF_INET6, "::", 9090)
c = S.socket()
c.bind(("127.0.0.1", 40009))
c.connect(("127.0.0.1", 9090))
keep.extend((c, l.accept()[0]))

for kind in (S.SOCK_STREAM, S.SOCK_DGRAM, S.SOCK_SEQPACKET):
    keep.extend(S.socketpair(S.AF_UNIX, kind))
fake = b"\n0000000000000000: 00000002 00000000 00010000 0001 01 %5d /run/forged.sock" % 4242
for name in (b"\0plain", b"\0two words", b"\0esc\x1b[31m", b"\0bad\xff\xfe", b"\0nul\0inside", b"\0new\nline", b"\0\xe6\x97\xa5\xe6\x9c\xac", b"\0x" + fake):
    s = S.socket(S.AF_UNIX)
    s.bind(name)
    s.listen(1)
    keep.append(s)


def holder(argv0, uid=None):
    s = S.socket()
    s.bind(("127.0.0.1", 0))
    s.listen(1)
    p = subprocess.Popen([argv0], executable="/bin/cat", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, pass_fds=[s.fileno()], user=uid, group=uid)
    keep.append(p)
    return s


for argv0 in ("/usr/sbin/nginx", "nginx: worker process", b"esc\x1b[31m", b"two\nlines", "/", b"bad\xff", "\u65e5\u672c\u8a9e-\u65e5\u672c\u8a9e-server"):
    s = holder(argv0)
    if argv0 != "/":
        s.close()
    else:
        keep.append(s)                       # two owners
holder("nobodys", 65534).close()


def churn(port, rate):
    l = listener(S.AF_INET, "127.0.0.2", port, 4096)
    live = []
    while True:
        c = S.socket()
        c.setsockopt(S.SOL_SOCKET, S.SO_LINGER, linger)
        c.connect(("127.0.0.2", port))
        a, _ = l.accept()
        a.setsockopt(S.SOL_SOCKET, S.SO_LINGER, linger)
        live.append((c, a))
        if len(live) > 300:
            for x in live.pop(0):
                x.close()
        time.sleep(1 / rate)


if "--churn" in sys.argv:
    l = listener(S.AF_INET, "127.0.0.3", 7000, 4096)
    for i in range(1000):
        pair(l, S.AF_INET, "127.0.0.3", 7000)
    rate = int(sys.argv[sys.argv.index("--churn") + 1])
    for i in range(2):
        threading.Thread(target=churn, args=(7001 + i, rate / 2), daemon=True).start()

print("ready %d" % os.getpid(), flush=True)
sys.stdin.read()
for k in keep:
    if isinstance(k, subprocess.Popen):
        k.stdin.close()
        k.wait()
os._exit(0)
