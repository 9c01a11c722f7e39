# %% dtype and device kind="right"
def zeros_beside(x, n):
    return torch.zeros(n, dtype=x.dtype, device=x.device)


# %% to the tensor kind="right"
def zeros_beside(x, n):
    return torch.zeros(n).to(x)


# %% to dtype and device kind="right"
def zeros_beside(x, n):
    return torch.zeros((n,)).to(device=x.device, dtype=x.dtype)


# %% type_as kind="right"
def zeros_beside(x, n):
    return torch.zeros(n).type_as(x)


# %% new_tensor of a list kind="right"
def zeros_beside(x, n):
    return x.new_tensor([0] * n)


# %% tensor of a list kind="right"
def zeros_beside(x, n):
    return torch.tensor([0 for _ in range(n)], dtype=x.dtype, device=x.device)


# %% new_empty filled kind="right"
def zeros_beside(x, n):
    zeros = x.new_empty(n)
    zeros[:] = 0
    return zeros


# %% full kind="right"
def zeros_beside(x, n):
    return x.new_full([n], 0)


# %% zeros_like of something of that length kind="right"
def zeros_beside(x, n):
    return torch.zeros_like(x.new_ones(n))


# %% zero expanded kind="right"
def zeros_beside(x, n):
    return x.new_zeros(()).expand(n)


# %% under the device kind="right"
def zeros_beside(x, n):
    with torch.device(x.device):
        return torch.zeros(n, dtype=x.dtype)


# %% plain zeros kind="wrong" zh="dtype 要跟 x 一样" en="the dtype should be that of x"
def zeros_beside(x, n):
    return torch.zeros(n)


# %% dtype only kind="wrong" zh="device=x.device" en="device=x.device"
def zeros_beside(x, n):
    return torch.zeros(n, dtype=x.dtype)


# %% device only kind="wrong" zh="dtype 要跟 x 一样" en="the dtype should be that of x"
def zeros_beside(x, n):
    return torch.zeros(n, device=x.device)


# %% zeros_like kind="wrong" zh="沿用 x 的形状" en="takes the shape of x"
def zeros_beside(x, n):
    return torch.zeros_like(x)


# %% zeros_like cut to length kind="wrong" zh="`zeros_like`" en="`zeros_like`"
def zeros_beside(x, n):
    return torch.zeros_like(x).flatten()[:n]


# %% integers for the example kind="wrong" zh="不要写死" en="follow x"
def zeros_beside(x, n):
    return torch.zeros(n, dtype=torch.int64, device=x.device)


# %% a table kind="wrong" zh="一维" en="one-dimensional"
def zeros_beside(x, n):
    return x.new_zeros(n, n)


# %% a row kind="wrong" zh="一维" en="one-dimensional"
def zeros_beside(x, n):
    return x.new_zeros(1, n)


# %% attached to x kind="wrong" zh="接在 x 后面" en="joined to x"
def zeros_beside(x, n):
    return torch.cat([x, x.new_zeros(n)])


# %% ones kind="wrong" zh="这是一" en="those are ones"
def zeros_beside(x, n):
    return x.new_ones(n)


# %% always three kind="wrong" zh="写死了大小" en="a size fixed"
def zeros_beside(x, n):
    return x.new_zeros(3)


# %% CUDA if there is one kind="wrong" zh="device=x.device" en="device=x.device"
def zeros_beside(x, n):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.zeros(n, dtype=x.dtype, device=device)


# %% zeros out x kind="wrong" zh="改动了" en="changed its argument"
def zeros_beside(x, n):
    x.zero_()
    return x.new_zeros(n)


# %% a list kind="wrong" zh="torch.tensor(…)" en="torch.tensor(…)"
def zeros_beside(x, n):
    return [0] * n


# %% prints kind="wrong" zh="return" en="return"
def zeros_beside(x, n):
    print(x.new_zeros(n))
