# %% boolean mask kind="right"
def relu_(x):
    x[x < 0] = 0
    return x


# %% torch has it kind="right"
def relu_(x):
    return torch.relu_(x)


# %% functional in place kind="right"
def relu_(x):
    return torch.nn.functional.relu(x, inplace=True)


# %% copy into itself kind="right"
def relu_(x):
    x.copy_(torch.maximum(x, torch.zeros_like(x)))
    return x


# %% slice assignment kind="right"
def relu_(x):
    x[:] = torch.where(x > 0, x, 0)
    return x


# %% multiplies by the mask kind="right"
def relu_(x):
    x *= x > 0
    return x


# %% out argument kind="right"
def relu_(x):
    torch.clamp(x, min=0, out=x)
    return x


# %% masked fill kind="right"
def relu_(x):
    return x.masked_fill_(x.lt(0), 0)


# %% through NumPy kind="right"
def relu_(x):
    array = x.numpy()
    array[array < 0] = 0
    return x


# %% loops over every position kind="right"
def relu_(x):
    for position in np.ndindex(*x.shape):
        if x[position] < 0:
            x[position] = 0
    return x


# %% recursion kind="right"
def relu_(x):
    for part in x:
        if part.ndim > 0:
            relu_(part)
        elif part < 0:
            part.fill_(0)
    return x


# %% new tensor kind="wrong" zh="`x` 自己没有变" en="`x` itself did not change"
def relu_(x):
    return torch.relu(x)


# %% assigns to the name kind="wrong" zh="是新张量" en="is a new tensor"
def relu_(x):
    x = x * (x > 0)
    return x


# %% works on a clone kind="wrong" zh="`x` 自己没有变" en="`x` itself did not change"
def relu_(x):
    result = x.clone()
    result[result < 0] = 0
    return result


# %% forgets the underscore kind="wrong" zh="不带 `_` 的操作" en="an operation without `_`"
def relu_(x):
    x.clamp(min=0)
    return x


# %% assigns to the loop variable kind="wrong" zh="循环变量" en="loop's variable"
def relu_(x):
    for number in x:
        if (number < 0).all():
            number = torch.tensor(0.0)  # noqa: PLW2901
    return x


# %% no return kind="wrong" zh="忘了 `return`" en="forget `return`"
def relu_(x):
    x[x < 0] = 0


# %% absolute values kind="wrong" zh="不是变成正数" en="not positive"
def relu_(x):
    return x.abs_()


# %% upper bound kind="wrong" zh="0 是下限" en="0 is the lower bound"
def relu_(x):
    return x.clamp_(max=0)


# %% between 0 and 1 kind="wrong" zh="没有上限" en="no upper one"
def relu_(x):
    return x.clamp_(0, 1)


# %% leaves negative numbers out kind="wrong" zh="不是被删掉" en="not be left out"
def relu_(x):
    return x[x >= 0]


# %% returns a copy kind="wrong" zh="返回 `x` 自己" en="return `x` itself"
def relu_(x):
    x[x < 0] = 0
    return x.clone()


# %% one if for all kind="wrong" zh="`if` 只能判断一个真假" en="`if` wants one True or False"
def relu_(x):
    if x < 0:
        x = 0
    return x


# %% returns the mask kind="wrong" zh="True 和 False" en="True and False"
def relu_(x):
    return x > 0


# %% one axis only kind="wrong" zh="`if` 只能判断一个真假" en="`if` wants one True or False"
def relu_(x):
    for i in range(len(x)):
        if x[i] < 0:
            x[i] = 0
    return x
