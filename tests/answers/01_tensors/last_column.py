# %% select kind="right"
def last_column(x):
    return x.select(-1, -1)


# %% unbind kind="right"
def last_column(x):
    return torch.unbind(x, dim=-1)[-1]


# %% last axis to the front kind="right"
def last_column(x):
    return x.movedim(-1, 0)[-1]


# %% tuple of slices kind="right"
def last_column(x):
    index = [slice(None)] * x.ndim
    index[-1] = -1
    return x[tuple(index)]


# %% narrow and squeeze kind="right"
def last_column(x):
    return x.narrow(-1, x.size(-1) - 1, 1).squeeze(-1)


# %% one long table kind="right"
def last_column(x):
    return x.reshape(-1, x.shape[-1])[:, -1].reshape(x.shape[:-1])


# %% axis by axis kind="right"
def last_column(x):
    if x.dim() == 1:
        return x[-1]
    return torch.stack([last_column(part) for part in x])


# %% flipped kind="right"
def last_column(x):
    return x.flip(-1)[..., 0]


# %% gather kind="right"
def last_column(x):
    index = torch.full((*x.shape[:-1], 1), x.shape[-1] - 1)
    return torch.gather(x, -1, index)[..., 0]


# %% copied kind="right"
def last_column(x):
    return x[..., x.shape[-1] - 1].clone()


# %% two axes only kind="wrong" zh="`...`" en="`...`"
def last_column(x):
    return x[:, -1]


# %% last row kind="wrong" zh="最后一行" en="last row"
def last_column(x):
    return x[-1]


# %% first column kind="wrong" zh="第一列" en="first column"
def last_column(x):
    return x[..., 0]


# %% keeps the axis kind="wrong" zh="整数（而不是切片）" en="an integer instead of a slice"
def last_column(x):
    return x[..., -1:]


# %% all but the last kind="wrong" zh="其他的" en="all but the last"
def last_column(x):
    return x[..., :-1]


# %% off by one kind="wrong" zh="从 0 数起" en="count from 0"
def last_column(x):
    return x[..., x.shape[-1]]


# %% last but one kind="wrong" zh="倒数第二" en="last but one"
def last_column(x):
    return x[..., -2]


# %% column two kind="wrong" zh="写死" en="is fixed"
def last_column(x):
    return x[..., 2]


# %% transposes kind="wrong" zh="转置" en="transposing"
def last_column(x):
    return x.transpose(0, -1)[-1]


# %% always three axes kind="wrong" zh="`...`" en="`...`"
def last_column(x):
    if x.ndim == 3:
        return x[:, :, -1]
    return x[:, -1]


# %% last element of all kind="wrong" zh="一个数" en="one number"
def last_column(x):
    return x.flatten()[-1]


# %% squeezes too much kind="wrong" zh="`squeeze()`" en="`squeeze()`"
def last_column(x):
    return x[..., -1:].squeeze()


# %% reversed axes kind="wrong" zh="转置" en="transposing"
def last_column(x):
    return x.permute(*range(x.ndim)[::-1])[-1]


# %% a list kind="wrong" zh="torch.stack(…)" en="torch.stack(…)"
def last_column(x):
    return [row[-1] for row in x]


# %% two indices in a row kind="wrong" zh="最后一行" en="last row"
def last_column(x):
    return x[:][-1]


# %% prints kind="wrong" zh="return" en="return"
def last_column(x):
    print(x[..., -1])
