# %% statistics kind="right"
import statistics


def timed(function, synchronize, clock, runs):
    function()
    synchronize()

    def once():
        synchronize()
        start = clock()
        function()
        synchronize()
        return clock() - start

    return statistics.median(once() for _ in range(runs))


# %% one synchronisation each kind="right"
def timed(function, synchronize, clock, runs):
    function()
    synchronize()
    before = clock()
    times = []
    for _ in range(runs):
        function()
        synchronize()
        now = clock()
        times.append(now - before)
        before = now
    times.sort()
    return times[len(times) // 2]


# %% NumPy kind="right"
import numpy as np


def timed(function, synchronize, clock, runs):
    times = np.zeros(runs)
    for i in range(-1, runs):
        synchronize()
        start = clock()
        function()
        synchronize()
        if i >= 0:
            times[i] = clock() - start
    return float(np.median(times))


# %% torch kind="right"
def timed(function, synchronize, clock, runs):
    times = []
    for _ in range(runs + 1):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return torch.tensor(times[1:], dtype=torch.float64).median().item()


# %% never synchronises kind="wrong" zh="放进队列" en="join the queue"
def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        start = clock()
        function()
        times.append(clock() - start)
    return sorted(times)[runs // 2]


# %% synchronises before only kind="wrong" zh="放进队列" en="join the queue"
def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        synchronize()
        start = clock()
        function()
        times.append(clock() - start)
    return sorted(times)[runs // 2]


# %% stops the clock too early kind="wrong" zh="放进队列" en="join the queue"
def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        synchronize()
        start = clock()
        function()
        times.append(clock() - start)
        synchronize()
    return sorted(times)[runs // 2]


# %% synchronises after only kind="wrong" zh="以前留在队列里" en="earlier work"
def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return sorted(times)[runs // 2]


# %% starts the clock before it synchronises kind="wrong" zh="以前留在队列里" en="earlier work"
def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        start = clock()
        synchronize()
        function()
        synchronize()
        times.append(clock() - start)
    return sorted(times)[runs // 2]


# %% no run for nothing kind="wrong" zh="空跑" en="warm up"
def timed(function, synchronize, clock, runs):
    times = []
    for _ in range(runs):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return sorted(times)[runs // 2]


# %% counts the run for nothing kind="wrong" zh="空跑" en="without the clock"
def timed(function, synchronize, clock, runs):
    times = []
    for _ in range(runs + 1):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return sorted(times)[len(times) // 2]


# %% mean kind="wrong" zh="平均值" en="mean"
def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return sum(times) / runs


# %% all together kind="wrong" zh="单独计时" en="time each run by itself"
def timed(function, synchronize, clock, runs):
    function()
    synchronize()
    start = clock()
    for _ in range(runs):
        function()
    synchronize()
    return (clock() - start) / runs


# %% minimum kind="wrong" zh="最快的一次" en="the fastest run"
def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return min(times)


# %% not in order kind="wrong" zh="先按时间的长短排好" en="put the times in order"
def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return times[runs // 2]


# %% all of them kind="wrong" zh="float" en="float"
def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return sorted(times)


# %% milliseconds kind="wrong" zh="毫秒" en="milliseconds"
def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(1000 * (clock() - start))
    return sorted(times)[runs // 2]


# %% two runs for nothing kind="wrong" zh="调用了" en="was called"
def timed(function, synchronize, clock, runs):
    function()
    function()
    times = []
    for _ in range(runs):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return sorted(times)[runs // 2]


# %% its own clock kind="wrong" zh="时间不对" en="the time is wrong"
import time


def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        synchronize()
        start = time.perf_counter()
        function()
        synchronize()
        times.append(time.perf_counter() - start)
    return sorted(times)[runs // 2]


# %% never calls the function kind="wrong" zh="调用了 0 次" en="was called 0 times"
def timed(function, synchronize, clock, runs):
    function
    times = []
    for _ in range(runs):
        synchronize()
        start = clock()
        function
        synchronize()
        times.append(clock() - start)
    return sorted(times)[runs // 2]


# %% prints kind="wrong" zh="忘了 `return`" en="forget `return`"
def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    print(sorted(times)[runs // 2])


# %% a clock without brackets kind="wrong" zh="漏了括号" en="parentheses `()` missing"
def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        synchronize()
        start = clock
        function()
        synchronize()
        times.append(clock - start)
    return sorted(times)[runs // 2]


# %% half of an odd number kind="wrong" zh="整除用 `//`" en="`//` does not"
def timed(function, synchronize, clock, runs):
    function()
    times = []
    for _ in range(runs):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return sorted(times)[runs / 2]
