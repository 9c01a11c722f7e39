# %% unsqueeze both kind="right"
def differences(a, b):
    return a.unsqueeze(1) - b.unsqueeze(0)


# %% two loops kind="right"
def differences(a, b):
    table = torch.zeros(len(a), len(b), dtype=a.dtype)
    for i in range(len(a)):
        for j in range(len(b)):
            table[i, j] = a[i] - b[j]
    return table


# %% stacks rows kind="right"
def differences(a, b):
    return torch.stack([number - b for number in a])


# %% lists of numbers kind="right"
def differences(a, b):
    return torch.tensor([[x - y for y in b.tolist()] for x in a.tolist()])


# %% meshgrid kind="right"
def differences(a, b):
    left, right = torch.meshgrid(a, b, indexing="ij")
    return left - right


# %% copies rows and columns kind="right"
def differences(a, b):
    return a.repeat(len(b), 1).T - b.repeat(len(a), 1)


# %% reshape and sub kind="right"
def differences(a, b):
    return torch.sub(a.view(-1, 1), b.view(1, -1))


# %% transposes the other way round kind="right"
def differences(a, b):
    return -(b[:, None] - a).T


# %% through NumPy kind="right"
def differences(a, b):
    return torch.from_numpy(np.subtract.outer(a.numpy(), b.numpy()))


# %% all pairs kind="right"
def differences(a, b):
    pairs = torch.cartesian_prod(a, b)
    return (pairs[:, 0] - pairs[:, 1]).reshape(len(a), len(b))


# %% b minus a kind="wrong" zh="正负号反了" en="the sign is reversed"
def differences(a, b):
    return b - a[:, None]


# %% b is the column kind="wrong" zh="表转置了" en="the table is transposed"
def differences(a, b):
    return a - b[:, None]


# %% rows of b minus a kind="wrong" zh="行和列对调了" en="rows and columns are swapped"
def differences(a, b):
    return b[:, None] - a


# %% no column kind="wrong" zh="不能广播" en="don't broadcast"
def differences(a, b):
    return a - b


# %% both as rows kind="wrong" zh="不能广播" en="don't broadcast"
def differences(a, b):
    return a[None, :] - b[None, :]


# %% transposes a vector kind="wrong" zh="不能广播" en="don't broadcast"
def differences(a, b):
    return a.T - b


# %% distances kind="wrong" zh="绝对值" en="absolute value"
def differences(a, b):
    return (a[:, None] - b).abs()


# %% sums kind="wrong" zh="这是和" en="those are sums"
def differences(a, b):
    return a[:, None] + b


# %% products kind="wrong" zh="这是乘积" en="those are products"
def differences(a, b):
    return a[:, None] * b


# %% one long row kind="wrong" zh="排成 n 行 m 列" en="arrange them in a table"
def differences(a, b):
    return torch.tensor([x - y for x in a for y in b])


# %% list of lists kind="wrong" zh="torch.tensor" en="torch.tensor"
def differences(a, b):
    return [[(x - y).item() for y in b] for x in a]


# %% default dtype kind="wrong" zh="指明 `dtype=`" en="name the `dtype=`"
def differences(a, b):
    table = torch.zeros(len(a), len(b))
    for i in range(len(a)):
        table[i] = a[i] - b
    return table


# %% two rows only kind="wrong" zh="写死了大小" en="a size fixed in the code"
def differences(a, b):
    return torch.stack([a[0] - b, a[1] - b])


# %% stops one column short kind="wrong" zh="少了一步" en="stop one short"
def differences(a, b):
    table = torch.zeros(len(a), len(b), dtype=a.dtype)
    for i in range(len(a)):
        for j in range(len(b) - 1):
            table[i, j] = a[i] - b[j]
    return table


# %% overwrites the row kind="wrong" zh="盖掉了前一次" en="overwrote the one before"
def differences(a, b):
    for x in a:
        table = x - b
    return table


# %% returns inside the loop kind="wrong" zh="写在循环里" en="inside the loop"
def differences(a, b):
    for x in a:
        return x - b
