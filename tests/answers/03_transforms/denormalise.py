# %% loop over channels kind="right"
def denormalise(x, mean, std):
    result = torch.empty_like(x)
    for k in range(len(mean)):
        result[k] = x[k] * std[k] + mean[k]
    return result


# %% Normalize the other way round kind="right"
def denormalise(x, mean, std):
    m = x.new_tensor(mean).view(-1, 1, 1)
    s = x.new_tensor(std).view(-1, 1, 1)
    return (x - (-m / s)) / (1 / s)


# %% stack kind="right"
def denormalise(x, mean, std):
    return torch.stack([channel * s + m for channel, m, s in zip(x, mean, std)])


# %% channels last and back kind="right"
def denormalise(x, mean, std):
    as_x = {"dtype": x.dtype, "device": x.device}
    return (x.permute(1, 2, 0) * torch.tensor(std, **as_x) + torch.tensor(mean, **as_x)).permute(2, 0, 1)


# %% addcmul kind="right"
def denormalise(x, mean, std):
    m, s = (torch.tensor(v).to(x).reshape(len(v), 1, 1) for v in (mean, std))
    return torch.addcmul(m, x, s)


# %% normalises again kind="wrong" zh="又归一化了一遍" en="normalises once more"
def denormalise(x, mean, std):
    return (x - x.new_tensor(mean)[:, None, None]) / x.new_tensor(std)[:, None, None]


# %% mean first kind="wrong" zh="次序反了" en="the order is wrong"
def denormalise(x, mean, std):
    return (x + x.new_tensor(mean)[:, None, None]) * x.new_tensor(std)[:, None, None]


# %% subtracts the mean kind="wrong" zh="均值要加上" en="add the mean"
def denormalise(x, mean, std):
    return x * x.new_tensor(std)[:, None, None] - x.new_tensor(mean)[:, None, None]


# %% divides by the std kind="wrong" zh="不是除以" en="don't divide"
def denormalise(x, mean, std):
    return x / x.new_tensor(std)[:, None, None] + x.new_tensor(mean)[:, None, None]


# %% first channel's numbers for all kind="wrong" zh="不是都用第一个" en="not the first one's"
def denormalise(x, mean, std):
    return x * std[0] + mean[0]


# %% broadcasts along the width kind="wrong" zh="对着宽那个轴" en="along the width"
def denormalise(x, mean, std):
    return x * torch.tensor(std) + torch.tensor(mean)


# %% broadcasts along the height kind="wrong" zh="对着高那个轴" en="along the height"
def denormalise(x, mean, std):
    return x * torch.tensor(std).unsqueeze(1) + torch.tensor(mean).unsqueeze(1)


# %% clips kind="wrong" zh="不要截断" en="don't clip"
def denormalise(x, mean, std):
    return (x * x.new_tensor(std)[:, None, None] + x.new_tensor(mean)[:, None, None]).clamp(0, 1)


# %% multiplies a tensor by a list kind="wrong" zh="TypeError" en="TypeError"
def denormalise(x, mean, std):
    return x * std + mean


# %% changes its argument kind="wrong" zh="改动了传进来的参数" en="changed its argument"
def denormalise(x, mean, std):
    for k in range(len(mean)):
        x[k] *= std[k]
        x[k] += mean[k]
    return x


# %% always on the CPU kind="wrong" zh="同一个设备" en="on the input's device"
def denormalise(x, mean, std):
    m = torch.tensor(mean, dtype=x.dtype, device="cpu").reshape(-1, 1, 1)
    s = torch.tensor(std, dtype=x.dtype, device="cpu").reshape(-1, 1, 1)
    return x * s + m


# %% always float32 kind="wrong" zh="沿用输入的 dtype" en="keep the input's dtype"
def denormalise(x, mean, std):
    m = torch.tensor(mean, device=x.device).reshape(-1, 1, 1)
    s = torch.tensor(std, device=x.device).reshape(-1, 1, 1)
    return x.float() * s + m
