# %% as in the lecture kind="right"
def slope(x):
    t = x.detach().clone()
    t.requires_grad = True
    y = t.pow(3) - 2 * t
    torch.sum(y).backward()
    return t.grad


# %% vector of ones as gradient kind="right"
def slope(x):
    x = x.clone().requires_grad_(True)
    y = x * x * x - x * 2
    y.backward(torch.ones_like(y))
    return x.grad


# %% autograd.grad kind="right"
def slope(x):
    leaf = x.detach().clone().requires_grad_()
    (derivative,) = torch.autograd.grad((leaf**3 - 2 * leaf).sum(), leaf)
    return derivative


# %% with a graph kept on the result kind="right"
def slope(x):
    leaf = x.detach().clone().requires_grad_()
    y = leaf**3 - 2 * leaf
    return torch.autograd.grad(y, leaf, grad_outputs=torch.ones_like(y), create_graph=True)[0]


# %% torch.func kind="right"
def slope(x):
    def curve(t):
        return (t**3 - 2 * t).sum()

    return torch.func.grad(curve)(x)


# %% one element at a time kind="right"
def slope(x):
    result = torch.zeros_like(x)
    flat = result.view(-1)
    for i, value in enumerate(x.reshape(-1)):
        t = value.detach().clone().requires_grad_()
        (t**3 - 2 * t).backward()
        flat[i] = t.grad
    return result


# %% a list of slopes stacked kind="right"
def slope(x):
    slopes = []
    for value in x.flatten().tolist():
        t = torch.tensor(value, dtype=x.dtype, requires_grad=True)
        y = t**3 - 2 * t
        y.backward()
        slopes.append(t.grad)
    return torch.stack(slopes).reshape(x.shape)


# %% a copy by the constructor kind="right"
def slope(x):
    x = torch.tensor(x.tolist(), dtype=x.dtype, requires_grad=True)
    y = x**3 - 2 * x
    y.sum().backward()
    return x.grad.clone()


# %% a copy by the constructor, which warns kind="right"
def slope(x):
    x = torch.tensor(x, requires_grad=True)
    y = x**3 - 2 * x
    y.sum().backward()
    return x.grad


# %% diagonal of the Jacobian kind="right"
def slope(x):
    flat = x.flatten()
    jacobian = torch.autograd.functional.jacobian(lambda t: t**3 - 2 * t, flat)
    return jacobian.diagonal().reshape(x.shape)


# %% puts the argument back as it was kind="right"
def slope(x):
    x.requires_grad_()
    (x**3 - 2 * x).sum().backward()
    grad = x.grad
    x.grad = None
    x.requires_grad_(False)
    return grad


# %% rule on paper kind="right"
def slope(x):
    return 3 * x**2 - 2


# %% returns y kind="wrong" zh="y 本身" en="y itself"
def slope(x):
    return x**3 - 2 * x


# %% returns y after backward kind="wrong" zh="y 本身" en="y itself"
def slope(x):
    x = x.detach().clone().requires_grad_()
    y = x**3 - 2 * x
    y.sum().backward()
    return y


# %% returns the leaf instead of its grad kind="wrong" zh="`.grad`" en="`.grad`"
def slope(x):
    x = x.detach().clone().requires_grad_()
    y = x**3 - 2 * x
    y.sum().backward()
    return x


# %% asks for a gradient on the argument kind="wrong" zh="改动了" en="changed its argument"
def slope(x):
    x.requires_grad_()
    y = x**3 - 2 * x
    y.sum().backward()
    return x.grad


# %% backward from many elements kind="wrong" zh="从一个数出发" en="starts from one number"
def slope(x):
    x = x.detach().clone().requires_grad_()
    y = x**3 - 2 * x
    y.backward()
    return x.grad


# %% forgot requires_grad kind="wrong" zh="requires_grad_()" en="requires_grad_()"
def slope(x):
    y = x**3 - 2 * x
    y.sum().backward()
    return x.grad


# %% averages before backward kind="wrong" zh="不是取平均" en="don't average"
def slope(x):
    x = x.detach().clone().requires_grad_()
    y = x**3 - 2 * x
    y.mean().backward()
    return x.grad


# %% sums the slopes kind="wrong" zh="不是它们的和" en="their sum"
def slope(x):
    x = x.detach().clone().requires_grad_()
    y = x**3 - 2 * x
    y.sum().backward()
    return x.grad.sum()


# %% returns what backward returns kind="wrong" zh="`backward()` 自己不返回" en="`backward()` itself returns"
def slope(x):
    x = x.detach().clone().requires_grad_()
    y = x**3 - 2 * x
    return y.sum().backward()


# %% forgot return kind="wrong" zh="return" en="return"
def slope(x):
    x = x.detach().clone().requires_grad_()
    y = x**3 - 2 * x
    y.sum().backward()
    print(x.grad)


# %% asks y for the gradient kind="wrong" zh="`x.grad`" en="`x.grad`"
def slope(x):
    x = x.detach().clone().requires_grad_()
    y = (x**3 - 2 * x).sum()
    y.backward()
    return y.grad


# %% forgot backward kind="wrong" zh="`backward()`" en="`backward()`"
def slope(x):
    x = x.detach().clone().requires_grad_()
    y = (x**3 - 2 * x).sum()
    return x.grad


# %% copy keeps no gradient kind="wrong" zh="叶子" en="leaf"
def slope(x):
    x = x.detach().clone().requires_grad_()
    t = x * 1
    y = t**3 - 2 * t
    y.sum().backward()
    return t.grad


# %% lost the second term kind="wrong" zh="也有斜率" en="has a slope too"
def slope(x):
    x = x.detach().clone().requires_grad_()
    y = x**3 - 2
    y.sum().backward()
    return x.grad


# %% power mistaken for product kind="wrong" zh="`x**3`" en="`x**3`"
def slope(x):
    x = x.detach().clone().requires_grad_()
    y = 3 * x - 2 * x
    y.sum().backward()
    return x.grad


# %% backward twice kind="wrong" zh="两次" en="twice"
def slope(x):
    x = x.detach().clone().requires_grad_()
    for _ in range(2):
        y = x**3 - 2 * x
        y.sum().backward()
    return x.grad


# %% difference quotient kind="wrong" zh="近似" en="approximat"
def slope(x):
    h = 1e-2

    def curve(t):
        return t**3 - 2 * t

    return (curve(x + h) - curve(x)) / h


# %% a list of numbers kind="wrong" zh="torch.tensor(…)" en="torch.tensor(…)"
def slope(x):
    slopes = []
    for value in x:
        t = value.detach().clone().requires_grad_()
        (t**3 - 2 * t).backward()
        slopes.append(t.grad.item())
    return slopes


# %% numpy array kind="wrong" zh="from_numpy" en="from_numpy"
def slope(x):
    x = x.detach().clone().requires_grad_()
    (x**3 - 2 * x).sum().backward()
    return x.grad.numpy()


# %% always the same dtype kind="wrong" zh="不要换 dtype" en="keep the dtype"
def slope(x):
    x = torch.tensor(x.tolist(), requires_grad=True)
    (x**3 - 2 * x).sum().backward()
    return x.grad


# %% one axis only kind="wrong" zh="`sum()`" en="`sum()`"
def slope(x):
    result = torch.zeros_like(x)
    for i in range(len(x)):
        t = x[i].detach().clone().requires_grad_()
        (t**3 - 2 * t).backward()
        result[i] = t.grad
    return result
