# %% math kind="right"
import math


def accuracy_interval(correct, total):
    a = correct / total
    e = 1.96 * math.sqrt(a * (1 - a) / total)
    low, high = a - e, a + e
    if low < 0:
        low = 0.0
    if high > 1:
        high = 1.0
    return low, high


# %% torch kind="right"
def accuracy_interval(correct, total):
    a = torch.tensor(correct / total, dtype=torch.float64)
    ends = a + torch.tensor([-1.96, 1.96], dtype=torch.float64) * torch.sqrt(a * (1 - a) / total)
    low, high = ends.clamp(0, 1).tolist()
    return (low, high)


# %% counts, then shares kind="right"
def accuracy_interval(correct, total):
    margin = 1.96 * (correct * (total - correct) / total**3) ** 0.5
    return max(0.0, correct / total - margin), min(1.0, correct / total + margin)


# %% no root kind="wrong" zh="开平方" en="square root"
def accuracy_interval(correct, total):
    a = correct / total
    e = 1.96 * a * (1 - a) / total
    return max(a - e, 0.0), min(a + e, 1.0)


# %% one standard error kind="wrong" zh="1.96 个标准误差" en="1.96 standard errors"
def accuracy_interval(correct, total):
    a = correct / total
    e = (a * (1 - a) / total) ** 0.5
    return max(a - e, 0.0), min(a + e, 1.0)


# %% not clipped kind="wrong" zh="截到" en="between 0 and 1"
def accuracy_interval(correct, total):
    a = correct / total
    e = 1.96 * (a * (1 - a) / total) ** 0.5
    return a - e, a + e


# %% clipped at the top only kind="wrong" zh="截到" en="between 0 and 1"
def accuracy_interval(correct, total):
    a = correct / total
    e = 1.96 * (a * (1 - a) / total) ** 0.5
    return a - e, min(a + e, 1.0)


# %% n outside the root kind="wrong" zh="根号里面" en="under the root"
def accuracy_interval(correct, total):
    a = correct / total
    e = 1.96 * (a * (1 - a)) ** 0.5 / total
    return max(a - e, 0.0), min(a + e, 1.0)


# %% percent kind="wrong" zh="不是百分数" en="not percent"
def accuracy_interval(correct, total):
    a = correct / total
    e = 1.96 * (a * (1 - a) / total) ** 0.5
    return 100 * max(a - e, 0.0), 100 * min(a + e, 1.0)


# %% one number kind="wrong" zh="类型" en="type"
def accuracy_interval(correct, total):
    a = correct / total
    return 1.96 * (a * (1 - a) / total) ** 0.5


# %% a list kind="wrong" zh="`tuple(…)`" en="`tuple(…)`"
def accuracy_interval(correct, total):
    a = correct / total
    e = 1.96 * (a * (1 - a) / total) ** 0.5
    return [max(a - e, 0.0), min(a + e, 1.0)]


# %% whole division kind="wrong" zh="小数部分" en="drops the fraction"
def accuracy_interval(correct, total):
    a = correct // total
    e = 1.96 * (a * (1 - a) / total) ** 0.5
    return max(a - e, 0.0), min(a + e, 1.0)


# %% rounded kind="wrong" zh="不要取整" en="don't round"
def accuracy_interval(correct, total):
    a = correct / total
    e = 1.96 * (a * (1 - a) / total) ** 0.5
    return round(max(a - e, 0.0), 4), round(min(a + e, 1.0), 4)


# %% whole ends kind="wrong" zh="浮点数" en="floats"
def accuracy_interval(correct, total):
    a = correct / total
    e = 1.96 * (a * (1 - a) / total) ** 0.5
    return max(a - e, 0), min(a + e, 1)


# %% high end first kind="wrong" zh="低的在前" en="low one comes first"
def accuracy_interval(correct, total):
    a = correct / total
    e = 1.96 * (a * (1 - a) / total) ** 0.5
    return min(a + e, 1.0), max(a - e, 0.0)


# %% min and max swapped kind="wrong" zh="`max` 和 `min` 对调了" en="`max` and `min` swapped"
def accuracy_interval(correct, total):
    a = correct / total
    e = 1.96 * (a * (1 - a) / total) ** 0.5
    return min(a - e, 0.0), max(a + e, 1.0)


# %% accuracy and margin kind="wrong" zh="要的是两头" en="the two ends are wanted"
def accuracy_interval(correct, total):
    a = correct / total
    return a, 1.96 * (a * (1 - a) / total) ** 0.5
