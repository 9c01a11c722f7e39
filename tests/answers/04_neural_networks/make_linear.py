# %% parameters replaced kind="right"
def make_linear(weight, bias):
    out_features, in_features = weight.shape
    layer = nn.Linear(in_features, out_features)
    layer.weight = nn.Parameter(weight.detach().clone())
    layer.bias = nn.Parameter(bias.detach().clone())
    return layer


# %% load_state_dict kind="right"
def make_linear(weight, bias):
    layer = nn.Linear(weight.size(1), weight.size(0)).to(weight.dtype)
    layer.load_state_dict({"weight": weight, "bias": bias})
    return layer


# %% data kind="right"
def make_linear(weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0], dtype=weight.dtype)
    layer.weight.data = weight.detach().clone()
    layer.bias.data[:] = bias.detach()
    return layer


# %% zero and add kind="right"
@torch.no_grad()
def make_linear(weight, bias):
    layer = nn.Linear(weight.shape[1], len(bias), dtype=bias.dtype)
    layer.weight.zero_().add_(weight)
    layer.bias[...] = bias
    return layer


# %% clone kept in the parameter kind="right"
def make_linear(weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight = nn.Parameter(weight.clone())
    layer.bias = nn.Parameter(bias.clone())
    return layer


# %% sizes swapped kind="wrong" zh="大小对调了" en="are swapped"
def make_linear(weight, bias):
    layer = nn.Linear(weight.shape[0], weight.shape[1])
    with torch.no_grad():
        layer.weight.copy_(weight.T)
        layer.bias = nn.Parameter(bias.clone())
    return layer


# %% shares memory kind="wrong" zh="共用内存" en="shares memory"
def make_linear(weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight = nn.Parameter(weight)
    layer.bias = nn.Parameter(bias)
    return layer


# %% assigns tensors kind="wrong" zh="nn.Parameter" en="nn.Parameter"
def make_linear(weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight = weight.clone()
    layer.bias = bias.clone()
    return layer


# %% in place with autograd on kind="wrong" zh="with torch.no_grad()" en="with torch.no_grad()"
def make_linear(weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight.copy_(weight)
    layer.bias.copy_(bias)
    return layer


# %% forgets the bias kind="wrong" zh="偏置还没有放进去" en="the bias has not been put in"
def make_linear(weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0], dtype=weight.dtype)
    with torch.no_grad():
        layer.weight.copy_(weight)
    return layer


# %% without bias kind="wrong" zh="偏置还没有放进去" en="the bias has not been put in"
def make_linear(weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0], bias=False, dtype=weight.dtype)
    with torch.no_grad():
        layer.weight.copy_(weight)
    return layer


# %% frozen kind="wrong" zh="不能训练" en="can't be trained"
def make_linear(weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight = nn.Parameter(weight.clone(), requires_grad=False)
    layer.bias = nn.Parameter(bias.clone(), requires_grad=False)
    return layer


# %% always float32 kind="wrong" zh="总是 float32" en="always float32"
def make_linear(weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
    return layer


# %% nothing put in kind="wrong" zh="随机的初值" en="random first values"
def make_linear(weight, bias):
    return nn.Linear(weight.shape[1], weight.shape[0], dtype=weight.dtype)


# %% a function kind="wrong" zh="nn.Linear" en="nn.Linear"
def make_linear(weight, bias):
    return lambda x: x @ weight.T + bias


# %% the result of a product kind="wrong" zh="类型" en="type"
def make_linear(weight, bias):
    return weight @ weight.T + bias


# %% data without a copy kind="wrong" zh="共用内存" en="shares memory"
def make_linear(weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight.data = weight
    layer.bias.data = bias
    return layer


# %% copy without its underscore kind="wrong" zh="`copy_`" en="`copy_`"
def make_linear(weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0], dtype=weight.dtype)
    with torch.no_grad():
        layer.weight.copy(weight)
        layer.bias.copy(bias)
    return layer


# %% tensors for sizes kind="wrong" zh="大小是整数" en="a size is a whole number"
def make_linear(weight, bias):
    return nn.Linear(weight, bias)
