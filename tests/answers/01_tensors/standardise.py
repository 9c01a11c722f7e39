# %% keepdim kind="right"
def standardise(x):
    return (x - x.mean(dim=0, keepdim=True)) / x.std(dim=0, keepdim=True)


# %% column by column kind="right"
def standardise(x):
    columns = []
    for j in range(x.shape[1]):
        column = x[:, j]
        columns.append((column - column.mean()) / column.std())
    return torch.stack(columns, dim=1)


# %% writes into a copy kind="right"
def standardise(x):
    x = x.clone()
    x -= x.mean(0)
    x /= x.std(0)
    return x


# %% formula by hand kind="right"
def standardise(x):
    centred = x - x.sum(dim=0) / len(x)
    return centred / torch.sqrt((centred**2).sum(dim=0) / (len(x) - 1))


# %% std_mean kind="right"
def standardise(x):
    deviation, mean = torch.std_mean(x, dim=0, correction=1)
    return torch.div(torch.sub(x, mean), deviation)


# %% square root of the variance kind="right"
def standardise(x):
    return (x - x.mean(0)) / torch.var(x, 0, unbiased=True).sqrt()


# %% rows of the transpose kind="right"
def standardise(x):
    t = x.T
    return ((t - t.mean(dim=1, keepdim=True)) / t.std(dim=1, keepdim=True)).T


# %% through NumPy kind="right"
def standardise(x):
    array = x.double().numpy()
    array = (array - array.mean(axis=0)) / array.std(axis=0, ddof=1)
    return torch.from_numpy(array).to(x.dtype)


# %% whole tensor kind="wrong" zh="每一列要用自己的" en="each column has its own"
def standardise(x):
    return (x - x.mean()) / x.std()


# %% row by row kind="wrong" zh="按行做的" en="row by row"
def standardise(x):
    return (x - x.mean(dim=1, keepdim=True)) / x.std(dim=1, keepdim=True)


# %% wrong dim without keepdim kind="wrong" zh="不能广播" en="don't broadcast"
def standardise(x):
    return (x - x.mean(dim=1)) / x.std(dim=1)


# %% mean only kind="wrong" zh="还没有除以标准差" en="not divided"
def standardise(x):
    return x - x.mean(dim=0)


# %% deviation only kind="wrong" zh="还没有减去平均值" en="not subtracted yet"
def standardise(x):
    return x / x.std(dim=0)


# %% variance kind="wrong" zh="方差" en="variance"
def standardise(x):
    return (x - x.mean(dim=0)) / x.var(dim=0)


# %% NumPy's deviation kind="wrong" zh="NumPy 的 `std`" en="NumPy's `std` divides by n"
def standardise(x):
    array = x.numpy()
    return torch.from_numpy((array - array.mean(axis=0)) / array.std(axis=0))


# %% precedence kind="wrong" zh="加括号" en="parentheses"
def standardise(x):
    return x - x.mean(dim=0) / x.std(dim=0)


# %% scales to between 0 and 1 kind="wrong" zh="0 和 1 之间" en="between 0 and 1"
def standardise(x):
    low, high = x.min(dim=0).values, x.max(dim=0).values
    return (x - low) / (high - low)


# %% deviation of everything kind="wrong" zh="每列各算一个" en="each column has its own deviation"
def standardise(x):
    return (x - x.mean(dim=0)) / x.std()


# %% norm kind="wrong" zh="范数" en="norm"
def standardise(x):
    return torch.nn.functional.normalize(x - x.mean(dim=0), dim=0)


# %% in place kind="wrong" zh="改动了传进来的参数" en="changed its argument"
def standardise(x):
    x -= x.mean(dim=0)
    x /= x.std(dim=0)
    return x


# %% two columns only kind="wrong" zh="写死了大小" en="a size fixed in the code"
def standardise(x):
    columns = [(x[:, j] - x[:, j].mean()) / x[:, j].std() for j in (0, 1)]
    return torch.stack(columns, dim=1)
