# %% torch functions kind="right"
def mean_squared_error(a, b):
    return torch.mean(torch.square(torch.sub(a, b)))


# %% sum over count kind="right"
def mean_squared_error(a, b):
    difference = a - b
    return (difference * difference).sum() / difference.numel()


# %% functional loss kind="right"
def mean_squared_error(a, b):
    return torch.nn.functional.mse_loss(a, b)


# %% loss module kind="right"
def mean_squared_error(a, b):
    loss = torch.nn.MSELoss()
    return loss(b, a)


# %% loop kind="right"
def mean_squared_error(a, b):
    total = 0
    for x, y in zip(a.flatten(), b.flatten(), strict=True):
        total += (x - y) ** 2
    return total / a.numel()


# %% dot product kind="right"
def mean_squared_error(a, b):
    d = (a - b).reshape(-1)
    return d.dot(d) / len(d)


# %% through NumPy kind="right"
def mean_squared_error(a, b):
    return torch.tensor(np.mean((a.numpy() - b.numpy()) ** 2))


# %% norm kind="right"
def mean_squared_error(a, b):
    return torch.norm(a - b) ** 2 / a.numel()


# %% sum kind="wrong" zh="这是总和" en="that is the sum"
def mean_squared_error(a, b):
    return ((a - b) ** 2).sum()


# %% averages before squaring kind="wrong" zh="互相抵消" en="averaged before squaring"
def mean_squared_error(a, b):
    return (a - b).mean() ** 2


# %% mean absolute error kind="wrong" zh="绝对值" en="absolute values"
def mean_squared_error(a, b):
    return torch.nn.functional.l1_loss(a, b)


# %% root kind="wrong" zh="多开了一次方" en="square root too many"
def mean_squared_error(a, b):
    return torch.sqrt(((a - b) ** 2).mean())


# %% no mean kind="wrong" zh="还没有取平均" en="not averaged yet"
def mean_squared_error(a, b):
    return torch.nn.functional.mse_loss(a, b, reduction="none")


# %% mean of each column kind="wrong" zh="只沿一个轴" en="along one axis only"
def mean_squared_error(a, b):
    return ((a - b) ** 2).mean(dim=0)


# %% mean of each row kind="wrong" zh="只沿一个轴" en="along one axis only"
def mean_squared_error(a, b):
    return ((a - b) ** 2).mean(dim=-1)


# %% squares each first kind="wrong" zh="先减再平方" en="subtract first"
def mean_squared_error(a, b):
    return (a**2 - b**2).mean()


# %% no parentheses kind="wrong" zh="减法要加括号" en="squares b only"
def mean_squared_error(a, b):
    return (a - b**2).mean()


# %% divides by the rows kind="wrong" zh="`len` 只数第一个轴" en="`len` counts the first axis only"
def mean_squared_error(a, b):
    return ((a - b) ** 2).sum() / len(a)


# %% half of it kind="wrong" zh="多除以了 2" en="division by 2"
def mean_squared_error(a, b):
    return ((a - b) ** 2).mean() / 2


# %% caret for a power kind="wrong" zh="乘方是 `**`" en="not a power"
def mean_squared_error(a, b):
    return ((a - b) ^ 2).mean()


# %% returns a number kind="wrong" zh="不要调用 `.item()`" en="leave out `.item()`"
def mean_squared_error(a, b):
    return ((a - b) ** 2).mean().item()


# %% subtracts in place kind="wrong" zh="改动了传进来的参数" en="changed its argument"
def mean_squared_error(a, b):
    a -= b
    return (a**2).mean()


# %% always float32 kind="wrong" zh="沿用输入的 dtype" en="keep the input's"
def mean_squared_error(a, b):
    total = 0.0
    for x, y in zip(a.flatten().tolist(), b.flatten().tolist(), strict=True):
        total += (x - y) ** 2
    return torch.tensor(total / a.numel())


# %% loops over rows as if they were numbers kind="wrong" zh="遍历一张表" en="a loop over a table"
def mean_squared_error(a, b):
    total = 0
    for i in range(len(a)):
        total += (a[i] - b[i]) ** 2
    return total / len(a)
