# %% where kind="right"
def leaky_relu(x, slope):
    return torch.where(x >= 0, x, x * slope)


# %% two ReLUs kind="right"
def leaky_relu(x, slope):
    return torch.relu(x) - slope * torch.relu(-x)


# %% clamps kind="right"
def leaky_relu(x, slope):
    return x.clamp(min=0) + slope * x.clamp(max=0)


# %% multiplies by masks kind="right"
def leaky_relu(x, slope):
    return x * (x > 0) + slope * x * (x < 0)


# %% changes a clone kind="right"
def leaky_relu(x, slope):
    y = x.clone()
    y[x < 0] = slope * x[x < 0]
    return y


# %% ReLU kind="wrong" zh="那是 ReLU" en="which is ReLU"
def leaky_relu(x, slope):
    return torch.relu(x)


# %% the greater of the two kind="wrong" zh="较大的那个" en="the greater of"
def leaky_relu(x, slope):
    return torch.maximum(x, slope * x)


# %% scales the positive ones kind="wrong" zh="不是正数" en="not the positive"
def leaky_relu(x, slope):
    return torch.where(x > 0, slope * x, x)


# %% scales all kind="wrong" zh="正数不乘" en="positive numbers are not multiplied"
def leaky_relu(x, slope):
    return slope * x


# %% the slope in place of the number kind="wrong" zh="不是换成" en="not replaced by it"
def leaky_relu(x, slope):
    return torch.where(x < 0, slope, x)


# %% ready-made kind="wrong" zh="自己写" en="write it yourself"
def leaky_relu(x, slope):
    return nn.LeakyReLU(slope)(x)


# %% cuts the graph kind="wrong" zh="梯度传不回去" en="no gradient gets back"
def leaky_relu(x, slope):
    y = x.detach().clone()
    y[y < 0] *= slope
    return y


# %% changes its argument kind="wrong" zh="改动了" en="changed its argument"
def leaky_relu(x, slope):
    with torch.no_grad():
        x[x < 0] *= slope
    return x


# %% one if for all kind="wrong" zh="`if` 只能判断一个真假" en="`if` wants one True or False"
def leaky_relu(x, slope):
    return x if x >= 0 else slope * x


# %% fixed slope kind="wrong" zh="写死" en="fixed in the code"
def leaky_relu(x, slope):
    return torch.where(x < 0, 0.01 * x, x)


# %% adds to x kind="wrong" zh="不要再加上" en="don't add `x`"
def leaky_relu(x, slope):
    return x + slope * x.clamp(max=0)


# %% adds the slope to everything kind="wrong" zh="正数处多加了" en="where x is positive"
def leaky_relu(x, slope):
    return torch.relu(x) + slope * x


# %% the slope instead of a product kind="wrong" zh="不是换成 `slope`" en="not replaced by it"
def leaky_relu(x, slope):
    return torch.where(x > 0, x, slope)


# %% new tensor in float32 kind="wrong" zh="`zeros_like(x)`" en="`zeros_like(x)`"
def leaky_relu(x, slope):
    y = torch.zeros(x.shape)
    y[x >= 0] = x[x >= 0]
    y[x < 0] = slope * x[x < 0]
    return y
