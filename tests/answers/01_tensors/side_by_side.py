# %% hstack kind="right"
def side_by_side(a, b):
    return torch.hstack((a, b))


# %% last axis kind="right"
def side_by_side(a, b):
    return torch.concat([a, b], axis=-1)


# %% column_stack kind="right"
def side_by_side(a, b):
    return torch.column_stack([a, b])


# %% transposed and back kind="right"
def side_by_side(a, b):
    return torch.cat([a.T, b.T]).T


# %% fills two windows kind="right"
def side_by_side(a, b):
    n, p = a.shape
    joined = a.new_zeros(n, p + b.shape[1])
    joined[:, :p] = a
    joined[:, p:] = b
    return joined


# %% row by row kind="right"
def side_by_side(a, b):
    rows = []
    for i in range(len(a)):
        rows.append(torch.cat([a[i], b[i]]))
    return torch.stack(rows)


# %% lists kind="right"
def side_by_side(a, b):
    return torch.tensor([left + right for left, right in zip(a.tolist(), b.tolist())])


# %% NumPy kind="right"
def side_by_side(a, b):
    return torch.from_numpy(np.concatenate([a.numpy(), b.numpy()], axis=1))


# %% columns stacked kind="right"
def side_by_side(a, b):
    return torch.stack([*a.unbind(1), *b.unbind(1)], dim=1)


# %% joins below kind="wrong" zh="接在下面" en="joins below"
def side_by_side(a, b):
    return torch.cat([a, b])


# %% vstack kind="wrong" zh="接在下面" en="joins below"
def side_by_side(a, b):
    return torch.vstack([a, b])


# %% swapped kind="wrong" zh="左右反了" en="left and right are swapped"
def side_by_side(a, b):
    return torch.cat([b, a], dim=1)


# %% stack kind="wrong" zh="`stack` 新增了一个轴" en="`stack` adds an axis"
def side_by_side(a, b):
    return torch.stack([a, b], dim=1)


# %% stack on the last axis kind="wrong" zh="`stack` 新增了一个轴" en="`stack` adds an axis"
def side_by_side(a, b):
    return torch.stack([a, b], dim=-1)


# %% adds kind="wrong" zh="相加" en="adds them up"
def side_by_side(a, b):
    return a + b


# %% joins below, then reshapes kind="wrong" zh="`reshape`" en="`reshape`"
def side_by_side(a, b):
    return torch.cat([a, b]).reshape(len(a), -1)


# %% stacks, then reshapes kind="wrong" zh="`stack` 要求形状完全相同" en="`stack` wants equal shapes"
def side_by_side(a, b):
    return torch.stack([a, b], dim=1).reshape(len(a), -1)


# %% alternates the columns kind="wrong" zh="交错" en="alternate"
def side_by_side(a, b):
    return torch.stack([a, b], dim=2).flatten(1)


# %% axis counted from one kind="wrong" zh="从 0 数起" en="count from 0"
def side_by_side(a, b):
    return torch.cat([a, b], dim=2)


# %% without a list kind="wrong" zh="列表" en="list"
def side_by_side(a, b):
    return torch.cat(a, b, dim=1)


# %% a list of the two kind="wrong" zh="torch.cat" en="torch.cat"
def side_by_side(a, b):
    return [a, b]


# %% a list of lists kind="wrong" zh="torch.tensor(…)" en="torch.tensor(…)"
def side_by_side(a, b):
    return [left + right for left, right in zip(a.tolist(), b.tolist())]


# %% float for all kind="wrong" zh="整数" en="whole numbers"
def side_by_side(a, b):
    joined = torch.zeros(len(a), a.shape[1] + b.shape[1])
    joined[:, : a.shape[1]] = a
    joined[:, a.shape[1] :] = b
    return joined


# %% only a kind="wrong" zh="`b`" en="`b`"
def side_by_side(a, b):
    return torch.cat([a, a], dim=1)


# %% prints kind="wrong" zh="return" en="return"
def side_by_side(a, b):
    print(torch.cat([a, b], dim=1))
