# %% functional linear kind="right"
def linear(x, weight, bias):
    return torch.nn.functional.linear(x, weight, bias)


# %% einsum kind="right"
def linear(x, weight, bias):
    return torch.einsum("nd,kd->nk", x, weight) + bias


# %% addmm kind="right"
def linear(x, weight, bias):
    return torch.addmm(bias, x, weight.t())


# %% broadcasting and a sum kind="right"
def linear(x, weight, bias):
    return (x[:, None, :] * weight[None, :, :]).sum(dim=2) + bias


# %% three loops kind="right"
def linear(x, weight, bias):
    result = torch.zeros(x.shape[0], weight.shape[0], dtype=x.dtype)
    for i in range(x.shape[0]):
        for j in range(weight.shape[0]):
            total = bias[j]
            for m in range(x.shape[1]):
                total = total + x[i, m] * weight[j, m]
            result[i, j] = total
    return result


# %% row by row kind="right"
def linear(x, weight, bias):
    return torch.stack([weight @ row + bias for row in x])


# %% transposes the result kind="right"
def linear(x, weight, bias):
    return (torch.matmul(weight, x.T) + bias.unsqueeze(1)).T


# %% layer with given parameters kind="right"
def linear(x, weight, bias):
    layer = torch.nn.Linear(x.shape[1], len(bias))
    layer.weight = torch.nn.Parameter(weight)
    layer.bias = torch.nn.Parameter(bias)
    return layer(x)


# %% inner product and in-place sum kind="right"
def linear(x, weight, bias):
    result = torch.inner(x, weight)
    result += bias
    return result


# %% forgets the bias kind="wrong" zh="还没有加 `bias`" en="`bias` is missing"
def linear(x, weight, bias):
    return x @ weight.T


# %% no transpose kind="wrong" zh="`weight` 要转置" en="transpose `weight`"
def linear(x, weight, bias):
    return x @ weight + bias


# %% transposes where shapes do not fit kind="wrong" zh="转置" en="transpose"
def linear(x, weight, bias):
    if x.shape[1] == weight.shape[0]:
        weight = weight.T
    return x @ weight + bias


# %% element-wise product kind="wrong" zh="逐元素乘法" en="element by element"
def linear(x, weight, bias):
    return x * weight + bias


# %% bias as a column kind="wrong" zh="加到了行上" en="added it to the rows"
def linear(x, weight, bias):
    return x @ weight.T + bias[:, None]


# %% weight on the left kind="wrong" zh="结果转置了" en="the result is transposed"
def linear(x, weight, bias):
    return weight @ x.T + bias.reshape(-1, 1)


# %% subtracts the bias kind="wrong" zh="不是减掉" en="not subtracted"
def linear(x, weight, bias):
    return x @ weight.T - bias


# %% bias inside the product kind="wrong" zh="先相乘" en="multiply first"
def linear(x, weight, bias):
    return x @ (weight.T + bias)


# %% dot kind="wrong" zh="矩阵乘法用 `@`" en="`dot` is for two one-dimensional tensors"
def linear(x, weight, bias):
    return torch.dot(x, weight) + bias


# %% transposes the weight in place kind="wrong" zh="改动了传进来的参数" en="changed its argument"
def linear(x, weight, bias):
    return x @ weight.t_() + bias


# %% two outputs only kind="wrong" zh="写死了大小" en="a size fixed in the code"
def linear(x, weight, bias):
    columns = [(x * weight[j]).sum(dim=1) + bias[j] for j in range(2)]
    return torch.stack(columns, dim=1)


# %% returns a list of rows kind="wrong" zh="torch.stack" en="torch.stack"
def linear(x, weight, bias):
    return [weight @ row + bias for row in x]


# %% prints kind="wrong" zh="return" en="return"
def linear(x, weight, bias):
    print(x @ weight.T + bias)
