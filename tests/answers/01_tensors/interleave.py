# %% every other row kind="right"
def interleave(a, b):
    result = a.new_empty(2 * len(a), a.shape[1])
    result[::2] = a
    result[1::2] = b
    return result


# %% loop over pairs of rows kind="right"
def interleave(a, b):
    rows = []
    for row_a, row_b in zip(a, b, strict=True):
        rows.append(row_a)
        rows.append(row_b)
    return torch.stack(rows)


# %% joins to the right and cuts kind="right"
def interleave(a, b):
    return torch.hstack((a, b)).view(-1, a.size(1))


# %% stack in front and transpose kind="right"
def interleave(a, b):
    return torch.stack((a, b)).transpose(0, 1).flatten(0, 1)


# %% picks rows by index kind="right"
def interleave(a, b):
    n = len(a)
    order = torch.arange(2 * n).reshape(2, n).T.flatten()
    return torch.cat([a, b])[order]


# %% through NumPy kind="right"
def interleave(a, b):
    result = np.zeros((2 * a.shape[0], a.shape[1]), dtype=a.numpy().dtype)
    result[0::2], result[1::2] = a.numpy(), b.numpy()
    return torch.from_numpy(result)


# %% lists of numbers kind="right"
def interleave(a, b):
    rows = [row for pair in zip(a.tolist(), b.tolist(), strict=True) for row in pair]
    return torch.tensor(rows, dtype=a.dtype)


# %% one after the other kind="wrong" zh="新轴应在中间" en="b comes after all of a"
def interleave(a, b):
    return torch.cat([a, b], dim=0)


# %% stacks in front kind="wrong" zh="新轴应在中间" en="the new axis goes in the middle"
def interleave(a, b):
    return torch.stack([a, b], dim=0).reshape(2 * len(a), -1)


# %% stacks at the end kind="wrong" zh="新轴应是 `dim=1`" en="the numbers inside the rows alternate"
def interleave(a, b):
    return torch.stack([a, b], dim=-1).reshape(-1, a.shape[1])


# %% b first kind="wrong" zh="顺序反了" en="row 0 of a comes first"
def interleave(a, b):
    return torch.stack([b, a], dim=1).reshape(-1, a.shape[1])


# %% does not merge kind="wrong" zh="前两个轴并成一个" en="merge the first two axes"
def interleave(a, b):
    return torch.stack([a, b], dim=1)


# %% side by side kind="wrong" zh="行数翻倍" en="twice the rows"
def interleave(a, b):
    return torch.cat([a, b], dim=1)


# %% shape of the example kind="wrong" zh="不要写死" en="don't fix its sizes"
def interleave(a, b):
    return torch.stack([a, b], dim=1).reshape(4, 2)


# %% default dtype kind="wrong" zh="指明 `dtype=`" en="name the `dtype=`"
def interleave(a, b):
    result = torch.zeros(2 * len(a), a.shape[1])
    result[::2] = a
    result[1::2] = b
    return result


# %% returns a list of rows kind="wrong" zh="torch.stack" en="torch.stack"
def interleave(a, b):
    rows = []
    for i in range(len(a)):
        rows += [a[i], b[i]]
    return rows


# %% loop stops one short kind="wrong" zh="停早了" en="stop early"
def interleave(a, b):
    rows = []
    for i in range(len(a) - 1):
        rows += [a[i], b[i]]
    return torch.stack(rows)
