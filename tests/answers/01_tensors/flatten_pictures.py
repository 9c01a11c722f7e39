# %% flatten from axis 1 kind="right"
def flatten_pictures(x):
    return x.flatten(start_dim=1)


# %% contiguous view kind="right"
def flatten_pictures(x):
    n, h, w = x.shape
    return x.contiguous().view(n, h * w)


# %% picture by picture kind="right"
def flatten_pictures(x):
    return torch.stack([picture.flatten() for picture in x])


# %% layer kind="right"
def flatten_pictures(x):
    return torch.nn.Flatten()(x)


# %% rows side by side kind="right"
def flatten_pictures(x):
    return torch.cat([x[:, i] for i in range(x.shape[1])], dim=1)


# %% through NumPy kind="right"
def flatten_pictures(x):
    return torch.from_numpy(x.numpy().reshape(x.shape[0], -1))


# %% pixel by pixel kind="right"
def flatten_pictures(x):
    n, h, w = x.size()
    result = torch.empty(n, h * w, dtype=x.dtype)
    for i in range(n):
        for j in range(h * w):
            result[i, j] = x[i, j // w, j % w]
    return result


# %% everything kind="wrong" zh="每张图片要占一行" en="each should have its own"
def flatten_pictures(x):
    return x.flatten()


# %% view kind="wrong" zh="`reshape`" en="use `reshape`"
def flatten_pictures(x):
    return x.view(len(x), -1)


# %% 28 by 28 kind="wrong" zh="不要写死" en="don't fix its sizes"
def flatten_pictures(x):
    return x.reshape(-1, 28 * 28)


# %% first two axes kind="wrong" zh="应该是后两个" en="the last two are meant"
def flatten_pictures(x):
    return x.flatten(0, 1)


# %% n at the end kind="wrong" zh="n 应该在最前面" en="n should come first"
def flatten_pictures(x):
    return x.reshape(-1, x.shape[0])


# %% transposed kind="wrong" zh="混在一起" en="are mixed"
def flatten_pictures(x):
    return x.reshape(-1, len(x)).T


# %% n moved to the end kind="wrong" zh="混在一起" en="are mixed"
def flatten_pictures(x):
    return x.permute(1, 2, 0).reshape(len(x), -1)


# %% column by column kind="wrong" zh="一列一列" en="column by column"
def flatten_pictures(x):
    return x.transpose(1, 2).flatten(1)


# %% throws the result away kind="wrong" zh="`reshape` 不改 `x`" en="`reshape` leaves `x` alone"
def flatten_pictures(x):
    x.reshape(len(x), -1)
    return x


# %% two pictures only kind="wrong" zh="图片不总是 2 张" en="n is not always 2"
def flatten_pictures(x):
    return x.reshape(2, -1)


# %% list of rows kind="wrong" zh="torch.stack" en="torch.stack"
def flatten_pictures(x):
    return [picture.reshape(-1) for picture in x]


# %% first picture only kind="wrong" zh="只有第一张" en="the first picture only"
def flatten_pictures(x):
    return x[0].flatten()


# %% resizes in place kind="wrong" zh="改动了传进来的参数" en="changed its argument"
def flatten_pictures(x):
    return x.resize_(len(x), x.shape[1] * x.shape[2])


# %% squeezes kind="wrong" zh="`squeeze` 只去掉" en="`squeeze` only takes away"
def flatten_pictures(x):
    return x.squeeze()
