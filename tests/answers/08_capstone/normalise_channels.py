# %% var kind="right"
def normalise_channels(x, eps):
    mean = x.mean((0, 2, 3), keepdim=True)
    variance = x.var((0, 2, 3), correction=0, keepdim=True)
    return (x - mean) / torch.sqrt(variance + eps)


# %% channel by channel kind="right"
def normalise_channels(x, eps):
    out = torch.empty_like(x)
    for c in range(x.shape[1]):
        out[:, c] = (x[:, c] - x[:, c].mean()) / (x[:, c].var(unbiased=False) + eps) ** 0.5
    return out


# %% flattened kind="right"
def normalise_channels(x, eps):
    rows = x.transpose(0, 1).flatten(1)
    mean = rows.mean(1)[:, None, None]
    variance = rows.var(1, unbiased=False)[:, None, None]
    return (x - mean) * (variance + eps).rsqrt()


# %% var_mean kind="right"
def normalise_channels(x, eps):
    variance, mean = torch.var_mean(x, dim=(0, 2, 3), correction=0, keepdim=True)
    return (x - mean).div(variance.add(eps).sqrt())


# %% each picture by itself kind="wrong" zh="每张图片各算各的" en="each picture has its own"
def normalise_channels(x, eps):
    mean = x.mean((2, 3), keepdim=True)
    return (x - mean) / (x.var((2, 3), correction=0, keepdim=True) + eps).sqrt()


# %% each pixel by itself kind="wrong" zh="每个像素各算各的" en="each pixel has its own"
def normalise_channels(x, eps):
    return (x - x.mean(0)) / (x.var(0, correction=0) + eps).sqrt()


# %% all channels together kind="wrong" zh="所有通道算在一起" en="all channels are taken together"
def normalise_channels(x, eps):
    return (x - x.mean()) / (x.var(correction=0) + eps).sqrt()


# %% n minus 1 kind="wrong" zh="减 1" en="n − 1"
def normalise_channels(x, eps):
    mean = x.mean((0, 2, 3), keepdim=True)
    return (x - mean) / (x.var((0, 2, 3), keepdim=True) + eps).sqrt()


# %% eps after the root kind="wrong" zh="根号里面" en="under the root"
def normalise_channels(x, eps):
    mean = x.mean((0, 2, 3), keepdim=True)
    return (x - mean) / (x.var((0, 2, 3), correction=0, keepdim=True).sqrt() + eps)


# %% no root kind="wrong" zh="开平方" en="root of the variance"
def normalise_channels(x, eps):
    mean = x.mean((0, 2, 3), keepdim=True)
    return (x - mean) / (x.var((0, 2, 3), correction=0, keepdim=True) + eps)


# %% ready-made kind="wrong" zh="现成" en="ready-made"
def normalise_channels(x, eps):
    return nn.BatchNorm2d(x.shape[1], eps=eps)(x).detach()


# %% functional kind="wrong" zh="现成" en="ready-made"
def normalise_channels(x, eps):
    return F.batch_norm(x, None, None, training=True, eps=eps)


# %% in place kind="wrong" zh="改动了" en="changed its argument"
def normalise_channels(x, eps):
    x -= x.mean((0, 2, 3), keepdim=True)
    return x / (x.var((0, 2, 3), correction=0, keepdim=True) + eps).sqrt()


# %% no keepdim kind="wrong" zh="广播" en="broadcast"
def normalise_channels(x, eps):
    return (x - x.mean((0, 2, 3))) / (x.var((0, 2, 3), correction=0) + eps).sqrt()


# %% mean of the squares less the mean's square kind="right"
def normalise_channels(x, eps):
    mean = x.mean(dim=(0, 2, 3), keepdim=True)
    variance = (x * x).mean(dim=(0, 2, 3), keepdim=True) - mean * mean
    return (x - mean) / torch.sqrt(variance + eps)


# %% over the channels kind="wrong" zh="要留下的正是它" en="the one that stays"
def normalise_channels(x, eps):
    return (x - x.mean(1, keepdim=True)) / (x.var(1, correction=0, keepdim=True) + eps).sqrt()


# %% no eps kind="wrong" zh="没有用传进来的 eps" en="eps that is passed in is not used"
def normalise_channels(x, eps):
    dims = (0, 2, 3)
    return (x - x.mean(dims, keepdim=True)) / x.std(dims, correction=0, keepdim=True)


# %% a fixed eps kind="wrong" zh="没有用传进来的 eps" en="eps that is passed in is not used"
def normalise_channels(x, eps):
    dims = (0, 2, 3)
    return (x - x.mean(dims, keepdim=True)) / (x.var(dims, correction=0, keepdim=True) + 1e-5).sqrt()


# %% no brackets kind="wrong" zh="要加括号" en="brackets"
def normalise_channels(x, eps):
    dims = (0, 2, 3)
    return x - x.mean(dims, keepdim=True) / (x.var(dims, correction=0, keepdim=True) + eps).sqrt()
