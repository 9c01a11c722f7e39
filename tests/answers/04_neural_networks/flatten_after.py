# %% method kind="right"
def flatten_after(x, keep):
    return x.flatten(keep)


# %% torch function kind="right"
def flatten_after(x, keep):
    return torch.flatten(x, start_dim=keep, end_dim=-1)


# %% product of the sizes kind="right"
def flatten_after(x, keep):
    size = 1
    for n in x.shape[keep:]:
        size *= n
    return x.reshape(x.shape[:keep] + (size,))


# %% joins two by two kind="right"
def flatten_after(x, keep):
    while x.ndim > keep + 1:
        x = x.flatten(-2)
    return x


# %% numel kind="right"
def flatten_after(x, keep):
    return torch.reshape(x, (*x.shape[:keep], x.shape[keep:].numel()))


# %% recursion kind="right"
def flatten_after(x, keep):
    if keep == 0:
        return x.ravel()
    if x.shape[0] == 0:
        return x.flatten(keep)
    return torch.stack([flatten_after(part, keep - 1) for part in x])


# %% default Flatten kind="wrong" zh="要看 `keep`" en="depend on `keep`"
def flatten_after(x, keep):
    return nn.Flatten()(x)


# %% counts from 1 kind="wrong" zh="多展平了一维" en="one dimension too many"
def flatten_after(x, keep):
    return x.flatten(keep - 1) if keep else x.flatten()


# %% one too late kind="wrong" zh="少展平了一维" en="one dimension too few"
def flatten_after(x, keep):
    return x.flatten(keep + 1)


# %% everything kind="wrong" zh="全部展平了" en="everything is flat"
def flatten_after(x, keep):
    return x.reshape(-1)


# %% the front kind="wrong" zh="展平的是前面的维度" en="you flattened the first dimensions"
def flatten_after(x, keep):
    return nn.Flatten(0, keep)(x)


# %% returns the layer kind="wrong" zh="返回的是层" en="that is the layer"
def flatten_after(x, keep):
    return nn.Flatten(start_dim=keep)


# %% minus one with an empty batch kind="wrong" zh="推不出 -1" en="-1 cannot be worked out"
def flatten_after(x, keep):
    return x.reshape(*x.shape[:keep], -1)


# %% view of a transposed tensor kind="wrong" zh="reshape" en="reshape"
def flatten_after(x, keep):
    size = 1
    for n in x.shape[keep:]:
        size *= n
    return x.view(*x.shape[:keep], size)


# %% passes x to the constructor kind="wrong" zh="返回的是层" en="that is the layer"
def flatten_after(x, keep):
    return nn.Flatten(x, keep)


# %% end instead of start kind="wrong" zh="展平的是前面的维度" en="you flattened the first dimensions"
def flatten_after(x, keep):
    return nn.Flatten(start_dim=0, end_dim=keep)(x)


# %% to keep kind="wrong" zh="前面的维度" en="the first dimensions"
def flatten_after(x, keep):
    return nn.Flatten(end_dim=keep)(x)


# %% shape not unpacked kind="wrong" zh="用 `*` 拆开" en="unpack a part of a shape"
def flatten_after(x, keep):
    return x.reshape(x.shape[:keep], -1)
