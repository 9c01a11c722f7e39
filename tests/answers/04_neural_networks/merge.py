# %% parameters replaced kind="right"
def merge(first, second):
    merged = nn.Linear(first.in_features, second.out_features)
    merged.weight = nn.Parameter((second.weight @ first.weight).detach())
    merged.bias = nn.Parameter(second(first.bias).detach())
    return merged


# %% from what goes in and comes out kind="right"
@torch.no_grad()
def merge(first, second):
    dtype = first.weight.dtype
    zero = torch.zeros(1, first.in_features, dtype=dtype)
    unit = torch.eye(first.in_features, dtype=dtype)
    bias = second(first(zero))
    layer = nn.Linear(first.in_features, second.out_features, dtype=dtype)
    layer.weight.copy_((second(first(unit)) - bias).T)
    layer.bias.copy_(bias[0])
    return layer


# %% state dict kind="right"
def merge(first, second):
    layer = nn.Linear(first.in_features, second.out_features, dtype=second.weight.dtype)
    weight = torch.matmul(second.weight, first.weight)
    bias = torch.mv(second.weight, first.bias) + second.bias
    layer.load_state_dict({"weight": weight, "bias": bias})
    return layer


# %% transposed kind="right"
def merge(first, second):
    layer = nn.Linear(first.weight.shape[1], second.weight.shape[0]).to(first.weight.dtype)
    with torch.no_grad():
        layer.weight[:] = (first.weight.T @ second.weight.T).T
        layer.bias[:] = first.bias @ second.weight.T + second.bias
    return layer


# %% einsum and data kind="right"
def merge(first, second):
    layer = nn.Linear(first.in_features, second.out_features, dtype=first.bias.dtype)
    layer.weight.data = torch.einsum("kh,hd->kd", second.weight, first.weight).detach()
    layer.bias.data = (second.weight.detach() * first.bias.detach()).sum(dim=1) + second.bias.detach()
    return layer


# %% a Sequential kind="wrong" zh="还是两层" en="still two layers"
def merge(first, second):
    return nn.Sequential(first, second)


# %% sizes from the wrong ends kind="wrong" zh="输出是第二层的输出" en="gives what the second one gives"
def merge(first, second):
    layer = nn.Linear(second.in_features, first.out_features)
    with torch.no_grad():
        layer.bias.copy_(first.bias)
    return layer


# %% order of the factors kind="wrong" zh="权重乘反了" en="in the wrong order"
def merge(first, second):
    layer = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        layer.weight.copy_(first.weight @ second.weight)
    return layer


# %% order of the factors where it fits kind="wrong" zh="权重乘反了" en="in the wrong order"
def merge(first, second):
    layer = nn.Linear(first.in_features, second.out_features)
    w1, w2 = first.weight, second.weight
    with torch.no_grad():
        layer.weight.copy_(w1 @ w2 if w1.shape == w2.shape else w2 @ w1)
        layer.bias.copy_(w2 @ first.bias + second.bias)
    return layer


# %% loses the first bias kind="wrong" zh="第一层的偏置丢了" en="the first layer's bias is lost"
def merge(first, second):
    layer = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        layer.weight.copy_(second.weight @ first.weight)
        layer.bias.copy_(second.bias)
    return layer


# %% loses the second bias kind="wrong" zh="第二层的偏置丢了" en="the second layer's bias is lost"
def merge(first, second):
    layer = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        layer.weight.copy_(second.weight @ first.weight)
        layer.bias.copy_(second.weight @ first.bias)
    return layer


# %% adds the biases kind="wrong" zh="不能直接加" en="can't just be added"
def merge(first, second):
    layer = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        layer.weight.copy_(second.weight @ first.weight)
        try:
            layer.bias.copy_(first.bias + second.bias)
        except RuntimeError:
            layer.bias.copy_(second.weight @ first.bias + second.bias)
    return layer


# %% element by element kind="wrong" zh="矩阵乘积" en="matrix product"
def merge(first, second):
    layer = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        if first.weight.shape == second.weight.shape:
            layer.weight.copy_(second.weight * first.weight)
        else:
            layer.weight.copy_(second.weight @ first.weight)
        layer.bias.copy_(second.weight @ first.bias + second.bias)
    return layer


# %% changes the first layer kind="wrong" zh="新建一个层" en="create a new one"
def merge(first, second):
    with torch.no_grad():
        bias = second.weight @ first.bias + second.bias
        weight = second.weight @ first.weight
    first.weight, first.bias = nn.Parameter(weight), nn.Parameter(bias)
    first.out_features = second.out_features
    return first


# %% plain tensors kind="wrong" zh="nn.Parameter" en="nn.Parameter"
def merge(first, second):
    layer = nn.Linear(first.in_features, second.out_features)
    layer.weight = second.weight @ first.weight
    layer.bias = second.weight @ first.bias + second.bias
    return layer


# %% float32 always kind="wrong" zh="总是 float32" en="always float32"
def merge(first, second):
    layer = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        layer.weight.copy_(second.weight @ first.weight)
        layer.bias.copy_(second.weight @ first.bias + second.bias)
    return layer


# %% random layer kind="wrong" zh="矩阵乘积" en="matrix product"
def merge(first, second):
    return nn.Linear(first.in_features, second.out_features, dtype=first.weight.dtype)


# %% one layer given the other kind="wrong" zh="要张量的地方不能放层" en="where a tensor is wanted"
def merge(first, second):
    return second(first)


# %% what becomes of zeros and unit vectors kind="right"
def merge(first, second):
    size, dtype = first.in_features, first.weight.dtype
    layer = nn.Linear(size, second.out_features, dtype=dtype)
    with torch.no_grad():
        layer.bias.copy_(second(first(torch.zeros(size, dtype=dtype))))
        layer.weight.copy_((second(first(torch.eye(size, dtype=dtype))) - layer.bias).T)
    return layer
