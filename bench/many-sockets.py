"""N established TCP connections over loopback, both ends here, in the network namespace it is started in (`unshare -n`). Prints `ready PID`
and holds them until end of file on stdin. Several processes hold them, for a process may have only so many descriptors."""
import os, resource, socket, struct, subprocess, sys

connections = int(sys.argv[1])
subprocess.check_call(["ip", "link", "set", "lo", "up"])
for name, value in (("ipv4/ip_local_port_range", "8000 65500"), ("core/somaxconn", "4096")):
    try:
        open("/proc/sys/net/" + name, "w").write(value)
    except OSError:
        pass
limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
each = min(9000, (limit - 100) // 2)
hold_read, hold_write = os.pipe()
ready_read, ready_write = os.pipe()
reset = struct.pack("ii", 1, 0)  # at the end a reset, so that no TIME_WAIT stays
children = []
for k in range(1, (connections + each - 1) // each + 1):
    pid = os.fork()
    if pid:
        children.append(pid)
        continue
    os.close(hold_write)
    address = ("127.0.0.%d" % k, 7000 + k)
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(address)
    server.listen(4096)
    keep = []
    for _ in range(min(each, connections - each * (k - 1))):
        client = socket.socket()
        client.setsockopt(socket.IPPROTO_IP, 24, 1)  # IP_BIND_ADDRESS_NO_PORT
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
        client.bind((address[0], 0))
        client.connect(address)
        peer, _ = server.accept()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
        keep += (client, peer)
    os.write(ready_write, b"k")
    os.read(hold_read, 1)
    os._exit(0)
os.close(hold_read)
for _ in children:
    os.read(ready_read, 1)
print("ready %d" % os.getpid(), flush=True)
sys.stdin.read()
os.close(hold_write)
for pid in children:
    os.waitpid(pid, 0)
