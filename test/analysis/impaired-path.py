#!/usr/bin/env python3
"""One TCP connection over a path that does to chosen segments what it is told, and the truth about it.

    unshare -n impaired-path.py DIRECTORY SCENARIO.json

Two network namespaces, joined by a forwarder in this one (packet sockets on two veth ends), which drops, repeats and holds back segments by their number, and
writes what passes each end as a.pcap and b.pcap. What it did, what it saw, and what the kernel counted (TCP_INFO) goes to standard output as JSON.

A scenario: {"bytes", "write", "pause", "delay" (seconds each way), "server": "sink" | "stall" | "reset" | "echo" | "source" (it sends "bytes") | "hold" (reads, never closes)
| "none" (nobody listens), "rcvbuf" (of the server), "sndbuf" (of the client), "close": "fin" | "reset" | "none" (what the client does at the end), "idle" (seconds that it waits after
that), "rate" (bytes a second that the path takes, the rest queues), "loss" (share of the client's data that is dropped), "hole": {"after": seconds since the first packet, "from": "a" | "b" |
"ab"} (from then on nothing passes), "actions": [{"from": "a" | "b", "what": "data" | "syn" | "ack", "nth": n (first sendings count, from 1) , "do": "drop" | "twice" | "hold", "times": how
often a segment is dropped when it is sent again, "behind": k}]}
"""
import ctypes, heapq, json, os, random, select, socket, struct, subprocess, sys, time

CLONE_NEWNET = 0x40000000
ETH_P_ALL = 3
PACKET_OUTGOING = 4
SYN, FIN, RST, ACK = 2, 1, 4, 16
PORT = 7777
TCP_INFO = 11


def run(*argv):
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)


#: connections that stay open until their process ends
kept = []


def endpoint(name, act):
    """A process in a namespace of its own; it waits for its interface, then acts and answers with JSON."""
    down, up = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(down[1]), os.close(up[0])
            if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
                raise OSError('unshare')
            os.write(up[1], b'ready\n')
            os.read(down[0], 1)
            run('ip', 'link', 'set', 'lo', 'up')
            os.write(up[1], (json.dumps({**act(), 'counters': counters()}) + '\n').encode())
            os.read(down[0], 1)  # the interface goes when the namespace does
        except BaseException as error:
            os.write(up[1], (json.dumps({'error': repr(error)}) + '\n').encode())
        os._exit(0)
    os.close(down[0]), os.close(up[1])
    return pid, os.fdopen(up[0], 'rb'), down[1]


def info(connection):
    raw = connection.getsockopt(socket.IPPROTO_TCP, TCP_INFO, 256)
    fields = struct.unpack('<8B24I', raw[:104])
    return {'state': fields[0], 'rtt': fields[8 + 15] / 1e6, 'total_retrans': fields[8 + 23], 'min_rtt': struct.unpack('<I', raw[148:152])[0] / 1e6}


def counters():
    """What the kernel counted in this namespace: TcpExt of /proc/net/netstat."""
    lines = [line.split() for line in open('/proc/self/net/netstat')]
    names, values = [line for line in lines if line[0] == 'TcpExt:'][:2]
    return {name: int(value) for name, value in zip(names[1:], values[1:])}


def server(s):
    def act():
        if s['server'] == 'none':
            return {}
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if s['server'] == 'stall' or 'rcvbuf' in s:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, s.get('rcvbuf', 8192))
        listener.bind(('10.0.0.2', PORT))
        listener.listen(1)
        listener.settimeout(8)
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            return {}
        got = 0
        if s['server'] == 'source':
            connection.sendall(b'y' * s['bytes'])
        if s['server'] == 'stall':
            time.sleep(s.get('stall', 1.5))
        while True:
            try:
                data = connection.recv(65536)
            except OSError:
                return {'got': got}
            if not data:
                break
            got += len(data)
            if s['server'] == 'echo':
                connection.sendall(data)
            if s['server'] == 'reset' and got >= s['bytes'] // 2:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                break
        said = info(connection)
        if s['server'] == 'hold':
            kept.append(connection)
        else:
            connection.close()
        return {'got': got, **said}
    return act


def client(s):
    def act():
        connection = socket.socket()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if 'sndbuf' in s:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, s['sndbuf'])
        connection.bind(('10.0.0.1', 40000))
        connection.settimeout(s.get('patience', 8))
        try:
            connection.connect(('10.0.0.2', PORT))
        except OSError:
            connection.close()
            time.sleep(0.3)
            return {}
        said = {}
        try:
            left = s['bytes']
            if s['server'] == 'source':
                while left > 0:
                    left -= len(connection.recv(65536))
            while left > 0:
                n = min(left, s['write'])
                connection.sendall(b'x' * n)
                left -= n
                if s['server'] == 'echo':
                    got = 0
                    while got < n:
                        got += len(connection.recv(65536))
                time.sleep(s.get('pause', 0))
            time.sleep(s.get('before_close', 0.3))
            said = info(connection)
            close = s.get('close', 'fin')
            if close == 'reset':
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                connection.close()
            if close == 'fin':
                connection.shutdown(socket.SHUT_WR)
                if s['server'] != 'hold':
                    while connection.recv(65536):
                        pass
                said = info(connection)
            time.sleep(s.get('idle', 0))
        except OSError:
            said = {'reset': True}
        if s.get('close') == 'none' or s['server'] == 'hold':
            kept.append(connection)
            return said
        connection.close()
        time.sleep(0.3)
        return said
    return act


class Capture:
    def __init__(self, path):
        self.file = open(path, 'wb')
        self.file.write(struct.pack('<IHHiIII', 0xa1b23c4d, 2, 4, 0, 0, 262144, 1))

    def write(self, at, frame):
        self.file.write(struct.pack('<IIII', at // 10**9, at % 10**9, len(frame), len(frame)) + frame)


class Segment:
    """A TCP segment over IPv4, or nothing."""
    def __init__(self, frame):
        self.is_tcp = frame[12:14] == b'\x08\x00' and frame[23] == 6
        if not self.is_tcp:
            return
        ihl = (frame[14] & 15) * 4
        total, = struct.unpack('>H', frame[16:18])
        tcp = frame[14 + ihl:14 + total]
        self.seq, self.ack = struct.unpack('>II', tcp[4:12])
        self.flags, self.window = tcp[13], struct.unpack('>H', tcp[14:16])[0]
        self.length = len(tcp) - (tcp[12] >> 4) * 4
        self.end = (self.seq + self.length + (1 if self.flags & (SYN | FIN) else 0)) & 0xffffffff
        self.occupies = self.length > 0 or self.flags & (SYN | FIN)


class Forwarder:
    def __init__(self, scenario, directory):
        self.delay = int(scenario.get('delay', 0.01) * 1e9)
        self.actions = scenario.get('actions', [])
        self.sockets = {}
        for end, name in (('a', 'm0'), ('b', 'm1')):
            s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
            s.bind((name, ETH_P_ALL))
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
            self.sockets[end] = s
        self.captures = {end: Capture(f'{directory}/{end}.pcap') for end in 'ab'}
        self.rate, self.loss, self.hole = scenario.get('rate'), scenario.get('loss', 0), scenario.get('hole')
        self.free, self.chance, self.first = {'a': 0, 'b': 0}, random.Random(5), None
        self.queue, self.n = [], 0
        self.highest = {'a': None, 'b': None}
        #: one past the last byte that came out at the other end
        self.passed = {'a': None, 'b': None}
        self.counted = {}
        self.numbers = {}
        self.dropped = {}
        self.held = []
        point = lambda: {'packets': 0, 'bytes': 0, 'retransmissions': 0, 'twice': 0, 'out_of_order': 0, 'zero_windows': 0, 'resets': 0}
        self.handshake = {end: [0, 0] for end in 'ab'}
        #: what passes each capture point, by who sent it
        self.truth = {end: {'a': point(), 'b': point()} for end in 'ab'}

    def step(self, timeout):
        ready, _, _ = select.select(list(self.sockets.values()), [], [], timeout)
        for end, s in self.sockets.items():
            if s in ready:
                frame, address = s.recvfrom(65536)
                if address[2] != PACKET_OUTGOING:
                    self.take(end, frame)
        now = time.time_ns()
        while self.queue and self.queue[0][0] <= now:
            _, _, end, frame, segment, facts = heapq.heappop(self.queue)
            self.send(end, frame, segment, facts)

    def account(self, point, sender, segment, facts):
        if segment is None:
            return
        t = self.truth[point][sender]
        t['packets'] += 1
        t['bytes'] += segment.length
        t['zero_windows'] += segment.window == 0 and not segment.flags & (SYN | FIN | RST)
        t['resets'] += bool(segment.flags & RST)
        t['retransmissions'] += facts['again'] and not facts['copy']
        t['twice'] += facts['copy']
        t['out_of_order'] += facts['late']

    def shake(self, point, sender, segment, at):
        """Times of the handshake at a capture point: the last SYN, and the first segment of a that is none."""
        times = self.handshake[point]
        if sender == 'a' and segment.flags & SYN:
            times[0] = at
        elif sender == 'a' and times[1] == 0:
            times[1] = at

    def take(self, end, frame):
        now = time.time_ns()
        segment = Segment(frame)
        if not segment.is_tcp:
            self.push(now, end, frame, None, None)
            return
        high = self.highest[end]
        again = bool(segment.occupies) and high is not None and ((segment.seq - high) & 0xffffffff) > 1 << 31
        # a probe or keep-alive is no sending anew
        facts = {'again': again and segment.length != 1 and segment.seq != (high - 1) & 0xffffffff or again and bool(segment.flags & (SYN | FIN)), 'copy': False, 'late': False}
        if segment.occupies and (high is None or ((segment.end - high) & 0xffffffff) < 1 << 31):
            self.highest[end] = segment.end
        self.captures[end].write(now, frame)
        self.shake(end, end, segment, now)
        self.account(end, end, segment, facts)
        for what in self.kinds(end, segment, again):
            for action in self.actions:
                if action['from'] == end and action['what'] == what and action['nth'] == self.numbers.get((end, segment.seq if what != 'ack' else ('ack', segment.ack)), -1):
                    if self.apply(action, now, end, frame, segment, facts):
                        return
        if self.first is None:
            self.first = now
        if self.hole and end in self.hole['from'] and now - self.first > self.hole['after'] * 1e9:
            return
        if end == 'a' and segment.length > 0 and self.chance.random() < self.loss:
            return
        leaves = now
        if self.rate:
            leaves = self.free[end] = max(now, self.free[end]) + int(len(frame) * 1e9 / self.rate)
        self.push(leaves + self.delay, end, frame, segment, facts)
        for held in list(self.held):
            if held['from'] == end and segment.length > 0 and not facts['again']:
                held['left'] -= 1
                if held['left'] == 0:
                    held['facts']['late'] = True
                    self.push(now + self.delay + 1000, end, held['frame'], held['segment'], held['facts'])
                    self.held.remove(held)

    def kinds(self, end, segment, again):
        """What the segment is, and its number among the first sendings of that kind."""
        if segment.flags & SYN:
            what = 'syn'
        elif segment.length > 0:
            what = 'data'
        elif segment.flags & ACK and not segment.flags & (FIN | RST):
            what = 'ack'
        else:
            return []
        if not again:
            self.counted[end, what] = self.counted.get((end, what), 0) + 1
            self.numbers[end, segment.seq if what != 'ack' else ('ack', segment.ack)] = self.counted[end, what]
        return [what]

    def apply(self, action, now, end, frame, segment, facts):
        """True when the segment is dealt with."""
        if action['do'] == 'drop':
            done = self.dropped.get(id(action), 0)
            self.dropped[id(action)] = done + 1
            return done < action.get('times', 1)
        if facts['again']:
            return False
        if action['do'] == 'twice':
            self.push(now + self.delay, end, frame, segment, facts)
            self.push(now + self.delay + 1000, end, frame, segment, {**facts, 'copy': True})
            return True
        self.held.append({'from': end, 'frame': frame, 'segment': segment, 'facts': facts, 'left': action.get('behind', 1)})
        return True

    def push(self, due, end, frame, segment, facts):
        self.n += 1
        heapq.heappush(self.queue, (due, self.n, end, frame, segment, facts))

    def send(self, end, frame, segment, facts):
        other = 'b' if end == 'a' else 'a'
        try:
            self.sockets[other].send(frame)
        except OSError:
            return
        if segment is None:
            return
        now = time.time_ns()
        self.captures[other].write(now, frame)
        self.shake(other, end, segment, now)
        # What was lost before this end, with nothing behind it, nobody there can know to be sent again.
        high = self.passed[end]
        is_below = high is not None and ((segment.seq - high) & 0xffffffff) > 1 << 31
        self.account(other, end, segment, {**facts, 'again': facts['again'] and is_below})
        # an ACK without data shows where its sender is, too
        if not segment.flags & RST and (high is None or ((segment.end - high) & 0xffffffff) < 1 << 31):
            self.passed[end] = segment.end


def main():
    directory, scenario = sys.argv[1], json.loads(sys.argv[2])
    run('ip', 'link', 'add', 'm0', 'type', 'veth', 'peer', 'name', 'a0')
    run('ip', 'link', 'add', 'm1', 'type', 'veth', 'peer', 'name', 'b0')
    ends = []
    for name, act in (('b', server(scenario)), ('a', client(scenario))):
        pid, answers, go = endpoint(name, act)
        answers.readline()
        run('ip', 'link', 'set', f'{name}0', 'netns', str(pid))
        enter = ('nsenter', f'--net=/proc/{pid}/ns/net')
        run(*enter, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1')
        run(*enter, 'ethtool', '-K', f'{name}0', 'tx', 'off', 'tso', 'off', 'gso', 'off', 'gro', 'off')
        run(*enter, 'ip', 'address', 'add', f"10.0.0.{1 if name == 'a' else 2}/24", 'dev', f'{name}0')
        run(*enter, 'ip', 'link', 'set', f'{name}0', 'up')
        ends.append((name, pid, answers, go))
    for device in ('m0', 'm1'):
        run('sysctl', '-qw', f'net.ipv6.conf.{device}.disable_ipv6=1')
        run('ip', 'link', 'set', device, 'promisc', 'on', 'up')
    forwarder = Forwarder(scenario, directory)
    said, began = {}, time.time()
    for name, pid, answers, go in ends:
        os.write(go, b'g')
        until = time.time() + 0.2
        while time.time() < until:
            forwarder.step(0.001)
    while len(said) < 2 and time.time() - began < scenario.get('patience', 30):
        forwarder.step(0.001)
        for name, pid, answers, go in ends:
            if name not in said and select.select([answers], [], [], 0)[0]:
                said[name] = json.loads(answers.readline())
    until = time.time() + 0.2
    while time.time() < until:
        forwarder.step(0.001)
    for name, pid, answers, go in ends:
        if name not in said:
            os.kill(pid, 9)
        else:
            os.write(go, b'x')
        os.waitpid(pid, 0)
    for capture in forwarder.captures.values():
        capture.file.close()
    print(json.dumps({'truth': forwarder.truth, 'handshake': {end: (done - began) / 1e9 for end, (began, done) in forwarder.handshake.items()}, 'kernel': said}))


main()
