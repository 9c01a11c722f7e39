# %% count_nonzero kind="right"
def lost(x, dtype):
    after = x.to(dtype).float()
    over = torch.count_nonzero(after.isinf() & ~x.isinf())
    under = torch.count_nonzero((after == 0) & (x != 0))
    return int(over), int(under)


# %% loop kind="right"
import math


def lost(x, dtype):
    over = under = 0
    for before, after in zip(x.flatten().tolist(), x.to(dtype).flatten().tolist()):
        if math.isfinite(before) and not math.isfinite(after):
            over += 1
        if before != 0 and after == 0:
            under += 1
    return over, under


# %% differences of counts kind="right"
def lost(x, dtype):
    y = x.to(dtype)
    over = y.isinf().sum() - x.isinf().sum()
    under = (y == 0).sum() - (x == 0).sum()
    return over.item(), under.item()


# %% masks kind="right"
def lost(x, dtype):
    finite = x[torch.isfinite(x)]
    nonzero = x[x != 0]
    return len(finite) - finite.to(dtype).isfinite().sum().item(), int((nonzero.to(dtype) == 0).sum())


# %% max and tiny kind="wrong" zh="不是边界" en="are not the edges"
def lost(x, dtype):
    info = torch.finfo(dtype)
    over = x.isfinite() & (x.abs() > info.max)
    under = (x != 0) & (x.abs() < info.tiny)
    return over.sum().item(), under.sum().item()


# %% max kind="wrong" zh="不是边界" en="are not the edges"
def lost(x, dtype):
    over = x.isfinite() & (x.abs() > torch.finfo(dtype).max)
    under = (x != 0) & (x.to(dtype) == 0)
    return over.sum().item(), under.sum().item()


# %% counts what was inf kind="wrong" zh="本来就是 `inf`" en="`inf` to begin with"
def lost(x, dtype):
    y = x.to(dtype)
    return y.isinf().sum().item(), ((x != 0) & (y == 0)).sum().item()


# %% counts nan kind="wrong" zh="`nan` 不算" en="`nan` is no overflow"
def lost(x, dtype):
    y = x.to(dtype)
    return (~y.isfinite()).sum().item(), ((x != 0) & (y == 0)).sum().item()


# %% counts zeros kind="wrong" zh="本来就是 0" en="0 to begin with"
def lost(x, dtype):
    y = x.to(dtype)
    return (x.isfinite() & y.isinf()).sum().item(), (y == 0).sum().item()


# %% positive overflow only kind="wrong" zh="负数" en="negative numbers"
def lost(x, dtype):
    y = x.to(dtype)
    over = x.isfinite() & (y == float("inf"))
    return over.sum().item(), ((x != 0) & (y == 0)).sum().item()


# %% positive underflow only kind="wrong" zh="负数" en="negative numbers"
def lost(x, dtype):
    y = x.to(dtype)
    over = x.isfinite() & y.isinf()
    return over.sum().item(), ((x > 0) & (y == 0)).sum().item()


# %% swapped kind="wrong" zh="对调了" en="swapped"
def lost(x, dtype):
    y = x.to(dtype)
    return ((x != 0) & (y == 0)).sum().item(), (x.isfinite() & y.isinf()).sum().item()


# %% tensors kind="wrong" zh="int" en="int"
def lost(x, dtype):
    y = x.to(dtype)
    return (x.isfinite() & y.isinf()).sum(), ((x != 0) & (y == 0)).sum()


# %% always half kind="wrong" zh="不要写死" en="not to a fixed one"
def lost(x, dtype):
    y = x.half()
    return (x.isfinite() & y.isinf()).sum().item(), ((x != 0) & (y == 0)).sum().item()


# %% whatever is rounded kind="wrong" zh="变得不精确不算丢" en="less precise is not lost"
def lost(x, dtype):
    y = x.to(dtype).float()
    return (x.isfinite() & y.isinf()).sum().item(), (x != y).sum().item()


# %% and on lists kind="wrong" zh="代码出错了" en="your code stopped"
def lost(x, dtype):
    y = x.to(dtype)
    return (x.isfinite() and y.isinf()).sum().item(), (x != 0 and y == 0).sum().item()


# %% to not caught kind="wrong" zh="要接住" en="catch it"
def lost(x, dtype):
    y = x
    y.to(dtype)
    return (x.isfinite() & y.isinf()).sum().item(), ((x != 0) & (y == 0)).sum().item()


# %% whether any kind="wrong" zh="用 `sum()`" en="`sum()`"
def lost(x, dtype):
    y = x.to(dtype)
    return (x.isfinite() & y.isinf()).any().item(), ((x != 0) & (y == 0)).any().item()


# %% no brackets around the comparisons kind="wrong" zh="放进括号" en="into brackets"
def lost(x, dtype):
    y = x.to(dtype)
    over = x.isfinite() & y.isinf()
    under = x != 0 & y == 0
    return over.sum().item(), under.sum().item()


# %% nan that is not inf kind="wrong" zh="`nan` 不算" en="`nan` is no overflow"
def lost(x, dtype):
    y = x.to(dtype)
    return (~x.isinf() & ~y.isfinite()).sum().item(), ((x != 0) & (y == 0)).sum().item()


# %% floats kind="wrong" zh="这是小数" en="these are floats"
def lost(x, dtype):
    y = x.to(dtype)
    return (x.isfinite() & y.isinf()).float().sum().item(), ((x != 0) & (y == 0)).float().sum().item()
